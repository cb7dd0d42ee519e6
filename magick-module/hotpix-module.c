/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The process module that ImageMagick finds by its name: magick … -process hotpix … */

#include "arguments.h"
#include "base/text.h"
#include "catalogue-job.h"
#include "command-line.h"
#include "input.h"
#include "list-output.h"
#include "magick-compat.h"
#include "photos/left-out.h"
#include "policy.h"
#include "repair-job.h"
#include "result.h"
#include "state-job.h"
#include "survey.h"

#include <stdio.h>
#include <string.h>

/* ImageMagick's own monitor shows the multiples of 50 and the last step, extent - 1. */
#define PROGRESS_STEP 50
#define PROGRESS_STEPS 20

/* ImageMagick keeps 64 messages and forgets the rest: more are shown as they come. */
#define MESSAGES_AT_A_TIME 32

ModuleExport size_t hotpixImage (Image **images, const int argc, const char **argv,
                                 ExceptionInfo *exception);

/* ImageMagick 7 stops at severities above ErrorException; ResourceLimitError is not one. */
static ExceptionType
severity_of (const GError *error)
{
  switch ((HotpixError) error->code)
    {
    case HOTPIX_ERROR_ARGUMENT:
      return OptionError;
    case HOTPIX_ERROR_MEMORY:
      return CacheError;
    case HOTPIX_ERROR_WRITE:
      return FileOpenError;
    default:
      return CorruptImageError;
    }
}

static void
throw_words (ExceptionInfo *exception, ExceptionType severity, const gchar *words)
{
  g_autofree gchar *message = g_strdup_printf (
      severity < ErrorException ? _ ("hotpix: warning: %s") : "hotpix: %s", words);

  (void) ThrowException (exception, severity, message, NULL);
}

static void
warn_of_left_out (const HotpixFrameSet *set, ExceptionInfo *exception)
{
  g_autoptr (GPtrArray) sentences = hotpix_left_out_describe (set);

  for (guint i = 0; i < sentences->len; i++)
    {
      g_autofree gchar *words = g_strdup_printf (
          _ ("left out: %s"), (const gchar *) g_ptr_array_index (sentences, i));

      if (i > 0 && i % MESSAGES_AT_A_TIME == 0)
        CatchException (exception);
      throw_words (exception, CoderWarning, words);
    }
}

typedef struct
{
  const Image *image; /* whose monitor is told */
  gchar *label;       /* owned */
  gint64 deadline;    /* monotonic time; G_MAXINT64 for none */
  gboolean is_late;
  const HotpixArguments *arguments;
  gboolean told_of_wait;
} Watch;

static void
start_watch (Watch *watch, const Image *image, const HotpixArguments *arguments, guint n_photos)
{
  guint64 seconds = policy_get_seconds ();

  *watch = (Watch){ .image = image, .arguments = arguments };
  /* ImageMagick's monitor shows what follows the last slash in brackets. */
  watch->label
      = g_strdup_printf (ngettext ("hotpix/%u photo", "hotpix/%u photos", n_photos), n_photos);
  watch->deadline = seconds > G_MAXINT32
                        ? G_MAXINT64
                        : g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
}

static gboolean
show_fraction (gdouble fraction, gpointer user_data)
{
  Watch *watch = user_data;
  MagickOffsetType steps = (MagickOffsetType) (fraction * PROGRESS_STEPS);

  watch->is_late = fraction < 1 && g_get_monotonic_time () >= watch->deadline;
  if (watch->is_late || watch->image->progress_monitor == NULL)
    return !watch->is_late;
  return watch->image->progress_monitor (watch->label, steps * PROGRESS_STEP,
                                         PROGRESS_STEPS * PROGRESS_STEP + 1,
                                         watch->image->client_data)
         != MagickFalse;
}

static gboolean
show_progress (HotpixStage stage, gdouble fraction, gpointer user_data)
{
  Watch *watch = user_data;

  if (stage == HOTPIX_STAGE_WAIT)
    state_job_tell_of_wait (watch->arguments, &watch->told_of_wait);
  return show_fraction (fraction, user_data);
}

static gboolean
end_watch (Watch *watch, gboolean success, GError **error)
{
  g_clear_pointer (&watch->label, g_free);
  if (watch->is_late)
    {
      g_clear_error (error);
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED,
                   _ ("stopped at ImageMagick's time limit: raise it by -limit time"));
    }
  return success;
}

