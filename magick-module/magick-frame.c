/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "magick-frame.h"
#include "base/text.h"
#include "photos/photo-file.h"
#include "policy.h"

#include <string.h>
#include <unistd.h>

/* 16-bit samples that are multiples of this are 8-bit ones: 65535 = 257 · 255. */
#define EIGHT_BIT_STEP 257

typedef struct
{
  HotpixFrame frame;
  gchar *path;        /* of a pinged image's file; NULL for a decoded one */
  gchar *format;      /* of a pinged image, as in "PNG" */
  gsize scene;        /* of a pinged image: its number in the file */
  const Image *image; /* borrowed when decoded; owned, and only while open, when pinged */
  CacheView *view;    /* while open */
  guint16 *row;       /* while open, of an 8-bit frame: a row as ImageMagick has it */
  guint next_row;
} MagickFrame;

/* Where an open file is, which the name of the photo stands for: "/proc/PID/fd/N: ". */
static const gchar *
skip_open_file (const gchar *words)
{
  const gchar *behind = g_str_has_prefix (words, "/proc/") ? strstr (words, ": ") : NULL;

  return behind != NULL ? behind + strlen (": ") : words;
}

/* ImageMagick's message in one line, without the names and the place in its source that are around
 * it, and without a full stop. */
static gchar *
describe_exception (const ExceptionInfo *exception)
{
  g_autofree gchar *words
      = exception->reason != NULL ? g_strdup (skip_open_file (exception->reason)) : NULL;
  gchar *end;

  if (words == NULL)
    return g_strdup (_ ("it is damaged, cut short, or in an unknown format"));
  if ((end = strstr (words, " @ ")) != NULL)
    *end = '\0';
  if ((end = strstr (words, " `")) != NULL)
    *end = '\0';
  g_strdelimit (words, "\r\n\t", ' ');
  for (gsize n = strlen (words); n > 0 && strchr (". ", words[n - 1]) != NULL; n--)
    words[n - 1] = '\0';
  return g_steal_pointer (&words);
}

/* It is not the photo's fault when ImageMagick's resource limits refuse it; and what is of no format that
 * it knows is none. */
static HotpixError
code_of (const ExceptionInfo *exception)
{
  if (exception->severity == MissingDelegateError)
    return HOTPIX_ERROR_NO_PHOTO;
  return exception->severity == ResourceLimitError || exception->severity == CacheError
             ? HOTPIX_ERROR_MEMORY
             : HOTPIX_ERROR_READ;
}

static void
set_read_error (HotpixError code, const ExceptionInfo *exception, GError **error)
{
  g_autofree gchar *words = describe_exception (exception);

  g_set_error (error, HOTPIX_ERROR, code, _ ("cannot be read by ImageMagick: %s"), words);
}

/* 1, 3, or 0 for a colour space that does not count. YCbCr, in which ImageMagick 6 leaves HEIC photos,
 * has become RGB by the time that it is read. */
static guint
count_channels (const Image *image)
{
  switch (image->colorspace)
    {
    case GRAYColorspace:
    case LinearGRAYColorspace:
      return 1;
    case sRGBColorspace:
    case RGBColorspace:
    case scRGBColorspace:
    case TransparentColorspace:
    case YCbCrColorspace:
      return 3;
    default:
      return 0;
    }
}

static gboolean
read_row (const Image *image, CacheView *view, guint y, guint channels, guint16 *row,
          GError **error)
{
  ExceptionInfo *exception = AcquireExceptionInfo ();
  const MagickPixels *pixel
      = GetCacheViewVirtualPixels (view, 0, (gssize) y, image->columns, 1, exception);
  guint stride = magick_compat_pixel_stride (image);
  gboolean success = pixel != NULL;

  if (!success)
    set_read_error (code_of (exception), exception, error);
  for (gsize x = 0; success && x < image->columns; x++, pixel += stride)
    for (guint channel = 0; channel < channels; channel++)
      *row++ = magick_compat_to_sample (magick_compat_get (image, pixel, channel));
  DestroyExceptionInfo (exception);
  return success;
}

