/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "state/fits-card-private.h"

#include <string.h>

/* The card of a text, filled up with blanks. */
static const gchar *
card_of (const gchar *text)
{
  static gchar card[HOTPIX_FITS_CARD];

  memset (card, ' ', sizeof card);
  memcpy (card, text, strlen (text));
  return card;
}

static void
test_sound (void)
{
  static const gchar *const sound[] = {
    "END",
    "COMMENT  of anything = at all",
    "NAXIS1  =                   40 / columns",
    "NAXIS   =                    0",
    "BZERO   =           2147483648 / offset",
    "BZERO   =             -1.5E+03",
    "SIMPLE  =                    T / standard",
    "EXTNAME = 'SUMS    '           / name",
    "HPXMAKE = 'O''Hara'",
    "ANYTHING= 'text'",
    "LONGSTR = 'goes on&'",
    "CONTINUE  'here'",
  };
  static const gchar *const unsound[] = {
    "NAXIS1  =                   4a / columns",
    "NAXIS1  =                 40.5 / columns",
    "NAXIS1  =                 '40' / columns",
    "NAXIS1  =                      / columns",
    "NAXIS12 = T",
    "HPXBITS =                    8 8",
    "TFORM1  =                    1",
    "BITPIX  = 111111111111111111111111111111111111111111111111",
    "EXTNAME = 'SUMS",
    "EXTNAME = 'SUMS' 'more'",
    "EXTNAME = \t",
    "ANYTHING= word",
    "ANYTHING= Tr",
    "B\xc3\xa4",
    "\x7f",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sound); i++)
    g_assert_true (hotpix_fits_card_is_sound (card_of (sound[i])));
  for (gsize i = 0; i < G_N_ELEMENTS (unsound); i++)
    g_assert_false (hotpix_fits_card_is_sound (card_of (unsound[i])));
}

static void
test_words (void)
{
  g_assert_true (hotpix_fits_card_is_of (card_of ("NAXIS   = 2"), "NAXIS"));
  g_assert_false (hotpix_fits_card_is_of (card_of ("NAXIS1  = 2"), "NAXIS"));
  g_assert_false (hotpix_fits_card_is_of (card_of ("NAXIS     2"), "NAXIS"));
  g_assert_true (hotpix_fits_card_is_of (card_of ("CHECKSUM= ''"), "CHECKSUM"));
  g_assert_cmpint (hotpix_fits_card_number (card_of ("BITPIX  =                  -32 / x")), ==,
                   -32);
  g_assert_cmpint (hotpix_fits_card_number (card_of ("SIMPLE  =                    T")), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fits-card/a-value-is-one-and-of-its-word-s-kind", test_sound);
  g_test_add_func ("/fits-card/words-and-numbers-are-found", test_words);
  return g_test_run ();
}