static gboolean
run_survey (HotpixSurvey *survey, const HotpixArguments *arguments, const GPtrArray *parts,
            Image *images, GError **error)
{
  HotpixSurveyOptions options = arguments->survey;
  gboolean success;
  Watch watch;

  options.merge = parts;
  start_watch (&watch, images, arguments, hotpix_frame_set_get_length (survey->photos));
  success = hotpix_survey_run (survey, &options, show_progress, &watch, error);
  return end_watch (&watch, success, error);
}

/* A module can be loaded by a host of the other kind of quantum, whose pixels it would misread. */
static gboolean
check_quantum (GError **error)
{
  gboolean host_has_hdri = strstr (GetMagickFeatures (), "HDRI") != NULL;

  if (host_has_hdri == (MAGICKCORE_HDRI_ENABLE != 0))
    return TRUE;
  g_set_error (
      error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
      MAGICKCORE_HDRI_ENABLE
          ? _ ("this module is for ImageMagick with HDRI, and this ImageMagick has none: "
               "point MAGICK_CODER_FILTER_PATH and MAGICK_FILTER_MODULE_PATH to the "
               "module without HDRI")
          : _ ("this module is for ImageMagick without HDRI, and this ImageMagick has it: "
               "point MAGICK_CODER_FILTER_PATH and MAGICK_FILTER_MODULE_PATH to the "
               "module with HDRI"));
  return FALSE;
}

/* The first image stays: a list must never be empty. */
static void
release_all_but_first (Image *images)
{
  Image *rest = SplitImageList (images);

  if (rest != NULL)
    DestroyImageList (rest);
  magick_compat_give_memory_back ();
}

static guint
count_pinged (const Image *images)
{
  guint n = 0;

  for (; images != NULL; images = GetNextImageInList (images))
    n += images->ping != MagickFalse;
  return n;
}

static void
warn_of_operator (const Image *images, const CommandLine *line, ExceptionInfo *exception)
{
  const gchar *option = command_line_get_operator (line);
  g_autofree gchar *words = NULL;

  if (option == NULL || count_pinged (images) == 0)
    return;
  words
      = g_strdup_printf (_ ("%s has no effect with -ping, by which photos are read from their "
                            "files as they are: leave -ping out if you need it"),
                         option);
  throw_words (exception, OptionWarning, words);
}

static void
warn_of_remarks (const HotpixSurvey *survey, ExceptionInfo *exception)
{
  for (guint i = 0; i < survey->remarks->len; i++)
    throw_words (exception, CoderWarning, g_ptr_array_index (survey->remarks, i));
}

static gboolean
write_list (const HotpixSurvey *survey, const HotpixArguments *arguments, GError **error)
{
  g_autofree gchar *text = hotpix_survey_format_list (survey, arguments->format,
                                                      arguments->offset_x, arguments->offset_y);

  return list_output_write (arguments->list, text, error);
}

static gboolean
write_left_out (const HotpixFrameSet *set, const gchar *place, GError **error)
{
  g_autofree gchar *text = hotpix_left_out_format (set);

  return list_output_write (place, text, error);
}

/* Checked before the photos are read in vain. */
static gboolean
check_place (const gchar *place, GError **error)
{
  if (place == NULL || policy_check_write (place, error))
    return TRUE;
  g_prefix_error (error, _ ("the list %s "), place);
  return FALSE;
}

static gboolean
is_repair (const HotpixArguments *arguments)
{
  return arguments->repair != NULL || arguments->repair_found || arguments->repair_known;
}

static gboolean
write_down (HotpixSurvey *survey, HotpixCatalogue *catalogue, const HotpixArguments *arguments,
            Image *images, GError **error)
{
  gboolean success;
  Watch watch;

  start_watch (&watch, images, arguments, hotpix_frame_set_get_length (survey->photos));
  success = catalogue_job_write (catalogue, survey, &arguments->survey.scan, show_fraction,
                                 &watch, error);
  return end_watch (&watch, success, error);
}

/* Runs the survey and frees the photos. catalogue: nullable; what it finds is written down there, unless
 * that is what the repair is by. files: out; those to be repaired, where that is asked for. */