/* The exact quotient of a 16-bit sample and 257, or more than 255 where there is none: 65281 is
 * the inverse of 257 modulo 2^16. */
static inline guint
divide_by_step (guint16 sample)
{
  return (guint16) (sample * 65281u);
}

static gboolean
row_is_8_bit (const guint16 *row, gsize n)
{
  guint largest = 0;

  G_STATIC_ASSERT ((guint16) (EIGHT_BIT_STEP * 65281u) == 1);
  for (gsize i = 0; i < n; i++)
    largest = MAX (largest, divide_by_step (row[i]));
  return largest <= 255;
}

/* A row of n samples as ImageMagick has them, to be freed by g_free(). */
static guint16 *
allocate_row (gsize n, GError **error)
{
  guint16 *row = g_try_new (guint16, n);

  if (row == NULL)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                 _ ("has rows too long for the free memory"));
  return row;
}

static gboolean
image_is_8_bit (const Image *image, guint channels, gboolean *is_8_bit, GError **error)
{
  g_autofree guint16 *row = NULL;
  CacheView *view;
  gboolean success = TRUE;

  *is_8_bit = image->depth <= 8;
  if (!*is_8_bit)
    return TRUE;
  row = allocate_row (image->columns * channels, error);
  if (row == NULL)
    return FALSE;
  view = AcquireVirtualCacheView (image, NULL);
  for (guint y = 0; success && *is_8_bit && y < image->rows; y++)
    {
      success = read_row (image, view, y, channels, row, error);
      *is_8_bit = success && row_is_8_bit (row, image->columns * channels);
    }
  DestroyCacheView (view);
  return success;
}

static gboolean
magick_frame_rewind (HotpixFrame *frame, GError **error)
{
  ((MagickFrame *) frame)->next_row = 0;
  return TRUE;
}

static void
magick_frame_close (HotpixFrame *frame)
{
  MagickFrame *self = (MagickFrame *) frame;

  g_clear_pointer (&self->row, g_free);
  if (self->view != NULL)
    self->view = DestroyCacheView (self->view);
  if (self->path != NULL && self->image != NULL)
    self->image = DestroyImageList ((Image *) self->image);
}

/* ImageMagick reads meaning into names (a:b, a%d, a[0]), so it gets the open file's own name in
 * /proc, which coders that open files themselves, and programs that they start, can open too.
 * Without a format, ImageMagick goes by the content, and by the extension as a hint. */
static ImageInfo *
file_info_new (const gchar *path, const gchar *format, FILE *stream)
{
  ImageInfo *info = AcquireImageInfo ();
  g_autofree gchar *name
      = g_strdup_printf ("/proc/%d/fd/%d", (gint) getpid (), fileno (stream));
  const gchar *extension = strrchr (path, '.');

  /* A policy that names the folders of photos does not name this one. */
  if (!g_file_test (name, G_FILE_TEST_EXISTS) || !policy_check_read (name, NULL))
    {
      g_free (name);
      name = g_strdup (path);
    }
  if (format != NULL)
    g_snprintf (info->filename, sizeof info->filename, "%s:%s", format, name);
  else
    {
      g_strlcpy (info->filename, name, sizeof info->filename);
      if (extension != NULL && strchr (extension, '/') == NULL)
        g_strlcpy (info->magick, extension + 1, sizeof info->magick);
      for (gchar *c = info->magick; *c != '\0'; c++)
        *c = g_ascii_toupper (*c);
    }
  /* HEIF files say how to turn their photos, and sensors are not turned. */
  (void) SetImageOption (info, "heic:preserve-orientation", "true");
  return info;
}

static gboolean
make_rgb (Image *image, GError **error)
{
  ExceptionInfo *exception;
  gboolean success;

  if (image->colorspace != YCbCrColorspace)
    return TRUE;
  exception = AcquireExceptionInfo ();
  success = magick_compat_make_rgb (image, exception);
  if (!success)
    set_read_error (code_of (exception), exception, error);
  DestroyExceptionInfo (exception);
  return success;
}

