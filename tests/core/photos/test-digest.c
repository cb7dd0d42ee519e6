/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/digest-private.h"

#include <string.h>

/* Of `length` bytes 0, 1, 2 … in pieces of `step`. */
static gchar *
digest_of (gsize length, gsize step)
{
  g_autofree guint8 *bytes = g_malloc (length + 1);
  HotpixDigest *digest = hotpix_digest_new ();

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) i;
  for (gsize i = 0; i < length; i += step)
    hotpix_digest_add (digest, bytes + i, MIN (step, length - i));
  return hotpix_digest_end (digest);
}

/* As `xxhsum -H2` prints them. States hold these: they must never change. */
static void
test_known (void)
{
  const struct
  {
    gsize length;
    const gchar *expected;
  } cases[] = { { 0, "99aa06d3014798d86001c324468d497f" },
                { 1, "a6cd5e9392000f6ac44bdff4074eecdb" },
                { 17, "685bc458b37d057fc06e233df7729217" },
                { 200, "cb0395310643ba0edd97e9af3609d9f5" },
                { 5000, "7a681524919c28221b74bda2c82a8c7a" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree gchar *digest = digest_of (cases[i].length, 4096);

      g_assert_cmpstr (digest, ==, cases[i].expected);
      g_assert_cmpuint (strlen (digest), ==, HOTPIX_DIGEST_LENGTH);
    }
}

static void
test_pieces (void)
{
  const gsize steps[] = { 1, 7, 64, 1000 };
  g_autofree gchar *whole = digest_of (5000, 5000);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree gchar *pieces = digest_of (5000, steps[i]);

      g_assert_cmpstr (pieces, ==, whole);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/digest/it-is-xxhash-s", test_known);
  g_test_add_func ("/digest/pieces-make-no-difference", test_pieces);
  return g_test_run ();
}
