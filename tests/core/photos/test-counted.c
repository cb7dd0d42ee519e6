/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-frame.h"
#include "photos/counted.h"

static const HotpixShape shape = { 8, 6, 1, 8 };

static guint n_digests;

static gchar *
digest (HotpixFrame *frame)
{
  n_digests++;
  return g_strdup_printf ("%u", ((FakeFrame *) frame)->seed);
}

static HotpixFrame *
make_frame (guint64 fingerprint, guint32 content)
{
  static HotpixFrameClass frame_class;
  FakeFrame *fake = fake_frame_new (&shape, content);

  frame_class = *fake->frame.frame_class;
  frame_class.digest = digest;
  fake->frame.frame_class = &frame_class;
  fake->frame.fingerprint = fingerprint;
  return &fake->frame;
}

static void
assert_counted (const HotpixCounted *counted, guint64 fingerprint, guint32 content,
                gboolean expected, guint digests)
{
  g_autoptr (HotpixFrame) frame = make_frame (fingerprint, content);

  n_digests = 0;
  g_assert_cmpint (hotpix_counted_have (counted, frame), ==, expected);
  g_assert_cmpuint (n_digests, ==, digests);
}

static void
test_have (void)
{
  g_autoptr (HotpixCounted) counted = hotpix_counted_new ();
  g_autoptr (HotpixFrame) frame = make_frame (1, 10), bare = make_frame (0, 11);

  assert_counted (counted, 1, 10, FALSE, 0);
  hotpix_counted_add_frame (counted, frame);
  assert_counted (counted, 1, 10, TRUE, 1);
  assert_counted (counted, 1, 20, FALSE, 1);
  /* A photo that begins differently is not read for it. */
  assert_counted (counted, 2, 20, FALSE, 0);
  assert_counted (counted, 0, 10, TRUE, 1);
  /* Of one that tells no beginning any may be a copy. */
  hotpix_counted_add_frame (counted, bare);
  assert_counted (counted, 2, 11, TRUE, 1);
  g_assert_false (hotpix_counted_have_digest (counted, NULL));
}

static void
add (HotpixCounted *counted, const gchar *date, const gchar *content)
{
  HotpixCountedPhoto *photo = g_new0 (HotpixCountedPhoto, 1);

  photo->digest = g_strdup (content);
  photo->shot = hotpix_shot_copy (&hotpix_shot_unknown);
  photo->shot->date = g_strdup (date);
  hotpix_counted_add (counted, photo);
}

static void
test_sort (void)
{
  g_autoptr (HotpixCounted) one = hotpix_counted_new (), other = hotpix_counted_new ();
  static const gchar *const sorted[] = { "c", "b", "d", "a" };

  add (one, "2026", "a");
  add (one, "2025", "d");
  add (other, NULL, "c");
  add (other, "2025", "b");
  hotpix_counted_add_all (one, other);
  g_assert_true (hotpix_counted_have_digest (one, "c"));
  hotpix_counted_sort (one);
  for (guint i = 0; i < hotpix_counted_get_length (one); i++)
    g_assert_cmpstr (hotpix_counted_get (one, i)->digest, ==, sorted[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/counted/a-photo-is-known-by-its-content", test_have);
  g_test_add_func ("/counted/the-order-is-that-of-dates-and-contents", test_sort);
  return g_test_run ();
}
