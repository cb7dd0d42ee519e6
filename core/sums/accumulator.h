/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "base/shape.h"

G_BEGIN_DECLS

/* Exact sums over a set of frames: for each sample of the shape Σx, Σx² and, on request, the
 * evidence's steps (evidence-kernel-private.h) as integers, and the number of frames. Exact means that the
 * result does not depend on the order of the frames, on threads, or on how the set was split; that
 * parts merge bit for bit (the parallel variance of Chan, Golub and LeVeque 1979, without its
 * rounding); and that a frame can be taken out again.
 *
 *   g_autoptr (HotpixAccumulator) accumulator
 *       = hotpix_accumulator_new (&shape, HOTPIX_SUMS_VARIANCE, 1, &error);
 *   hotpix_accumulator_add_rows (accumulator, 0, shape.height, rows, 1);
 *   hotpix_accumulator_count_frames (accumulator, 1, 0);
 *   hotpix_accumulator_variance_row (accumulator, y, variance);
 *
 * Memory: 6 bytes a sample for up to 257 frames of 8 bits, 8 for up to 66,051, 12 for more or for 16
 * bits; with evidence 2 bytes more for up to 4,095 frames, 4 for more; and as much again for up to as many
 * long exposures.
 *
 * Threads: calls on different rows may run at once; calls on the same row, and others, may not.
 */
typedef struct HotpixAccumulator HotpixAccumulator;

typedef enum
{
  HOTPIX_SUMS_VARIANCE,      /* Σx and Σx² */
  HOTPIX_SUMS_EVIDENCE,      /* these and the steps of evidence */
  HOTPIX_SUMS_LONG_EVIDENCE, /* and, once more, those of the long exposures alone */
} HotpixSums;

/* Whose evidence. Not all frames must be in it: a scene that is seen again and again tells no more of
 * the sensor than once. */
typedef enum
{
  HOTPIX_LOOK_ALL,
  HOTPIX_LOOK_LONG, /* of long exposures, in which hot pixels are hottest */
  HOTPIX_N_LOOKS
} HotpixLook;

/* The most frames whose sums are exact: (2^32 - 1) / white, that is 16,843,009 of 8 bits and
 * 65,537 of 16 bits. n·Σx² then fits 64 bits. */
guint hotpix_accumulator_max_frames (const HotpixShape *shape);

/* Bytes that hotpix_accumulator_new() allocates for these arguments, or G_MAXSIZE on overflow. */
gsize hotpix_accumulator_bytes (const HotpixShape *shape, HotpixSums sums, guint n_frames);

/* An empty accumulator with room for n_frames frames, half of them long exposures.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_MEMORY or HOTPIX_ERROR_FRAMES (more than
 * hotpix_accumulator_max_frames()). The shape is copied. */
HotpixAccumulator *hotpix_accumulator_new (const HotpixShape *shape, HotpixSums sums,
                                           guint n_frames, GError **error);

void hotpix_accumulator_free (HotpixAccumulator *accumulator);

const HotpixShape *hotpix_accumulator_get_shape (const HotpixAccumulator *accumulator);

HotpixSums hotpix_accumulator_get_sums (const HotpixAccumulator *accumulator);

/* Frames counted by hotpix_accumulator_count_frames() and merges. */
guint hotpix_accumulator_get_frames (const HotpixAccumulator *accumulator);

/* Those of them that are in a look's evidence; 0 where the accumulator has none. */
guint hotpix_accumulator_get_evidence_frames (const HotpixAccumulator *accumulator,
                                              HotpixLook look);

/* Adds rows [row, row + n_rows) of n_frames frames. frames[k] is those rows of frame k, packed,
 * of the accumulator's own bits. This does not count the frames: only whole frames are
 * counted, by hotpix_accumulator_count_frames(). */
void hotpix_accumulator_add_rows (HotpixAccumulator *accumulator, guint row, guint n_rows,
                                  const gconstpointer *frames, guint n_frames);

/* Undoes the addition of the same rows, bit for bit. */
void hotpix_accumulator_subtract_rows (HotpixAccumulator *accumulator, guint row, guint n_rows,
                                       gconstpointer frame);

/* Both of these for the evidence of rows [row, row + n_rows), of an accumulator that has it.
 * frames[k] points to row `at` of frame k. Its packed rows from two above `row` to two below the
 * last are read, as far as the frame has them. Frames of fewer than HOTPIX_EVIDENCE_MIN_SIZE rows
 * or columns give none. n_long: the first so many of them are long exposures, and count in both looks;
 * likewise is_long. 0 and FALSE where the accumulator has no such look.
 * scratch: hotpix_shape_row_samples() integers of the calling thread's own, overwritten. */
void hotpix_accumulator_add_evidence (HotpixAccumulator *accumulator, guint row, guint n_rows,
                                      const gconstpointer *frames, guint at, guint n_frames,
                                      guint n_long, gint8 *scratch);
