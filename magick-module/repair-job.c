/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair-job.h"
#include "catalogue/known-camera.h"
#include "decoded-repair.h"
#include "magick-frame.h"
#include "policy.h"

#include <string.h>

RepairTally *
repair_tally_new (void)
{
  RepairTally *tally = g_new0 (RepairTally, 1);

  tally->left_out = g_ptr_array_new_with_free_func (g_free);
  return tally;
}

void
repair_tally_free (RepairTally *tally)
{
  if (tally == NULL)
    return;
  g_ptr_array_unref (tally->left_out);
  g_free (tally);
}

static void
leave_out (RepairTally *tally, const gchar *name, const gchar *reason)
{
  g_ptr_array_add (tally->left_out, g_strdup_printf ("%s %s", name, reason));
}

gboolean
repair_job_check (const HotpixArguments *arguments, const Image *images, GError **error)
{
  gboolean is_decoded = FALSE, is_pinged = arguments->files->len > 0;

  for (const Image *image = images; image != NULL; image = GetNextImageInList (image))
    {
      gboolean is_placeholder
          = strcmp (image->magick, "XC") == 0 || strcmp (image->magick, "NULL") == 0;

      is_pinged = is_pinged || image->ping != MagickFalse;
      is_decoded
          = is_decoded
            || (image->ping == MagickFalse && !(is_placeholder && arguments->files->len > 0));
    }
  if (is_pinged && arguments->into == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("repair= needs into=FOLDER for photos given with -ping or by files=: "
                      "repaired files go there. Without -ping the photos are repaired for the "
                      "rest of the command"));
      return FALSE;
    }
  if (!is_decoded || arguments->into == NULL)
    return TRUE;
  g_set_error (
      error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
      _ ("into= needs photos given with -ping: without it ImageMagick has decoded them, "
         "and they are repaired for the rest of the command, which says where they go"));
  return FALSE;
}

GPtrArray *
repair_job_collect (const HotpixFrameSet *photos, const HotpixArguments *arguments)
{
  GPtrArray *files = hotpix_folder_repair_photos_new ();

  for (guint i = 0; i < hotpix_frame_set_get_length (photos); i++)
    {
      const HotpixFrame *frame = hotpix_frame_set_get_frame (photos, i);
      g_autofree gchar *name = NULL, *path = NULL;
      g_autoptr (GError) error = NULL;
      HotpixRepairedPhoto *photo;

      if (frame == NULL || hotpix_frame_set_get_reason (photos, i) != NULL)
        continue;
      hotpix_folder_repair_add (files, frame->name);
      photo = g_ptr_array_index (files, files->len - 1);
      name = g_path_get_basename (frame->name);
      path = g_build_filename (arguments->into, name, NULL);
      /* The core reads JPEGs, and what ImageMagick reads is none. */
      if (frame->host_thread_only)
        photo->reason = g_strdup (hotpix_folder_repair_no_jpeg ());
      else if (!policy_check_write (path, &error))
        photo->reason = g_strdup_printf (_ ("was not repaired: %s %s"), path, error->message);
    }
  return files;
}

/* A source and what camera= says. */
typedef struct
{
  const RepairSource *source;
  const gchar *body; /* nullable */
} Choice;

/* A HotpixRepairChoice. */
static HotpixListedDefects *
choose_known (const HotpixExif *exif, guint width, guint height, gpointer user_data,
              GError **error)
{
  const Choice *choice = user_data;

  return hotpix_known_camera_find_defects (choice->source->catalogue, exif, width, height,
                                           choice->body, error);
}

gboolean
repair_job_run_files (GPtrArray *files, const RepairSource *source,
                      const HotpixArguments *arguments, HotpixRepairProgress progress,
                      gpointer user_data, RepairTally *tally, GError **error)
{
  Choice choice = { source, arguments->body };
  HotpixFolderRepair options = { .listed = source->listed,
                                 .choose = source->catalogue != NULL ? choose_known : NULL,
                                 .user_data = &choice,
                                 .folder = arguments->into,
                                 .overwrite = arguments->overwrite,
                                 .camera = arguments->survey.scan.selection.camera,
                                 .threads = arguments->survey.scan.threads };

  if (!hotpix_folder_repair_run (files, &options, progress, user_data, error))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      const HotpixRepairedPhoto *photo = g_ptr_array_index (files, i);

      if (photo->reason != NULL)
        leave_out (tally, photo->path, photo->reason);
      else
        tally->n_written++;
      tally->n_photos += photo->n_repaired > 0;
      tally->n_defects += photo->n_repaired;
    }
  return TRUE;
}

