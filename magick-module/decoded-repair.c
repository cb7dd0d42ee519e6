/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decoded-repair.h"
#include "policy.h"
#include "repair/decoded-jpeg.h"

#include <string.h>

#define WINDOW HOTPIX_REPAIR_WINDOW

/* 65535 / 255 */
#define EIGHT_BIT_STEP 257

static void
get_samples (const Image *image, const MagickPixels *pixel, const HotpixShape *shape,
             gpointer samples)
{
  guint stride = magick_compat_pixel_stride (image), i = 0;

  for (guint k = 0; k < WINDOW * WINDOW; k++, pixel += stride)
    for (guint channel = 0; channel < shape->channels; channel++, i++)
      {
        guint16 sample = magick_compat_to_sample (magick_compat_get (image, pixel, channel));

        if (shape->bits == 8)
          ((guint8 *) samples)[i] = (guint8) (sample / EIGHT_BIT_STEP);
        else
          ((guint16 *) samples)[i] = sample;
      }
}

static guint
sample_at (const HotpixShape *shape, gconstpointer samples, guint i)
{
  return shape->bits == 8 ? ((const guint8 *) samples)[i] * EIGHT_BIT_STEP
                          : ((const guint16 *) samples)[i];
}

/* Sets those samples that are others: what HDRI holds between two samples stays elsewhere. */
static void
set_samples (const Image *image, MagickPixels *pixel, const HotpixShape *shape,
             gconstpointer before, gconstpointer after)
{
  guint stride = magick_compat_pixel_stride (image), i = 0;

  for (guint k = 0; k < WINDOW * WINDOW; k++, pixel += stride)
    for (guint channel = 0; channel < shape->channels; channel++, i++)
      if (sample_at (shape, before, i) != sample_at (shape, after, i))
        magick_compat_set_channel (image, pixel, shape->channels == 1 ? 3 : channel,
                                   (Quantum) sample_at (shape, after, i));
}

/* A defect of a decoded image. FALSE where ImageMagick gives no pixels. */
static gboolean
repair_defect (Image *image, CacheView *view, const HotpixRepairer *repairer, guint index,
               const HotpixShape *shape, guint *n_repaired, ExceptionInfo *exception)
{
  guint16 before[3 * WINDOW * WINDOW], after[3 * WINDOW * WINDOW];
  HotpixRepairWindow window;
  MagickPixels *pixels;

  if (!hotpix_repairer_get_window (repairer, index, &window))
    return TRUE;
  pixels = GetCacheViewAuthenticPixels (view, window.x, window.y, WINDOW, WINDOW, exception);
  if (pixels == NULL)
    return FALSE;
  get_samples (image, pixels, shape, before);
  memcpy (after, before, sizeof after);
  if (!hotpix_repairer_repair (repairer, index, shape, after))
    return TRUE;
  set_samples (image, pixels, shape, before, after);
  ++*n_repaired;
  return SyncCacheViewAuthenticPixels (view, exception) != MagickFalse;
}

/* What the image's own file becomes by its coefficients; NULL where it is no JPEG that can be read. */
static HotpixDecodedJpeg *
read_own_jpeg (const Image *image, const HotpixRepairer *repairer, const HotpixShape *shape)
{
  g_autoptr (HotpixDecodedJpeg) jpeg = NULL;

  if (strcmp (image->magick, "JPEG") != 0 || !policy_check_read (image->filename, NULL))
    return NULL;
  jpeg = hotpix_decoded_jpeg_new (repairer, image->filename, NULL);
  if (jpeg == NULL || jpeg->shape.width != shape->width || jpeg->shape.height != shape->height
      || jpeg->shape.channels != shape->channels)
    return NULL;
  return g_steal_pointer (&jpeg);
}

/* FALSE where the pixel does not fit into 8 bits. */
static gboolean
get_pixel (const Image *image, const MagickPixels *pixel, const HotpixShape *shape,
           guint8 *values)
{
  for (guint i = 0; i < shape->channels; i++)
    {
      guint16 sample = magick_compat_to_sample (magick_compat_get (image, pixel, i));

      if (sample % EIGHT_BIT_STEP != 0)
        return FALSE;
      values[i] = (guint8) (sample / EIGHT_BIT_STEP);
    }
  return TRUE;
}

static void
set_pixel (const Image *image, MagickPixels *pixel, const HotpixShape *shape,
           const guint8 *values)
{
  for (guint i = 0; i < shape->channels; i++)
    magick_compat_set_channel (image, pixel, shape->channels == 1 ? 3 : i,
                               (Quantum) (values[i] * EIGHT_BIT_STEP));
}

/* Visits the pixels that the JPEG's repair changes, and sets those that are as the JPEG has them, or only
 * counts them. FALSE where ImageMagick gives no pixels. */
static gboolean
visit_pixels (const Image *image, CacheView *view, const HotpixDecodedJpeg *jpeg, gboolean sets,
              guint *n_same, ExceptionInfo *exception)
{
  *n_same = 0;
  for (guint i = 0; i < jpeg->pixels->len; i++)
    {
      const HotpixChangedPixel *changed = &g_array_index (jpeg->pixels, HotpixChangedPixel, i);
      MagickPixels *pixel
          = GetCacheViewAuthenticPixels (view, changed->x, changed->y, 1, 1, exception);
      guint8 values[3];

      if (pixel == NULL)
        return FALSE;
      if (!get_pixel (image, pixel, &jpeg->shape, values)
          || !hotpix_decoded_jpeg_repair (jpeg, changed, values))
        continue;
      ++*n_same;
      if (!sets)
        continue;
      set_pixel (image, pixel, &jpeg->shape, values);
      if (SyncCacheViewAuthenticPixels (view, exception) == MagickFalse)
        return FALSE;
    }
  return TRUE;
}

/* By the file where the image still is what it holds; else by the pixels. */
static gboolean
repair_pixels (Image *image, CacheView *view, const HotpixRepairer *repairer,
               const HotpixShape *shape, guint *n_repaired, ExceptionInfo *exception)
{
  g_autoptr (HotpixDecodedJpeg) jpeg = read_own_jpeg (image, repairer, shape);
  guint n_same = 0;

  if (jpeg != NULL && !visit_pixels (image, view, jpeg, FALSE, &n_same, exception))
    return FALSE;
  if (jpeg != NULL && hotpix_decoded_jpeg_is_own (jpeg, n_same))
    {
      *n_repaired = jpeg->n_repaired;
      return visit_pixels (image, view, jpeg, TRUE, &n_same, exception);
    }
  for (guint i = 0; i < hotpix_repairer_count (repairer); i++)
    if (!repair_defect (image, view, repairer, i, shape, n_repaired, exception))
      return FALSE;
  return TRUE;
}

gboolean
decoded_repair_run (Image *image, const HotpixListedDefects *listed, const HotpixShape *shape,
                    guint *n_repaired, GError **error)
{
  g_autoptr (HotpixRepairer) repairer
      = hotpix_repairer_new (listed, shape->width, shape->height);
  ExceptionInfo *exception = AcquireExceptionInfo ();
  gboolean success = magick_compat_make_direct (image, exception);
  CacheView *view = AcquireAuthenticCacheView (image, exception);

  success = success && repair_pixels (image, view, repairer, shape, n_repaired, exception);
  DestroyCacheView (view);
  if (!success)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                 _ ("%s cannot be repaired: ImageMagick cannot read its pixels (%s)"),
                 image->filename,
                 exception->reason != NULL ? exception->reason : _ ("no reason is given"));
  DestroyExceptionInfo (exception);
  return success;
}