static Image *
read_scene (const MagickFrame *self, GError **error)
{
  FILE *stream = hotpix_photo_file_open (self->path, NULL, error);
  g_autofree gchar *scene = NULL;
  ExceptionInfo *exception;
  ImageInfo *info;
  Image *image;

  if (stream == NULL)
    return NULL;
  info = file_info_new (self->path, self->format, stream);
  scene = g_strdup_printf ("%" G_GSIZE_FORMAT, self->scene);
  (void) CloneString (&info->scenes, scene);
  info->scene = self->scene;
  info->number_scenes = 1;
  exception = AcquireExceptionInfo ();
  image = ReadImage (info, exception);
  /* Even a damaged file can yield an image, part of it made up. Other warnings are about tags and
   * profiles. */
  if (image == NULL || exception->severity == CorruptImageWarning
      || exception->severity >= ErrorException)
    {
      set_read_error (code_of (exception), exception, error);
      if (image != NULL)
        image = DestroyImageList (image);
    }
  if (image != NULL && !make_rgb (image, error))
    image = DestroyImageList (image);
  DestroyExceptionInfo (exception);
  DestroyImageInfo (info);
  fclose (stream);
  return image;
}

static gboolean
check_pinged (const MagickFrame *self, const Image *image, GError **error)
{
  const HotpixShape *shape = &self->frame.shape;
  gboolean is_8_bit;

  if (image->columns != shape->width || image->rows != shape->height
      || count_channels (image) != shape->channels)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("does not match its header"));
  else if (shape->bits == 16)
    return TRUE;
  else if (image_is_8_bit (image, shape->channels, &is_8_bit, error))
    {
      if (is_8_bit)
        return TRUE;
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                   _ ("has finer samples than the 8 bits of its header: leave -ping out"));
    }
  return FALSE;
}

static gboolean
magick_frame_open (HotpixFrame *frame, GError **error)
{
  MagickFrame *self = (MagickFrame *) frame;

  if (self->path != NULL)
    {
      Image *image = read_scene (self, error);

      if (image == NULL)
        return FALSE;
      if (!check_pinged (self, image, error))
        {
          DestroyImageList (image);
          return FALSE;
        }
      self->image = image;
    }
  if (frame->shape.bits == 8)
    self->row = allocate_row (hotpix_shape_row_samples (&frame->shape), error);
  if (frame->shape.bits == 8 && self->row == NULL)
    {
      magick_frame_close (frame);
      return FALSE;
    }
  self->view = AcquireVirtualCacheView (self->image, NULL);
  return magick_frame_rewind (frame, error);
}

static void
narrow_row (guint8 *narrow, const guint16 *row, gsize n)
{
  for (gsize i = 0; i < n; i++)
    narrow[i] = (guint8) divide_by_step (row[i]);
}

static gboolean
magick_frame_read (HotpixFrame *frame, guint n_rows, gpointer rows, GError **error)
{
  MagickFrame *self = (MagickFrame *) frame;
  const HotpixShape *shape = &frame->shape;

  for (guint i = 0; i < n_rows; i++)
    {
      guint8 *target = (guint8 *) rows + i * hotpix_shape_row_bytes (shape);

      if (!read_row (self->image, self->view, self->next_row, shape->channels,
                     self->row != NULL ? self->row : (guint16 *) target, error))
        return FALSE;
      if (self->row != NULL)
        narrow_row (target, self->row, hotpix_shape_row_samples (shape));
      self->next_row++;
    }
  return TRUE;
}

static void
magick_frame_free (HotpixFrame *frame)
{
  MagickFrame *self = (MagickFrame *) frame;

  magick_frame_close (frame);
  g_free (self->path);
  g_free (self->format);
  g_free (self);
}

