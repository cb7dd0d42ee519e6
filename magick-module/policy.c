/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy.h"
#include "base/processors.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* A longer chain of links counts as leading nowhere. */
#define MOST_LINKS 40

static gboolean
is_allowed (const gchar *path, PolicyRights rights)
{
  return IsRightsAuthorized (PathPolicyDomain, rights, path) != MagickFalse;
}

/* The target of a name that realpath() cannot follow to its end, because there is no file yet or it
 * is a pipe. To be freed by g_free(). */
static gchar *
follow_links (const gchar *path)
{
  gchar *place = g_strdup (path), *target;

  for (guint i = 0; i < MOST_LINKS && (target = g_file_read_link (place, NULL)) != NULL; i++)
    {
      g_autofree gchar *folder = g_path_get_dirname (place);

      g_free (place);
      place = g_path_is_absolute (target) ? g_strdup (target)
                                          : g_build_filename (folder, target, NULL);
      g_free (target);
    }
  return place;
}

gboolean
policy_check_read (const gchar *path, GError **error)
{
  g_autofree gchar *target = realpath (path, NULL);

  /* A name that leads nowhere cannot be read anyway; ImageMagick would call it forbidden. */
  if (target == NULL
          ? strcmp (path, "-") != 0 || is_allowed (path, ReadPolicyRights)
          : is_allowed (path, ReadPolicyRights) && is_allowed (target, ReadPolicyRights))
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
               _ ("is where ImageMagick's security policy forbids reading"));
  return FALSE;
}

gboolean
policy_check_write (const gchar *path, GError **error)
{
  g_autofree gchar *target = realpath (path, NULL);
  gboolean allowed;

  /* ImageMagick calls a link to a file that does not exist yet forbidden. */
  if (target != NULL)
    allowed = is_allowed (path, WritePolicyRights) && is_allowed (target, WritePolicyRights);
  else
    {
      target = follow_links (path);
      allowed = is_allowed (target, WritePolicyRights);
    }
  if (allowed)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE,
               _ ("is where ImageMagick's security policy forbids writing"));
  return FALSE;
}

gboolean
policy_check_format (const gchar *format, GError **error)
{
  if (IsRightsAuthorized (CoderPolicyDomain, ReadPolicyRights, format) != MagickFalse
      && IsRightsAuthorized (ModulePolicyDomain, ReadPolicyRights, format) != MagickFalse)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
               _ ("is in the format %s, which ImageMagick's security policy forbids"), format);
  return FALSE;
}

gboolean
policy_check_size (const HotpixShape *shape, GError **error)
{
  MagickSizeType width = GetMagickResourceLimit (WidthResource);
  MagickSizeType height = GetMagickResourceLimit (HeightResource);

  if (shape->width <= width && shape->height <= height)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
               _ ("is %u x %u pixels, beyond ImageMagick's limits of %lu x %lu: see -list "
                  "resource"),
               shape->width, shape->height, (gulong) width, (gulong) height);
  return FALSE;
}

gboolean
policy_check_length (guint n_photos, GError **error)
{
  MagickSizeType most = GetMagickResourceLimit (ListLengthResource);

  if (n_photos <= most)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES,
               ngettext ("%u photo is beyond ImageMagick's limit list-length of %lu",
                         "%u photos are beyond ImageMagick's limit list-length of %lu",
                         n_photos),
               n_photos, (gulong) most);
  return FALSE;
}

guint64
policy_get_seconds (void)
{
  MagickSizeType seconds = GetMagickResourceLimit (TimeResource);

  return seconds == 0 || seconds >= MagickResourceInfinity ? G_MAXUINT64 : (guint64) seconds;
}

/* Whether a policy of that name sets a value. */
static gboolean
has_policy (const gchar *name)
{
  gchar *value = GetPolicyValue (name);
  gboolean found = value != NULL;

  if (found)
    (void) DestroyString (value);
  return found;
}

guint
policy_get_threads (const CommandLine *line)
{
  static const gchar *const variables[]
      = { "MAGICK_THREAD_LIMIT", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT" };
  gboolean is_limited = command_line_limits_threads (line) || has_policy ("thread");

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    is_limited |= g_getenv (variables[i]) != NULL;
  return is_limited
             ? CLAMP ((guint) GetMagickResourceLimit (ThreadResource), 1, HOTPIX_MAX_THREADS)
             : 0;
}
