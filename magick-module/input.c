/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"
#include "base/text.h"
#include "magick-frame.h"
#include "photos/file-list.h"
#include "photos/frame-makers.h"
#include "policy.h"

#include <string.h>

typedef struct
{
  HotpixFrameSet *set;
  HotpixFrameMakers *makers;
  gboolean is_changed; /* by an operator of the command */
  const Image *pinged; /* of the current file; NULL where only files= names it */
} Input;

gboolean
magick_input_is_placeholder (const Image *image)
{
  return strcmp (image->magick, "XC") == 0 || strcmp (image->magick, "NULL") == 0;
}

gboolean
magick_input_has_photos (const Image *images, const GPtrArray *files)
{
  for (; images != NULL; images = GetNextImageInList (images))
    if (!magick_input_is_placeholder (images))
      return TRUE;
  return files->len > 0;
}

static void
add_decoded (HotpixFrameSet *set, Image *image)
{
  g_autoptr (GError) error = NULL;
  HotpixFrame *frame = magick_frame_new_decoded (image, &error);

  if (frame != NULL)
    hotpix_frame_set_add (set, frame);
  else
    hotpix_frame_set_add_left_out (set, image->filename, error->message);
}

/* With -ping, a command can change the size that ImageMagick has of a photo, but not its file. */
static gboolean
check_size (const HotpixFrame *frame, const Image *pinged, GError **error)
{
  if (pinged == NULL
      || (pinged->columns == frame->shape.width && pinged->rows == frame->shape.height))
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
               _ ("would be resized to %u x %u pixels, which has no effect with -ping: leave "
                  "-ping out"),
               (guint) pinged->columns, (guint) pinged->rows);
  return FALSE;
}

static gboolean
check_frame (const HotpixFrame *frame, const gchar *format, gpointer user_data, GError **error)
{
  const Input *input = user_data;

  return policy_check_format (format, error) && policy_check_size (&frame->shape, error)
         && check_size (frame, input->pinged, error);
}

/* ImageMagick decodes a video from its start for each of its pictures. */
static gboolean
is_video (const Image *image)
{
  ExceptionInfo *exception = AcquireExceptionInfo ();
  const MagickInfo *info = GetMagickInfo (image->magick, exception);
  gboolean result = info != NULL && info->magick_module != NULL
                    && (strcmp (info->magick_module, "VIDEO") == 0
                        || strcmp (info->magick_module, "MPEG") == 0);

  DestroyExceptionInfo (exception);
  return result;
}

static gboolean
make_pinged (const Image *image, const gchar *path, GPtrArray *frames, GError **error)
{
  HotpixFrame *frame;

  if (is_video (image))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                   _ ("is a video: extract its pictures first, for instance by "
                      "ffmpeg -i VIDEO -qscale:v 2 picture-%%05d.jpg"));
      return FALSE;
    }
  frame = magick_frame_new_pinged (image, path, error);
  if (frame != NULL)
    g_ptr_array_add (frames, frame);
  return frame != NULL;
}

/* Reads through ImageMagick what the core does not read. */
static gboolean
make_by_magick (const gchar *path, GPtrArray *frames, gpointer user_data, GError **error)
{
  Input *input = user_data;
  gboolean success = TRUE;
  Image *images;

  if (input->pinged != NULL)
    return make_pinged (input->pinged, path, frames, error);
  images = magick_frame_ping_file (path, error);
  if (images == NULL)
    return FALSE;
  if (is_video (images))
    success = make_pinged (images, path, frames, error);
  for (const Image *image = images; success && image != NULL;
       image = GetNextImageInList (image))
    {
      g_autoptr (GError) reason = NULL;

      if (!make_pinged (image, path, frames, &reason))
        hotpix_frame_set_add_failed (input->set, path, reason);
    }
  DestroyImageList (images);
  return success;
}

/* The content of a pipe is gone, with the temporary file that ImageMagick made of it. */
static gboolean
came_by_pipe (const Image *image)
{
  const gchar *name = image->magick_filename;

  return strcmp (name, "-") == 0 || g_str_has_suffix (name, ":-")
         || g_str_has_prefix (name, "fd:");
}

