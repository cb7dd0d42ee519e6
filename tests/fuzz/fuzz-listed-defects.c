/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of defects in any form. */
#include "base/error.h"
#include "defects/defect-list.h"
#include "defects/listed-defects.h"
#include "fuzz-target.h"

#include <string.h>

static void
check_places (const HotpixListedDefects *listed)
{
  for (guint i = 0; i < listed->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (listed->list, HotpixDefect, i);

      g_assert_cmpuint (defect->x, <, listed->width != 0 ? listed->width : 65536);
      g_assert_cmpuint (defect->y, <, listed->height != 0 ? listed->height : 65536);
      g_assert_cmpuint (defect->channel, <, 3);
      g_assert_cmpint (defect->kind, <, HOTPIX_N_KINDS);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const HotpixListOffset offset = { -3, 1000000 };
  const gchar *text = (const gchar *) data;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HotpixListedDefects) listed = hotpix_listed_defects_parse (
          size > 0 ? text : "", size, "a list", i == 0 ? NULL : &offset, &error);

      if (listed != NULL)
        check_places (listed);
      else
        {
          g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
          g_assert_true (g_str_has_prefix (error->message, "a list"));
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
        }
    }
  return 0;
}

void
fuzz_target_make_seeds (FuzzSeed seed, gpointer user_data)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  HotpixDefects defects
      = { .shape = { 100, 80, 3, 8 }, .n_frames = 9, .threshold = 1, .list = list };
  HotpixDefect defect = { 3, 4, 1, HOTPIX_DEFECT_DEAD, 1.5, 0.25, 0.5, 0.125 };

  g_array_append_val (list, defect);
  defect.x = 99;
  g_array_append_val (list, defect);
  for (guint format = HOTPIX_LIST_TSV; format <= HOTPIX_LIST_JPEGPIXI; format++)
    {
      g_autofree gchar *name = g_strdup_printf ("format-%u", format);
      g_autofree gchar *text
          = hotpix_defect_list_format (&defects, (HotpixListFormat) format, "A", 2, 3);

      seed (name, text, strlen (text), user_data);
    }
}
