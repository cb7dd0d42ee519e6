/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arguments.h"
#include "catalogue/catalogue.h"
#include "magick-compat.h"
#include "repair/folder-repair.h"

G_BEGIN_DECLS

/* What repair= does: images that ImageMagick holds decoded are repaired where they are, files of pinged
 * ones and of files= into the folder that into= names. */

/* Where the defects come from. Either is NULL; both are borrowed. */
typedef struct
{
  const HotpixListedDefects *listed;
  HotpixCatalogue *catalogue; /* of each photo's own camera, at its own date */
} RepairSource;

/* What came of it, for words and image properties. */
typedef struct
{
  guint n_defects;     /* whose damage was seen and taken away, in all photos together */
  guint n_photos;      /* in which there was any */
  guint n_written;     /* photos repaired or, by into=, written as they are */
  GPtrArray *left_out; /* of gchar *: each photo's name and the reason */
} RepairTally;

RepairTally *repair_tally_new (void);

/* NULL-safe. */
void repair_tally_free (RepairTally *tally);

/* Fails with HOTPIX_ERROR_ARGUMENT where into= is missing for pinged images or given for decoded ones.
 * images: borrowed, before any of them is let go. */
gboolean repair_job_check (const HotpixArguments *arguments, const Image *images,
                           GError **error);

/* Returns (transfer full): the files that are to be repaired, those of photos that are not left out: see
 * folder-repair.h. To be called before the set's frames are dropped. Others than JPEG are in it, with the
 * reason why they are not repaired. */
GPtrArray *repair_job_collect (const HotpixFrameSet *photos, const HotpixArguments *arguments);

/* Repairs the files. Fails as hotpix_folder_repair_run() does. */
gboolean repair_job_run_files (GPtrArray *files, const RepairSource *source,
                               const HotpixArguments *arguments, HotpixRepairProgress progress,
                               gpointer user_data, RepairTally *tally, GError **error);

/* Repairs decoded images in place. Fails with HOTPIX_ERROR_MEMORY where ImageMagick gives no pixels. */
gboolean repair_job_run_images (Image *images, const RepairSource *source,
                                const HotpixArguments *arguments, RepairTally *tally,
                                GError **error);

/* listed: NULL where each photo has its own. Returns (transfer full): for the user, what of the list is not
 * repaired; NULL where all is. */
gchar *repair_job_describe_lines (const HotpixListedDefects *listed);

/* Returns (transfer full): for the user, how many defects in how many photos, and where they are. */
gchar *repair_tally_describe (const RepairTally *tally, const HotpixArguments *arguments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RepairTally, repair_tally_free)

G_END_DECLS