/* As in photo.jpg[80x60+10+10], which ImageMagick applies after decoding. Scenes, as in pages.tif[1],
 * are chosen in a pinged file, too. */
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

/* pinged: nullable; ImageMagick's image of the file. */
static void
add_file (Input *input, const gchar *path, const Image *pinged)
{
  g_autoptr (GError) error = NULL;

  input->pinged = pinged;
  if (policy_check_read (path, &error))
    hotpix_frame_makers_add_file (input->makers, input->set, path);
  else
    hotpix_frame_set_add_left_out (input->set, path, error->message);
}

/* Whether the image comes from the same file as the previous one. previous: nullable. */
static gboolean
is_same_file (const Image *image, const Image *previous)
{
  return previous != NULL && image->scene > previous->scene
         && strcmp (image->filename, previous->filename) == 0;
}

/* Whether ImageMagick has turned the photo as its file says, or has the size that it would have then. Read
 * again, it is as stored; but what the command has done to it would be lost. */
static gboolean
is_to_be_read_again (const Input *input, const Image *image)
{
  return magick_frame_is_heif (image) && (image->ping != MagickFalse || !input->is_changed)
         && !came_by_pipe (image) && !is_part_of_file (image);
}

static void
add_image (Input *input, Image *image)
{
  if (is_to_be_read_again (input, image))
    {
      if (!is_same_file (image, image->previous))
        add_file (input, image->filename, NULL);
    }
  else if (image->ping == MagickFalse)
    add_decoded (input->set, image);
  else if (came_by_pipe (image))
    hotpix_frame_set_add_left_out (input->set, image->magick_filename,
                                   _ ("came through a pipe, which -ping cannot read twice: "
                                      "leave -ping out"));
  else if (is_part_of_file (image))
    hotpix_frame_set_add_left_out (input->set, image->magick_filename,
                                   _ ("names a part of a photo or another size, which has no "
                                      "effect with -ping: leave -ping out"));
  else if (!is_video (image) || !is_same_file (image, image->previous))
    add_file (input, image->filename, image);
}

/* What ImageMagick dropped and the command changes in no way is read from its file. */
static void
add_dropped (Input *input, const CommandLine *line, const Image *images)
{
  g_autoptr (GPtrArray) names = command_line_list_missing (line, images);

  for (guint i = 0; i < names->len; i++)
    if (command_line_get_operator (line) == NULL)
      add_file (input, g_ptr_array_index (names, i), NULL);
    else
      hotpix_frame_set_add_left_out (
          input->set, g_ptr_array_index (names, i),
          _ ("was dropped by ImageMagick, which could not read it or "
             "reached its limits: give fewer or smaller photos"));
}

GPtrArray *
magick_input_expand (const gchar *specification, GError **error)
{
  gboolean is_list
      = specification[0] == '@' && !g_file_test (specification, G_FILE_TEST_EXISTS);

  if (is_list && !policy_check_read (specification + 1, error))
    {
      g_prefix_error (error, _ ("the list %s "), specification);
      return NULL;
    }
  return hotpix_file_list_expand (specification, stdin, error);
}

gboolean
magick_input_add (HotpixFrameSet *set, Image *images, const CommandLine *line,
                  const GPtrArray *files, gboolean skip_placeholders, GError **error)
{
  g_autoptr (HotpixFrameMakers) makers = hotpix_frame_makers_new ();
  Input input = { .set = set,
                  .makers = makers,
                  .is_changed = command_line_get_operator (line) != NULL };

  hotpix_frame_makers_set_check (makers, check_frame, &input);
  hotpix_frame_makers_add (makers, make_by_magick, &input);
  for (Image *image = images; image != NULL; image = GetNextImageInList (image))
    if ((files->len == 0 && !skip_placeholders) || !magick_input_is_placeholder (image))
      add_image (&input, image);
  add_dropped (&input, line, images);
  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (GPtrArray) paths = magick_input_expand (g_ptr_array_index (files, i), error);

      if (paths == NULL
          || !policy_check_length (hotpix_frame_set_get_length (set) + paths->len, error))
        return FALSE;
      for (guint k = 0; k < paths->len; k++)
        add_file (&input, g_ptr_array_index (paths, k), NULL);
    }
  return TRUE;
}