void hotpix_accumulator_subtract_evidence (HotpixAccumulator *accumulator, guint row,
                                           guint n_rows, gconstpointer frame, guint at,
                                           gboolean is_long, gint8 *scratch);

/* Says that n more frames have been added whole, with their evidence where the accumulator has it; n_long
 * of them are long exposures. No more than there is room for. */
void hotpix_accumulator_count_frames (HotpixAccumulator *accumulator, guint n, guint n_long);

/* Says that the evidence of n frames that were counted has been subtracted whole, n_long of them long
 * exposures. */
void hotpix_accumulator_uncount_evidence (HotpixAccumulator *accumulator, guint n,
                                          guint n_long);

/* Adds the frames of `other`, as if they had been added here. `other` is unchanged. Either may have no look
 * at long exposures.
 * Fails with HOTPIX_ERROR_SHAPE (shapes differ, or only one has evidence), HOTPIX_ERROR_FRAMES (too many
 * together) or HOTPIX_ERROR_MEMORY (more frames need wider sums), and leaves the accumulator
 * unchanged. */
gboolean hotpix_accumulator_merge (HotpixAccumulator *accumulator,
                                   const HotpixAccumulator *other, GError **error);

/* Makes room for n_frames frames in all, those that are counted included. The sums stay as they are.
 * Fails with HOTPIX_ERROR_FRAMES or HOTPIX_ERROR_MEMORY, as hotpix_accumulator_new(). */
gboolean hotpix_accumulator_make_room (HotpixAccumulator *accumulator, guint n_frames,
                                       GError **error);

/* Adds one row of the sums of other frames, as they were kept elsewhere: Σx, Σx² and, with evidence, the
 * steps, hotpix_shape_row_samples() each; else steps is not read. Once all rows are added, the frames are
 * counted by hotpix_accumulator_count_frames(), for which there must be room.
 * The look at long exposures, where the accumulator has it, stays as it is.
 * Returns FALSE, and adds nothing, where no n_frames frames of the accumulator's bits have such sums. */
gboolean hotpix_accumulator_add_sums_row (HotpixAccumulator *accumulator, guint row,
                                          guint n_frames, const guint64 *sums,
                                          const guint64 *squares, const gint32 *steps);

/* One row of the sums. sums and squares: hotpix_shape_row_samples() integers each,
 * on the scale where white is hotpix_shape_white(). */
void hotpix_accumulator_sum_row (const HotpixAccumulator *accumulator, guint row, guint64 *sums,
                                 guint64 *squares);

/* One row of means, hotpix_shape_row_samples() values in [0, 1] where 1 is full white:
 * Σx / (n·white). At least one frame must be counted. */
void hotpix_accumulator_mean_row (const HotpixAccumulator *accumulator, guint row,
                                  gdouble *mean);

/* One row of population variances, hotpix_shape_row_samples() values in [0, 0.25] in units of
 * full white squared: (n·Σx² - (Σx)²) / (n·white)². The difference is taken in integers, so
 * nothing cancels, and frames that are all alike give 0. At least one frame must be counted. */
void hotpix_accumulator_variance_row (const HotpixAccumulator *accumulator, guint row,
                                      gdouble *variance);

/* One row of a look's steps, summed over its frames: hotpix_shape_row_samples() integers, each within
 * HOTPIX_EVIDENCE_MAX_STEPS times the number of frames of 0. */
void hotpix_accumulator_steps_row (const HotpixAccumulator *accumulator, HotpixLook look,
                                   guint row, gint32 *steps);

/* The steps that are an evidence of 1: 2 √n for the look's n frames. At least one must be counted. */
gdouble hotpix_accumulator_steps_of_evidence (const HotpixAccumulator *accumulator,
                                              HotpixLook look);

/* One row of evidence of all frames, of an accumulator that has it: hotpix_shape_row_samples() values
 *
 *   E = Σ steps / (2 √n)
 *
 * the sum of the frames' z divided by √n, so that frames without a defect give values of the same
 * size, mostly within 1, however many they are. A sample that stands out in every frame alike
 * grows with √n. At least one frame must be counted. */
void hotpix_accumulator_evidence_row (const HotpixAccumulator *accumulator, guint row,
                                      gdouble *evidence);

/* The most evidence that a sample can have: the most steps in every frame. */
gdouble hotpix_accumulator_most_evidence (const HotpixAccumulator *accumulator);

/* Mean, variance and a look's evidence of a single sample. */
gdouble hotpix_accumulator_mean_at (const HotpixAccumulator *accumulator, guint x, guint y,
                                    guint channel);
gdouble hotpix_accumulator_variance_at (const HotpixAccumulator *accumulator, guint x, guint y,
                                        guint channel);
gdouble hotpix_accumulator_evidence_at (const HotpixAccumulator *accumulator, HotpixLook look,
                                        guint x, guint y, guint channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixAccumulator, hotpix_accumulator_free)

G_END_DECLS
