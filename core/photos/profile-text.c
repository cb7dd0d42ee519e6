/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/profile-text-private.h"

#include <string.h>

static const gchar *
skip_spaces (const gchar *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return text;
}

static const gchar *
skip_word (const gchar *text)
{
  while (*text != '\0' && !g_ascii_isspace (*text))
    text++;
  return text;
}

GBytes *
hotpix_profile_text_decode (const gchar *text)
{
  const gchar *at = skip_spaces (skip_word (skip_spaces (text)));
  gchar *digits;
  guint64 length = g_ascii_strtoull (at, &digits, 10);
  g_autofree guint8 *bytes = NULL;

  /* Two digits a byte. */
  if (digits == at || length == 0 || length > strlen (digits) / 2)
    return NULL;
  bytes = g_malloc (length);
  at = digits;
  for (guint64 i = 0; i < length; i++)
    {
      at = skip_spaces (at);
      if (!g_ascii_isxdigit (at[0]) || !g_ascii_isxdigit (at[1]))
        return NULL;
      bytes[i] = (guint8) (g_ascii_xdigit_value (at[0]) << 4 | g_ascii_xdigit_value (at[1]));
      at += 2;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), length);
}
