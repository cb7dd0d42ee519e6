/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "state/fits-card-private.h"

#include <string.h>

#define KEYWORD_LENGTH 8
#define VALUE_START 10

/* Digits of the longest number of 64 bits, with its sign. */
#define MOST_DIGITS 20

/* Words, or what the numbered ones begin with, whose values are whole numbers. */
static const gchar *const whole[] = {
  "BITPIX",   "NAXIS",    "PCOUNT",  "GCOUNT",   "TFIELDS",  "THEAP",   "TNULL",
  "EXTVER",   "EXTLEVEL", "BLANK",   "ZBITPIX",  "ZNAXIS",   "ZTILE",   "ZPCOUNT",
  "ZGCOUNT",  "ZBLANK",   "ZTHEAP",  "ZVAL",     "HPXFORM",  "HPXKERN", "HPXWIDTH",
  "HPXHEIGH", "HPXCHANS", "HPXBITS", "HPXFOCAL", "NCOMBINE",
};

/* Those whose values are numbers, whole or not. */
static const gchar *const real[] = { "BZERO", "BSCALE", "TZERO", "TSCAL", "ZSCALE", "ZZERO" };

/* Those whose values are texts. */
static const gchar *const text[]
    = { "XTENSION", "EXTNAME",  "TTYPE", "TFORM",    "TUNIT",   "TDISP",
        "TDIM",     "ZCMPTYPE", "ZNAME", "ZQUANTIZ", "ZTENSION" };

typedef enum
{
  VALUE_NONE, /* or one that cannot be */
  VALUE_TEXT,
  VALUE_LOGICAL,
  VALUE_WHOLE,
  VALUE_REAL,
} ValueKind;

/* The word, or the word and a number behind it. */
static gboolean
is_one_of (const gchar *card, const gchar *const *words, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      gsize length = strlen (words[i]);
      gsize numbered = strspn (card + length, "0123456789");

      if (strncmp (card, words[i], length) == 0 && length + numbered <= KEYWORD_LENGTH
          && strspn (card + length + numbered, " ") >= KEYWORD_LENGTH - length - numbered)
        return TRUE;
    }
  return FALSE;
}

/* The number of bytes that a value takes, and its kind. value: of a card with a byte 0 behind it. */
static ValueKind
parse_value (const gchar *value, gsize *length)
{
  gsize digits;

  if (*value == '\'')
    {
      const gchar *end = value + 1;

      while ((end = strchr (end, '\'')) != NULL && end[1] == '\'')
        end += 2;
      *length = end != NULL ? (gsize) (end + 1 - value) : 0;
      return end != NULL ? VALUE_TEXT : VALUE_NONE;
    }
  *length = 1;
  if (*value == 'T' || *value == 'F')
    return VALUE_LOGICAL;
  *length = strspn (value, "+-0123456789.ED");
  digits = strspn (value + (*value == '+' || *value == '-'), "0123456789");
  if (digits == 0 || *length > MOST_DIGITS + 6)
    return VALUE_NONE;
  if (digits + (*value == '+' || *value == '-') == *length)
    return digits < MOST_DIGITS ? VALUE_WHOLE : VALUE_NONE;
  return VALUE_REAL;
}

static ValueKind
kind_of (const gchar *value)
{
  gsize length = 0;
  ValueKind kind = parse_value (value, &length);

  value += length;
  value += strspn (value, " ");
  return *value == '\0' || *value == '/' ? kind : VALUE_NONE;
}

gboolean
hotpix_fits_card_is_sound (const gchar *card)
{
  gchar copy[HOTPIX_FITS_CARD + 1];
  ValueKind kind;

  for (gsize i = 0; i < HOTPIX_FITS_CARD; i++)
    if (!g_ascii_isprint (card[i]))
      return FALSE;
  if (strncmp (card + KEYWORD_LENGTH, "= ", 2) != 0)
    return TRUE;
  memcpy (copy, card, HOTPIX_FITS_CARD);
  copy[HOTPIX_FITS_CARD] = '\0';
  kind = kind_of (copy + VALUE_START + strspn (copy + VALUE_START, " "));
  if (is_one_of (copy, whole, G_N_ELEMENTS (whole)))
    return kind == VALUE_WHOLE;
  if (is_one_of (copy, real, G_N_ELEMENTS (real)))
    return kind == VALUE_WHOLE || kind == VALUE_REAL;
  if (is_one_of (copy, text, G_N_ELEMENTS (text)))
    return kind == VALUE_TEXT;
  return kind != VALUE_NONE;
}

gboolean
hotpix_fits_card_is_of (const gchar *card, const gchar *keyword)
{
  gsize length = strlen (keyword);

  return strncmp (card, keyword, length) == 0
         && strspn (card + length, " ") >= KEYWORD_LENGTH - length
         && strncmp (card + KEYWORD_LENGTH, "= ", 2) == 0;
}

gint64
hotpix_fits_card_number (const gchar *card)
{
  gchar value[HOTPIX_FITS_CARD - VALUE_START + 1];

  g_strlcpy (value, card + VALUE_START, sizeof value);
  return g_ascii_strtoll (value, NULL, 10);
}
