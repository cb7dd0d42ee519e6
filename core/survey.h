/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/catalogue.h"
#include "defects/defect-list.h"
#include "defects/region.h"
#include "photos/frame-set.h"
#include "scan/scan.h"

G_BEGIN_DECLS

/* With fewer frames the defects that are found come with a remark: docs/detection.md has how many of them more
 * photos confirm. */
#define HOTPIX_ENOUGH_FRAMES 20

/* From the photos that a user gives to the defects found in them: the one call that hosts make.
 *
 *   g_autoptr (HotpixSurvey) survey = hotpix_survey_new ();
 *   HotpixSurveyOptions options = hotpix_survey_options_default ();
 *   hotpix_frame_makers_add_file (NULL, survey->photos, "IMG_0001.JPG");
 *   options.detect = TRUE;
 *   if (hotpix_survey_run (survey, &options, NULL, NULL, &error))
 *     printf ("%u defects\n", survey->defects->list->len);
 *
 * Only one thread at a time may use a survey. */
typedef struct
{
  /* The host adds the photos; after the run the set has those left out, and why. Owned. */
  HotpixFrameSet *photos;

  /* What hotpix_survey_run() found, else NULL. Owned. */
  HotpixAccumulator *accumulator;
  HotpixDefects *defects; /* NULL without options->detect, too */
  gchar *body;            /* the camera body in words: hotpix_frame_set_describe_body() */

  /* Of gchar *, never NULL: what a user should know about the result, such as that it comes from few
   * photos. Each is a sentence without its full stop. Owned. */
  GPtrArray *remarks;
} HotpixSurvey;

typedef struct
{
  HotpixOptions scan; /* but for scan.sums, which the survey sets */
  gboolean detect;    /* look for defects, too */
  gdouble threshold;  /* HOTPIX_LEAST_THRESHOLD to HOTPIX_MOST_THRESHOLD */
  guint kinds;        /* those that are listed: HOTPIX_KIND_BIT() of each */
  const GArray
      *regions; /* of HotpixRegion; where they are listed. Borrowed, nullable: everywhere */

  /* Sums to go on from and to leave for the next survey (state/state.h). The result is that of all photos
   * ever added; photos counted before are left out, and no photo need be given. */
  const gchar *state; /* nullable, borrowed: the file */
  const GPtrArray
      *merge; /* nullable, borrowed: of gchar *, other such files that are added first */
} HotpixSurveyOptions;

/* hotpix_options_default(), no detection, HOTPIX_DEFAULT_THRESHOLD, HOTPIX_DEFAULT_KINDS. */
HotpixSurveyOptions hotpix_survey_options_default (void);

/* What a survey is doing at the moment. */
typedef enum
{
  HOTPIX_STAGE_SCAN,   /* reads the photos and adds them up */
  HOTPIX_STAGE_DETECT, /* separates defects from noise */
  HOTPIX_STAGE_WAIT,   /* for another run that changes the same state */
} HotpixStage;

/* As HotpixProgress. fraction: of the whole survey; it never falls, and is 1 at the end. */
typedef gboolean (*HotpixSurveyProgress) (HotpixStage stage, gdouble fraction,
                                          gpointer user_data);

/* Without photos. Returns (transfer full). */
HotpixSurvey *hotpix_survey_new (void);

/* NULL-safe. */
void hotpix_survey_free (HotpixSurvey *survey);

/* Reads survey->photos and fills in what was found. Call it once. progress: nullable.
 * Fails as hotpix_scan() and hotpix_detect() do, and as hotpix_state_new() and the rest of that header; then
 * only survey->photos holds results. A state is saved before defects are looked for; without options->detect
 * it may be of one photo. */
gboolean hotpix_survey_run (HotpixSurvey *survey, const HotpixSurveyOptions *options,
                            HotpixSurveyProgress progress, gpointer user_data, GError **error);

/* Writes down in a catalogue what the survey found and, by a second look at its photos, what each defect
 * that the catalogue knows of the camera did in them; the survey's defects get their histories.
 * To be called before hotpix_survey_close_photos().
 * options, progress: as of hotpix_measure(). name: out, nullable; what the catalogue calls the camera
 * (transfer full).
 * Fails as hotpix_survey_record_write() does, with nothing written, or as hotpix_history_record_write()
 * does, with the survey written. */
gboolean hotpix_survey_write_down (HotpixSurvey *survey, HotpixCatalogue *catalogue,
                                   const HotpixOptions *options, HotpixProgress progress,
                                   gpointer user_data, gchar **name, GError **error);

/* Frees the frames, and with them whatever they hold of a host's. The names of the photos and the
 * reasons for leaving some out stay. */
void hotpix_survey_close_photos (HotpixSurvey *survey);

/* Returns (transfer full): the defects that were found as text; see hotpix_defect_list_format(). */
gchar *hotpix_survey_format_list (const HotpixSurvey *survey, HotpixListFormat format,
                                  gint offset_x, gint offset_y);

/* How many of the photos given count, and how many are left out. The accumulator's frames are all that ever
 * counted. */
guint hotpix_survey_count_used (const HotpixSurvey *survey);
guint hotpix_survey_count_left_out (const HotpixSurvey *survey);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixSurvey, hotpix_survey_free)

G_END_DECLS
