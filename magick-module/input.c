/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"
#include "magick-frame.h"
#include "photos/file-list.h"
#include "photos/jpeg-frame.h"
#include "policy.h"

#include <string.h>

/* Adds the frame, or says why there is none. */
static void
add_frame (HotpixFrameSet *set, const gchar *name, HotpixFrame *frame, const GError *error)
{
  if (frame != NULL)
    hotpix_frame_set_add (set, frame);
  else
    hotpix_frame_set_add_left_out (set, name, error->message);
}

static gboolean
is_placeholder (const Image *image)
{
  return strcmp (image->magick, "XC") == 0 || strcmp (image->magick, "NULL") == 0;
}

static void
add_decoded (HotpixFrameSet *set, Image *image)
{
  g_autoptr (GError) error = NULL;
  HotpixFrame *frame = magick_frame_new_decoded (image, &error);

  add_frame (set, image->filename, frame, error);
}

static void
add_pinged (HotpixFrameSet *set, const Image *image, const gchar *path)
{
  g_autoptr (GError) error = NULL;
  HotpixFrame *frame = magick_frame_new_pinged (image, path, &error);

  add_frame (set, path, frame, error);
}

/* image: nullable. With -ping, what the command does to a photo changes its size at most, and never
 * reaches its file. */
static gboolean
check_jpeg (const HotpixFrame *frame, const Image *image, GError **error)
{
  if (!policy_check_format ("JPEG", error) || !policy_check_size (&frame->shape, error))
    return FALSE;
  if (image == NULL
      || (image->columns == frame->shape.width && image->rows == frame->shape.height))
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
               "was made %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
               " pixels by the command, which does not reach a pinged photo: give it without "
               "-ping",
               (gsize) image->columns, (gsize) image->rows);
  return FALSE;
}

/* image: nullable; as ImageMagick pinged it.
 * Whether the file is a JPEG, and so dealt with. */
static gboolean
add_jpeg (HotpixFrameSet *set, const gchar *path, const Image *image)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HotpixFrame) frame = hotpix_jpeg_frame_new (path, &error);

  if (g_error_matches (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT))
    return FALSE;
  if (frame != NULL && !check_jpeg (frame, image, &error))
    g_clear_pointer (&frame, hotpix_frame_free);
  if (frame != NULL)
    hotpix_frame_set_add (set, g_steal_pointer (&frame));
  else
    hotpix_frame_set_add_failed (set, path, error);
  return TRUE;
}

/* A pipe's content is gone, or is in a file of ImageMagick's that is gone. */
static gboolean
came_by_pipe (const Image *image)
{
  const gchar *name = image->magick_filename;

  return strcmp (name, "-") == 0 || g_str_has_suffix (name, ":-")
         || g_str_has_prefix (name, "fd:");
}

/* As in photo.jpg[80x60+10+10], which ImageMagick does to what it decodes. Scenes, as in pages.tif[1],
 * are chosen in a pinged file too. */
static gboolean
is_part_of_file (const Image *image)
{
  const gchar *name = image->magick_filename, *bracket = strrchr (name, '[');
  g_autofree gchar *inside = NULL;

  if (bracket == NULL || !g_str_has_suffix (name, "]")
      || g_str_has_suffix (image->filename, "]"))
    return FALSE;
  inside = g_strndup (bracket + 1, strlen (bracket) - 2);
  return IsSceneGeometry (inside, MagickFalse) == MagickFalse;
}

/* Whether the photo at the path may be opened; one that may not is left out. */
static gboolean
may_open (HotpixFrameSet *set, const gchar *path)
{
  g_autoptr (GError) error = NULL;

  if (policy_check_read (path, &error))
    return TRUE;
  hotpix_frame_set_add_left_out (set, path, error->message);
  return FALSE;
}

static void
add_image (HotpixFrameSet *set, Image *image)
{
  if (image->ping == MagickFalse)
    add_decoded (set, image);
  else if (came_by_pipe (image))
    hotpix_frame_set_add_left_out (set, image->magick_filename,
                                   "came by a pipe and cannot be read again: give it without "
                                   "-ping");
  else if (is_part_of_file (image))
    hotpix_frame_set_add_left_out (set, image->magick_filename,
                                   "asks for a part of a photo or another size, which does not "
                                   "reach a pinged photo: give it without -ping");
  else if (may_open (set, image->filename) && !add_jpeg (set, image->filename, image))
    add_pinged (set, image, image->filename);
}

static void
add_file (HotpixFrameSet *set, const gchar *path)
{
  g_autoptr (GError) error = NULL;
  Image *images;

  if (!may_open (set, path) || add_jpeg (set, path, NULL))
    return;
  images = magick_frame_ping_file (path, &error);
  if (images == NULL)
    {
      hotpix_frame_set_add_left_out (set, path, error->message);
      return;
    }
  for (const Image *image = images; image != NULL; image = GetNextImageInList (image))
    add_pinged (set, image, path);
  DestroyImageList (images);
}

/* What a specification names; that of a list must be allowed to be read. */
static GPtrArray *
expand (const gchar *specification, GError **error)
{
  gboolean is_list
      = specification[0] == '@' && !g_file_test (specification, G_FILE_TEST_EXISTS);

  if (is_list && !policy_check_read (specification + 1, error))
    {
      g_prefix_error (error, "the list %s ", specification);
      return NULL;
    }
  return hotpix_file_list_expand (specification, stdin, error);
}

HotpixFrameSet *
magick_input_new (Image *images, const CommandLine *line, const GPtrArray *files,
                  GError **error)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  for (Image *image = images; image != NULL; image = GetNextImageInList (image))
    if (files->len == 0 || !is_placeholder (image))
      add_image (set, image);
  command_line_add_missing (line, set, images);
  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (GPtrArray) paths = expand (g_ptr_array_index (files, i), error);

      if (paths == NULL
          || !policy_check_length (hotpix_frame_set_get_length (set) + paths->len, error))
        return NULL;
      for (guint k = 0; k < paths->len; k++)
        add_file (set, g_ptr_array_index (paths, k));
    }
  return g_steal_pointer (&set);
}
