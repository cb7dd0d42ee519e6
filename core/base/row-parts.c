/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/processors.h"
#include "base/row-parts-private.h"

#include <pthread.h>

typedef struct
{
  HotpixRowPart run;
  gpointer user_data;
  guint number;
  guint first, end;
  gboolean success;
  gboolean has_thread;
  pthread_t thread; /* POSIX's, as in scan.c */
} Part;

guint
hotpix_row_parts_count (guint n_rows, guint n_threads)
{
  return CLAMP (hotpix_processors_count_threads (n_threads), 1, MAX (n_rows, 1));
}

static gpointer
run_part (gpointer user_data)
{
  Part *part = user_data;

  part->success = part->run (part->number, part->first, part->end, part->user_data);
  return NULL;
}

gboolean
hotpix_row_parts_run (guint n_rows, guint n_parts, HotpixRowPart run, gpointer user_data)
{
  g_autofree Part *parts = g_new0 (Part, n_parts);
  gboolean success = TRUE;

  g_return_val_if_fail (n_parts >= 1 && n_parts <= n_rows, FALSE);
  for (guint i = 0; i < n_parts; i++)
    parts[i] = (Part){ .run = run,
                       .user_data = user_data,
                       .number = i,
                       .first = (guint) ((guint64) i * n_rows / n_parts),
                       .end = (guint) ((guint64) (i + 1) * n_rows / n_parts) };
  for (guint i = 1; i < n_parts; i++)
    parts[i].has_thread = pthread_create (&parts[i].thread, NULL, run_part, &parts[i]) == 0;
  run_part (&parts[0]);
  for (guint i = 1; i < n_parts; i++)
    if (parts[i].has_thread)
      pthread_join (parts[i].thread, NULL);
  /* Parts without a thread, and parts for which the others left no memory. */
  for (guint i = 0; i < n_parts && success; i++)
    {
      if (!parts[i].success)
        run_part (&parts[i]);
      success = parts[i].success;
    }
  return success;
}
