/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-frame.h"
#include "photos/repeats-private.h"

static const HotpixShape shape = { 8, 6, 1, 8 };

static guint n_digests;

/* By the frame, what is in it; 0 for what cannot be read. */
static GHashTable *contents;

static gchar *
digest (HotpixFrame *frame)
{
  guint content = GPOINTER_TO_UINT (g_hash_table_lookup (contents, frame));

  n_digests++;
  return content != 0 ? g_strdup_printf ("%u", content) : NULL;
}

static void
add (GPtrArray *frames, guint64 fingerprint, guint content)
{
  static HotpixFrameClass frame_class;
  FakeFrame *fake = fake_frame_new (&shape, frames->len);

  frame_class = *fake->frame.frame_class;
  frame_class.digest = digest;
  fake->frame.frame_class = &frame_class;
  fake->frame.fingerprint = fingerprint;
  g_hash_table_insert (contents, fake, GUINT_TO_POINTER (content));
  g_ptr_array_add (frames, &fake->frame);
}

static void
free_frame (gpointer frame)
{
  hotpix_frame_free (frame);
}

static void
test_found (void)
{
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func (free_frame);
  g_autofree guint *first = NULL;

  contents = g_hash_table_new (NULL, NULL);
  n_digests = 0;
  add (frames, 1, 10);
  add (frames, 2, 20);
  add (frames, 1, 11); /* begins as the first does */
  add (frames, 1, 10);
  add (frames, 0, 10); /* of which nothing can be told */
  add (frames, 1, 0);  /* cannot be read */
  add (frames, 1, 11);
  add (frames, 0, 10);
  first = hotpix_repeats_find (frames);
  {
    const guint expected[] = { 0, 1, 2, 0, 4, 5, 2, 7 };

    for (guint i = 0; i < frames->len; i++)
      g_assert_cmpuint (first[i], ==, expected[i]);
  }
  g_assert_cmpuint (n_digests, ==, 5);
  g_hash_table_unref (contents);
}

/* Photos that differ from the start on are never read for it. */
static void
test_costs_nothing (void)
{
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func (free_frame);
  g_autofree guint *first = NULL;

  contents = g_hash_table_new (NULL, NULL);
  n_digests = 0;
  for (guint i = 1; i <= 1000; i++)
    add (frames, i, 1);
  first = hotpix_repeats_find (frames);
  for (guint i = 0; i < frames->len; i++)
    g_assert_cmpuint (first[i], ==, i);
  g_assert_cmpuint (n_digests, ==, 0);
  g_hash_table_unref (contents);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repeats/the-first-of-the-same-is-found", test_found);
  g_test_add_func ("/repeats/photos-that-begin-differently-are-not-read", test_costs_nothing);
  return g_test_run ();
}