/* A file can have several photos. */
static gchar *
magick_frame_digest (HotpixFrame *frame)
{
  const MagickFrame *self = (const MagickFrame *) frame;

  return self->path != NULL ? hotpix_photo_file_digest (self->path, self->scene)
                            : hotpix_frame_digest_rows (frame);
}

static const HotpixFrameClass magick_frame_class = {
  magick_frame_open,  magick_frame_read, magick_frame_rewind,
  magick_frame_close, magick_frame_free, magick_frame_digest,
};

static gboolean
check_image (const Image *image, GError **error)
{
  if (count_channels (image) == 0)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                 _ ("is in the colour space %s: only grey and RGB count"),
                 CommandOptionToMnemonic (MagickColorspaceOptions, image->colorspace));
  else if (image->columns == 0 || image->rows == 0)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_NO_PHOTO, _ ("has no pixels"));
  else if (image->columns > G_MAXUINT || image->rows > G_MAXUINT)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED, _ ("has too many pixels"));
  else
    return TRUE;
  return FALSE;
}

static MagickFrame *
frame_new (const Image *image, const gchar *name)
{
  const StringInfo *exif = GetImageProfile (image, "exif");
  MagickFrame *self = g_new0 (MagickFrame, 1);

  self->frame.frame_class = &magick_frame_class;
  self->frame.name = g_strdup (name);
  self->frame.shape.width = (guint) image->columns;
  self->frame.shape.height = (guint) image->rows;
  self->frame.shape.channels = count_channels (image);
  self->frame.shape.bits = image->depth <= 8 && image->colorspace != YCbCrColorspace ? 8 : 16;
  self->frame.host_thread_only = TRUE;
  if (exif != NULL)
    self->frame.exif = hotpix_exif_new (GetStringInfoDatum (exif), GetStringInfoLength (exif));
  return self;
}

HotpixFrame *
magick_frame_new_decoded (Image *image, GError **error)
{
  gboolean is_8_bit;
  MagickFrame *self;

  if (!check_image (image, error) || !make_rgb (image, error)
      || !image_is_8_bit (image, count_channels (image), &is_8_bit, error))
    return NULL;
  self = frame_new (image, image->filename);
  self->frame.shape.bits = is_8_bit ? 8 : 16;
  self->image = image;
  self->frame.fingerprint = hotpix_frame_fingerprint_row (&self->frame);
  return &self->frame;
}

HotpixFrame *
magick_frame_new_pinged (const Image *image, const gchar *path, GError **error)
{
  MagickFrame *self;

  if (!check_image (image, error))
    return NULL;
  self = frame_new (image, path);
  self->path = g_strdup (path);
  self->frame.working_bytes = magick_compat_pixel_bytes (image) * image->columns * image->rows;
  self->format = g_strdup (image->magick);
  self->scene = image->scene;
  self->frame.fingerprint = hotpix_photo_file_fingerprint (path);
  return &self->frame;
}

gboolean
magick_frame_is_heif (const Image *image)
{
  return strcmp (image->magick, "HEIC") == 0 || strcmp (image->magick, "HEIF") == 0
         || strcmp (image->magick, "AVIF") == 0;
}

Image *
magick_frame_ping_file (const gchar *path, GError **error)
{
  FILE *stream = hotpix_photo_file_open (path, NULL, error);
  ExceptionInfo *exception;
  ImageInfo *info;
  Image *images;

  if (stream == NULL)
    return NULL;
  info = file_info_new (path, NULL, stream);
  exception = AcquireExceptionInfo ();
  images = PingImage (info, exception);
  /* Of a photo that is to be turned, only reading it finds the size that is stored. */
  if (images != NULL && magick_frame_is_heif (images))
    {
      DestroyImageList (images);
      images = ReadImage (info, exception);
    }
  if (images == NULL)
    set_read_error (HOTPIX_ERROR_READ, exception, error);
  DestroyExceptionInfo (exception);
  DestroyImageInfo (info);
  fclose (stream);
  return images;
}
