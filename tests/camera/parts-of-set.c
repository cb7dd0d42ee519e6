/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parts-of-set.h"

#define N_DRAWINGS 20
#define ENOUGH_DRAWINGS 15

typedef struct
{
  HotpixDefect defect;
  guint n_drawings; /* that list it */
} Row;

/* The first n of the numbers, after a shuffle (Fisher and Yates), are a random part. */
static void
shuffle (guint *numbers, guint n, GRand *random)
{
  for (guint i = 0; i + 1 < n; i++)
    {
      guint k = (guint) g_rand_int_range (random, (gint32) i, (gint32) n);
      guint number = numbers[i];

      numbers[i] = numbers[k];
      numbers[k] = number;
    }
}

static gboolean
is_near (const HotpixDefect *a, const HotpixDefect *b)
{
  return ABS ((gint) a->x - (gint) b->x) <= 1 && ABS ((gint) a->y - (gint) b->y) <= 1;
}

static void
count_rows (GArray *rows, const HotpixDefects *defects)
{
  for (guint i = 0; i < defects->list->len; i++)
    {
      Row row = { g_array_index (defects->list, HotpixDefect, i), 1 };
      guint k = 0;

      while (k < rows->len && !is_near (&g_array_index (rows, Row, k).defect, &row.defect))
        k++;
      if (k < rows->len)
        g_array_index (rows, Row, k).n_drawings++;
      else
        g_array_append_val (rows, row);
    }
}

static gboolean
is_listed (const HotpixDefects *defects, const HotpixDefect *defect)
{
  for (guint i = 0; i < defects->list->len; i++)
    if (is_near (&g_array_index (defects->list, HotpixDefect, i), defect))
      return TRUE;
  return FALSE;
}

/* Rows that N_DRAWINGS random parts list, with in how many of them. Returns (transfer full): of Row. */
static GArray *
draw (guint *numbers, guint n, guint n_part, DetectPart detect, gpointer user_data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (n_part);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  for (guint drawing = 0; drawing < N_DRAWINGS; drawing++)
    {
      g_autoptr (HotpixDefects) part = NULL;

      shuffle (numbers, n, random);
      part = detect (numbers, n_part, user_data);
      count_rows (rows, part);
    }
  return rows;
}

static guint *
count_up (guint n)
{
  guint *numbers = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    numbers[i] = i;
  return numbers;
}

static guint
count_lost (const HotpixDefects *whole, guint *numbers, guint n, guint n_part,
            DetectPart detect, gpointer user_data, GString *describe)
{
  g_autoptr (GArray) rows = draw (numbers, n, n_part, detect, user_data);
  guint n_lost = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      if (row->n_drawings < ENOUGH_DRAWINGS || is_listed (whole, &row->defect))
        continue;
      n_lost++;
      if (describe != NULL)
        g_string_append_printf (describe, "%u,%u: in %u of %d parts of %u photos\n",
                                row->defect.x, row->defect.y, row->n_drawings, N_DRAWINGS,
                                n_part);
    }
  return n_lost;
}

PartsAgreement
parts_of_set_compare (guint n, guint n_part, const HotpixDefects *whole, DetectPart detect,
                      gpointer user_data)
{
  g_autofree guint *numbers = count_up (n);
  g_autoptr (GArray) rows = draw (numbers, n, n_part, detect, user_data);
  PartsAgreement agreement = { 0 };
  guint n_rows = 0, n_confirmed = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      n_rows += row->n_drawings;
      if (is_listed (whole, &row->defect))
        n_confirmed += row->n_drawings;
    }
  agreement.rows = (gdouble) n_rows / N_DRAWINGS;
  agreement.confirmed = (gdouble) n_confirmed / N_DRAWINGS;
  return agreement;
}

guint
parts_of_set_count_lost (guint n, DetectPart detect, gpointer user_data, GString *describe)
{
  g_autofree guint *numbers = count_up (n);
  g_autoptr (HotpixDefects) whole = NULL;
  static const guint shares[] = { 2, 3, 5 };
  guint n_lost = 0;

  whole = detect (numbers, n, user_data);
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    if (n / shares[i] >= HOTPIX_FEW_FRAMES)
      n_lost += count_lost (whole, numbers, n, n / shares[i], detect, user_data, describe);
  return n_lost;
}