static gboolean
survey_images (HotpixSurvey *survey, Image *images, const HotpixArguments *arguments,
               const CommandLine *line, HotpixCatalogue *catalogue, GPtrArray **files,
               ExceptionInfo *exception, GError **error)
{
  g_autoptr (GPtrArray) parts = NULL;
  gboolean success;

  warn_of_operator (images, line, exception);
  if (arguments->state != NULL && !state_job_prepare (arguments, images, &parts, error))
    return FALSE;
  if (!magick_input_add (survey->photos, images, line, arguments->files,
                         arguments->state != NULL, error))
    return FALSE;
  if (arguments->into != NULL)
    *files = repair_job_collect (survey->photos, arguments);
  /* Pinged images are no longer needed, and each holds its photo's EXIF with a preview: those of many
   * photos take more than the sums of few. */
  if (count_pinged (images) == GetImageListLength (images))
    release_all_but_first (images);
  if (arguments->repair != NULL || arguments->repair_known)
    success = TRUE;
  else
    success
        = run_survey (survey, arguments, parts, images, error)
          && (catalogue == NULL || write_down (survey, catalogue, arguments, images, error));
  hotpix_survey_close_photos (survey);
  warn_of_left_out (survey->photos, exception);
  if (arguments->left_out != NULL)
    success = write_left_out (survey->photos, arguments->left_out, success ? error : NULL)
              && success;
  warn_of_remarks (survey, exception);
  /* Decoded photos could leave ImageMagick no room for the result. */
  if (!is_repair (arguments) || arguments->into != NULL)
    release_all_but_first (images);
  return success;
}

/* By the list or by what was found. Returns (transfer full), or NULL. */
static HotpixListedDefects *
get_defects (const HotpixSurvey *survey, const HotpixArguments *arguments, GError **error)
{
  HotpixListOffset offset = { arguments->offset_x, arguments->offset_y };

  if (arguments->repair_found)
    return hotpix_listed_defects_new (survey->defects, survey->body);
  if (!policy_check_read (arguments->repair, error))
    {
      g_prefix_error (error, _ ("the list %s "), arguments->repair);
      return NULL;
    }
  return hotpix_listed_defects_load (arguments->repair, arguments->has_offset ? &offset : NULL,
                                     error);
}

static void
tell_of_repair (const RepairTally *tally, const HotpixListedDefects *listed,
                const HotpixArguments *arguments, ExceptionInfo *exception)
{
  g_autofree gchar *words = repair_tally_describe (tally, arguments);
  g_autofree gchar *lines = repair_job_describe_lines (listed);

  if (lines != NULL)
    throw_words (exception, OptionWarning, lines);
  for (guint i = 0; i < tally->left_out->len; i++)
    {
      g_autofree gchar *left_out
          = g_strdup_printf (_ ("left out: %s"), (gchar *) tally->left_out->pdata[i]);

      if (i > 0 && i % MESSAGES_AT_A_TIME == 0)
        CatchException (exception);
      throw_words (exception, CoderWarning, left_out);
    }
  /* Standard output may be the list's or the image's. */
  g_printerr ("hotpix: %s\n", words);
}

/* files: nullable; else the images are repaired. */
static gboolean
repair (Image *images, GPtrArray *files, const HotpixSurvey *survey, HotpixCatalogue *catalogue,
        const HotpixArguments *arguments, ExceptionInfo *exception, GError **error)
{
  g_autoptr (HotpixListedDefects) listed
      = arguments->repair_known ? NULL : get_defects (survey, arguments, error);
  RepairSource source = { listed, arguments->repair_known ? catalogue : NULL };
  g_autoptr (RepairTally) tally = repair_tally_new ();
  gboolean success = FALSE;
  Watch watch;

  if (listed == NULL && !arguments->repair_known)
    return FALSE;
  if (files == NULL)
    success = repair_job_run_images (images, &source, arguments, tally, error);
  else
    {
      start_watch (&watch, images, arguments, files->len);
      success = repair_job_run_files (files, &source, arguments, show_fraction, &watch, tally,
                                      error);
      success = end_watch (&watch, success, error);
    }
  if (success)
    tell_of_repair (tally, listed, arguments, exception);
  return success;
}

/* Stands where pinged images were, of which there is nothing to write. */
static Image *
make_placeholder (ExceptionInfo *exception, GError **error)
{
  Image *image = magick_compat_canvas (1, 1, GRAYColorspace, exception);

  if (image == NULL)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                 _ ("ImageMagick has no memory for an image"));
  return image;
}

