/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether more photos find less, and how much of what few photos list more of them confirm, on photos of
 * one's own: PHOTO… */

#include "camera-session.h"
#include "parts-of-set.h"

#include <stdlib.h>

static HotpixDefects *
detect (const guint *numbers, guint n, gpointer user_data)
{
  gchar **paths = user_data;
  g_autofree const gchar **chosen = g_new (const gchar *, n);

  for (guint i = 0; i < n; i++)
    chosen[i] = paths[numbers[i]];
  return camera_session_detect_files (chosen, n, HOTPIX_DEFAULT_THRESHOLD);
}

static void
print_agreement (guint n, const HotpixDefects *whole, gpointer paths)
{
  static const guint sizes[] = { 5, 7, 10, 12, 15, 20, 25, 30, 40 };

  g_print ("photos  rows  of them in the whole set's list\n");
  for (guint i = 0; i < G_N_ELEMENTS (sizes) && sizes[i] < n; i++)
    {
      PartsAgreement part = parts_of_set_compare (n, sizes[i], whole, detect, paths);

      g_print ("%6u %5.1f %5.1f\n", sizes[i], part.rows, part.confirmed);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GString) lost = g_string_new (NULL);
  g_autoptr (HotpixDefects) whole = NULL;
  g_autofree guint *all = g_new (guint, (gsize) argc);
  guint n;

  if (argc < 3)
    {
      g_printerr ("benchmark-parts PHOTO PHOTO…\n");
      return EXIT_FAILURE;
    }
  for (gint i = 0; i < argc; i++)
    all[i] = (guint) i;
  whole = detect (all, (guint) argc - 1, argv + 1);
  n = parts_of_set_count_lost ((guint) argc - 1, detect, argv + 1, lost);
  g_print ("%sphotos: %d, rows: %u, lost with more photos: %u\n", lost->str, argc - 1,
           whole->list->len, n);
  print_agreement ((guint) argc - 1, whole, argv + 1);
  return EXIT_SUCCESS;
}
