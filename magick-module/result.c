/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result.h"
#include "base/error.h"
#include "base/text.h"
#include "detect/variance-summary.h"

/* Nine digits separate any two neighbouring values of a variance image. */
#define NUMBER_FORMAT "%.9g"

static gboolean
write_row (Image *image, CacheView *view, guint y, guint channels, const guint16 *samples,
           ExceptionInfo *exception)
{
  MagickPixels *pixel
      = QueueCacheViewAuthenticPixels (view, 0, (gssize) y, image->columns, 1, exception);
  guint stride = magick_compat_pixel_stride (image);

  if (pixel == NULL)
    return FALSE;
  for (gsize x = 0; x < image->columns; x++, pixel += stride, samples += channels)
    {
      Quantum first = (Quantum) samples[0];
      Quantum rgb[3] = { first, first, first };

      if (channels == 3)
        {
          rgb[1] = (Quantum) samples[1];
          rgb[2] = (Quantum) samples[2];
        }
      magick_compat_set (image, pixel, rgb);
    }
  return SyncCacheViewAuthenticPixels (view, exception) != MagickFalse;
}

static gboolean
write_picture (Image *image, const HotpixSurvey *survey, HotpixPicture picture,
               const HotpixShape *shape, ExceptionInfo *exception)
{
  g_autofree gdouble *values = g_try_new (gdouble, hotpix_shape_row_samples (shape));
  g_autofree guint16 *samples = g_try_new (guint16, hotpix_shape_row_samples (shape));
  gboolean success = values != NULL && samples != NULL;
  CacheView *view = AcquireAuthenticCacheView (image, exception);

  for (guint y = 0; success && y < shape->height; y++)
    {
      hotpix_picture_row (picture, survey->accumulator, survey->defects, y, values, samples);
      success = write_row (image, view, y, shape->channels, samples, exception);
    }
  DestroyCacheView (view);
  return success;
}

static void
set_number (Image *image, const gchar *name, gdouble number, ExceptionInfo *exception)
{
  gchar text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, NUMBER_FORMAT, number);
  magick_compat_set_property (image, name, text, exception);
}

static void
append_place (GString *text, const HotpixShape *shape, const HotpixSample *sample)
{
  g_string_append_printf (text, "%u,%u,%s", sample->x, sample->y,
                          hotpix_shape_channel_name (shape, sample->channel));
}

static void
set_place (Image *image, const gchar *name, const HotpixShape *shape,
           const HotpixSample *sample, ExceptionInfo *exception)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_place (text, shape, sample);
  magick_compat_set_property (image, name, text->str, exception);
}

static void
set_lowest (Image *image, const HotpixShape *shape, const HotpixVarianceSummary *summary,
            ExceptionInfo *exception)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < summary->n_lowest; i++)
    {
      gchar number[G_ASCII_DTOSTR_BUF_SIZE];

      append_place (text, shape, &summary->lowest[i]);
      g_ascii_formatd (number, sizeof number, NUMBER_FORMAT, summary->lowest[i].variance);
      g_string_append_printf (text, " %s%s", number, i + 1 < summary->n_lowest ? "\n" : "");
    }
  magick_compat_set_property (image, "hotpix:lowest", text->str, exception);
}

static void
set_properties (Image *image, const HotpixSurvey *survey, const HotpixVarianceSummary *summary,
                ExceptionInfo *exception)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (survey->accumulator);

  set_number (image, "hotpix:frames", hotpix_accumulator_get_frames (survey->accumulator),
              exception);
  set_number (image, "hotpix:left-out", hotpix_survey_count_left_out (survey), exception);
  set_number (image, "hotpix:variance-minimum", summary->minimum.variance, exception);
  set_number (image, "hotpix:variance-maximum", summary->maximum.variance, exception);
  set_number (image, "hotpix:variance-mean", summary->mean, exception);
  set_place (image, "hotpix:minimum-at", shape, &summary->minimum, exception);
  set_place (image, "hotpix:maximum-at", shape, &summary->maximum, exception);
  set_lowest (image, shape, summary, exception);
  if (survey->defects != NULL)
    set_number (image, "hotpix:defects", survey->defects->list->len, exception);
}

Image *
magick_result_new (const HotpixSurvey *survey, HotpixPicture picture, guint n_threads,
                   CommandLineSight sight, GError **error)
{
  HotpixShape shape = hotpix_picture_get_shape (
      picture, hotpix_accumulator_get_shape (survey->accumulator), survey->defects);
  HotpixVarianceSummary summary;
  ExceptionInfo *exception;
  Image *image;

  if (sight >= COMMAND_LINE_SEES_PROPERTIES
      && !hotpix_variance_summary_init (&summary, survey->accumulator, n_threads, error))
    return NULL;
  exception = AcquireExceptionInfo ();
  image
      = magick_compat_canvas (shape.width, shape.height,
                              shape.channels == 1 ? GRAYColorspace : sRGBColorspace, exception);
  if (image != NULL && sight >= COMMAND_LINE_SEES_PICTURE
      && !write_picture (image, survey, picture, &shape, exception))
    image = DestroyImage (image);
  if (image == NULL)
    g_set_error (
        error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
        _ ("ImageMagick has no room for a result of %u x %u pixels (%s): raise its limits "
           "by -limit"),
        shape.width, shape.height,
        exception->reason != NULL ? exception->reason : _ ("it gives no reason"));
  else
    {
      image->depth = 16;
      if (sight >= COMMAND_LINE_SEES_PROPERTIES)
        set_properties (image, survey, &summary, exception);
    }
  DestroyExceptionInfo (exception);
  return image;
}