/* Does what the arguments say. result: out; NULL where the images themselves are. */
static gboolean
run (Image *images, gint argc, const gchar *const *argv, Image **result,
     ExceptionInfo *exception, GError **error)
{
  g_autoptr (HotpixArguments) arguments = NULL;
  g_autoptr (CommandLine) line = command_line_new ();
  g_autoptr (HotpixSurvey) survey = hotpix_survey_new ();
  g_autoptr (HotpixCatalogue) catalogue = NULL;
  g_autoptr (GPtrArray) files = NULL;
  gboolean is_listing;

  if (!check_quantum (error))
    return FALSE;
  arguments = hotpix_arguments_new (argc, argv, error);
  if (arguments == NULL || !check_place (arguments->list, error)
      || !check_place (arguments->left_out, error)
      || (is_repair (arguments) && !repair_job_check (arguments, images, error)))
    return FALSE;
  is_listing = catalogue_job_is_listing (arguments, images);
  if (!catalogue_job_open (arguments, is_listing, &catalogue, error))
    return FALSE;
  if (is_listing)
    {
      if (catalogue_job_list (catalogue, arguments, error))
        *result = make_placeholder (exception, error);
      return *result != NULL;
    }
  if (arguments->survey.scan.threads == 0)
    arguments->survey.scan.threads = policy_get_threads (line);
  if (!survey_images (survey, images, arguments, line, catalogue, &files, exception, error)
      || (is_repair (arguments)
          && !repair (images, files, survey, catalogue, arguments, exception, error)))
    return FALSE;
  if (!is_repair (arguments) || (arguments->repair_found && files != NULL))
    *result = magick_result_new (survey, arguments->picture, arguments->survey.scan.threads,
                                 command_line_get_sight (line), error);
  else if (files != NULL)
    *result = make_placeholder (exception, error);
  else
    return arguments->list == NULL || write_list (survey, arguments, error);
  if (*result != NULL && arguments->list != NULL && !write_list (survey, arguments, error))
    *result = DestroyImage (*result);
  return *result != NULL;
}

/* `hotpix help` and `hotpix version`, which need no photos.
 * Whether that was all that was asked for. */
static gboolean
answer (gint argc, const gchar *const *argv)
{
  g_autofree gchar *arguments = NULL;

  if (argc != 1 || (strcmp (argv[0], "help") != 0 && strcmp (argv[0], "version") != 0))
    return FALSE;
  printf (_ ("hotpix %s, built for ImageMagick %s and running in %s\n"), HOTPIX_VERSION,
          MagickLibVersionText " " MAGICK_COMPAT_QUANTUM, GetMagickVersion (NULL));
  if (strcmp (argv[0], "version") == 0)
    return TRUE;
  arguments = hotpix_arguments_describe ();
  printf (_ ("\nFinds hot, stuck and dead pixels in ordinary photos:\n\n"
             "    %s -ping *.JPG -process 'hotpix list=hot.tsv' null:\n\n"
             "Arguments, in the quoted word:\n\n%s\nman hotpix says more.\n"),
          HOTPIX_MAGICK == 7 ? "magick" : "convert", arguments);
  return TRUE;
}

/* The rest of the command sees the result in place of the photos. */
static void
replace_images (Image **images, Image *result)
{
  Image *first = *images;

  g_strlcpy (result->filename, first->filename, sizeof result->filename);
  g_strlcpy (result->magick_filename, first->magick_filename, sizeof result->magick_filename);
  g_strlcpy (result->magick, "PNG", sizeof result->magick);
  (void) SetImageProgressMonitor (result, first->progress_monitor, first->client_data);
  DestroyImageList (first);
  *images = result;
}

size_t
hotpixImage (Image **images, const int argc, const char **argv, ExceptionInfo *exception)
{
  g_autoptr (GError) error = NULL;
  Image *result = NULL;

  hotpix_text_bind (NULL);
  *images = GetFirstImageInList (*images);
  g_return_val_if_fail (*images != NULL, MagickImageFilterSignature);
  if (count_pinged (*images) == 0 && answer (argc, argv))
    return MagickImageFilterSignature;
  if (run (*images, argc, argv, &result, exception, &error))
    {
      if (result != NULL)
        replace_images (images, result);
    }
  else
    {
      throw_words (exception, severity_of (error), error->message);
      magick_compat_end_before_writing (exception);
    }
  return MagickImageFilterSignature;
}