/* chosen: out; owned by the caller, where the defects are those of the photo's own camera.
 * Returns NULL with words that can follow its name where it is not to be repaired. */
static const HotpixListedDefects *
find_defects (const HotpixFrame *frame, const RepairSource *source,
              const HotpixArguments *arguments, HotpixListedDefects **chosen, GError **error)
{
  const HotpixShape *shape = &frame->shape;
  g_autofree gchar *words = NULL;

  if (source->catalogue != NULL)
    return *chosen
           = hotpix_known_camera_find_defects (source->catalogue, frame->exif, shape->width,
                                               shape->height, arguments->body, error);
  words = hotpix_folder_repair_check (source->listed, shape->width, shape->height,
                                      hotpix_frame_get_camera (frame),
                                      arguments->survey.scan.selection.camera);
  if (words == NULL)
    return source->listed;
  g_set_error_literal (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT, words);
  return NULL;
}

static gboolean
repair_or_leave_out (Image *image, const RepairSource *source, const HotpixArguments *arguments,
                     RepairTally *tally, GError **error)
{
  g_autoptr (HotpixFrame) frame = magick_frame_new_decoded (image, NULL);
  g_autoptr (HotpixListedDefects) chosen = NULL;
  g_autoptr (GError) reason = NULL;
  const HotpixListedDefects *listed;
  guint n_repaired = 0;

  /* What it is left out for has been told when the images were looked at. */
  if (frame == NULL)
    return TRUE;
  listed = find_defects (frame, source, arguments, &chosen, &reason);
  if (reason != NULL)
    {
      leave_out (tally, image->filename, reason->message);
      return TRUE;
    }
  if (!decoded_repair_run (image, listed, &frame->shape, &n_repaired, error))
    return FALSE;
  tally->n_written++;
  tally->n_photos += n_repaired > 0;
  tally->n_defects += n_repaired;
  return TRUE;
}

gboolean
repair_job_run_images (Image *images, const RepairSource *source,
                       const HotpixArguments *arguments, RepairTally *tally, GError **error)
{
  for (Image *image = images; image != NULL; image = GetNextImageInList (image))
    if (!repair_or_leave_out (image, source, arguments, tally, error))
      return FALSE;
  return TRUE;
}

gchar *
repair_job_describe_lines (const HotpixListedDefects *listed)
{
  guint n = 0;

  for (guint i = 0; listed != NULL && i < listed->list->len; i++)
    {
      HotpixDefectKind kind = g_array_index (listed->list, HotpixDefect, i).kind;

      n += kind == HOTPIX_DEFECT_COLUMN || kind == HOTPIX_DEFECT_ROW;
    }
  return n > 0
             ? g_strdup_printf (_ ("whole columns and rows are not repaired: %u pixels of the "
                                   "list stay as they are"),
                                n)
             : NULL;
}

gchar *
repair_tally_describe (const RepairTally *tally, const HotpixArguments *arguments)
{
  g_autofree gchar *defects = g_strdup_printf (
      ngettext ("%u defect", "%u defects", tally->n_defects), tally->n_defects);
  g_autofree gchar *photos
      = g_strdup_printf (ngettext ("%u of %u photo", "%u of %u photos", tally->n_written),
                         tally->n_photos, tally->n_written);

  if (tally->n_written == 0)
    return g_strdup (_ ("no photo was repaired"));
  if (arguments->into == NULL)
    return g_strdup_printf (_ ("repaired %s in %s"), defects, photos);
  return g_strdup_printf (_ ("repaired %s in %s, which are in %s"), defects, photos,
                          arguments->into);
}
