/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "state-job.h"
#include "base/text.h"
#include "input.h"
#include "policy.h"

static gboolean
check_pinged (const Image *images, GError **error)
{
  for (; images != NULL; images = GetNextImageInList (images))
    if (images->ping == MagickFalse && !magick_input_is_placeholder (images))
      {
        g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                     _ ("state= counts photos by their files: put -ping before them, or name "
                        "them by files="));
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_place (const gchar *place, gboolean is_written, GError **error)
{
  if (policy_check_read (place, error) && (!is_written || policy_check_write (place, error)))
    return TRUE;
  g_prefix_error (error, _ ("the state %s "), place);
  return FALSE;
}

static GPtrArray *
list_parts (const GPtrArray *specifications, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < specifications->len; i++)
    {
      GPtrArray *paths = magick_input_expand (g_ptr_array_index (specifications, i), error);

      if (paths == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (parts, paths);
    }
  for (guint i = 0; i < parts->len; i++)
    if (!check_place (g_ptr_array_index (parts, i), FALSE, error))
      return NULL;
  return g_steal_pointer (&parts);
}

gboolean
state_job_prepare (const HotpixArguments *arguments, const Image *images, GPtrArray **parts,
                   GError **error)
{
  gboolean changes
      = magick_input_has_photos (images, arguments->files) || arguments->merge->len > 0;

  if (!check_pinged (images, error) || !check_place (arguments->state, changes, error))
    return FALSE;
  *parts = list_parts (arguments->merge, error);
  return *parts != NULL;
}

void
state_job_tell_of_wait (const HotpixArguments *arguments, gboolean *told)
{
  if (!*told)
    g_printerr (_ ("hotpix: another run changes the state %s: waiting for it\n"),
                arguments->state);
  *told = TRUE;
}
