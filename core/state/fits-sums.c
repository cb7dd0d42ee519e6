/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/text.h"
#include "state/fits-card-private.h"
#include "state/fits-sums-private.h"

#include <errno.h>
#include <fitsio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK 2880
#define MOST_AXES 9

/* Of a header; a state's have one or two. */
#define MOST_BLOCKS 64

/* Read at a time; whole blocks and within a cache. */
#define PART_BYTES ((gsize) BLOCK * 64)

#define CHECKSUM_LENGTH 16
#define VALUE_COLUMN 11 /* of a text, behind its quotation mark */

/* One HDU of a file. */
typedef struct
{
  guint64 start, data, end;            /* places in the file */
  guint64 checksum_card, datasum_card; /* 0 where there is none */
  gchar datasum[HOTPIX_FITS_CARD + 1]; /* its value */
  gboolean is_sound;                   /* each card of its header */
} Hdu;

/* What a header says of its data. */
typedef struct
{
  gint64 bitpix, n_axes, axes[MOST_AXES], pcount, gcount;
} Layout;

/* FALSE at the end of the file or with an errno. */
static gboolean
read_at (gint file, guint64 place, gpointer bytes, gsize length)
{
  gsize done = 0;

  errno = 0;
  while (done < length)
    {
      gssize n = pread (file, (guint8 *) bytes + done, length - done, (off_t) (place + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      done += (gsize) n;
    }
  return TRUE;
}

static gboolean
write_at (gint file, guint64 place, gconstpointer bytes, gsize length)
{
  gssize n = pwrite (file, bytes, length, (off_t) place);

  if (n >= 0 && (gsize) n < length)
    errno = ENOSPC;
  return n == (gssize) length;
}

static void
read_card (const gchar *card, guint64 place, Layout *layout, Hdu *hdu)
{
  if (hotpix_fits_card_is_of (card, "BITPIX"))
    layout->bitpix = hotpix_fits_card_number (card);
  else if (hotpix_fits_card_is_of (card, "NAXIS"))
    layout->n_axes = hotpix_fits_card_number (card);
  else if (hotpix_fits_card_is_of (card, "PCOUNT"))
    layout->pcount = hotpix_fits_card_number (card);
  else if (hotpix_fits_card_is_of (card, "GCOUNT"))
    layout->gcount = hotpix_fits_card_number (card);
  else if (hotpix_fits_card_is_of (card, "CHECKSUM"))
    hdu->checksum_card = place;
  else if (hotpix_fits_card_is_of (card, "DATASUM"))
    {
      hdu->datasum_card = place;
      g_strlcpy (hdu->datasum, card + VALUE_COLUMN, HOTPIX_FITS_CARD - VALUE_COLUMN + 1);
    }
  else if (strncmp (card, "NAXIS", 5) == 0 && card[5] >= '1' && card[5] <= '9'
           && strncmp (card + 6, "  = ", 4) == 0)
    layout->axes[card[5] - '1'] = hotpix_fits_card_number (card);
}

/* In bytes, without what fills the last block; G_MAXUINT64 where it cannot be. */
static guint64
data_length (const Layout *layout)
{
  guint64 length = 1;

  if (layout->n_axes < 0 || layout->n_axes > MOST_AXES || layout->pcount < 0
      || layout->gcount < 1 || layout->bitpix % 8 != 0 || layout->bitpix == 0
      || ABS (layout->bitpix) > 64)
    return G_MAXUINT64;
  if (layout->n_axes == 0)
    return 0;
  for (gint64 i = 0; i < layout->n_axes; i++)
    if (layout->axes[i] < 0
        || !g_uint64_checked_mul (&length, length, (guint64) layout->axes[i]))
      return G_MAXUINT64;
  if (!g_uint64_checked_add (&length, length, (guint64) layout->pcount)
      || !g_uint64_checked_mul (&length, length, (guint64) layout->gcount)
      || !g_uint64_checked_mul (&length, length, (guint64) (ABS (layout->bitpix) / 8)))
    return G_MAXUINT64;
  return length;
}

/* Reads the header that begins at hdu->start. FALSE where there is none, or not all of the HDU. */
static gboolean
read_header (gint file, guint64 size, Hdu *hdu)
{
  Layout layout = { .gcount = 1 };
  gchar block[BLOCK];
  gboolean ended = FALSE;
  guint64 length;

  hdu->data = hdu->start;
  hdu->is_sound = TRUE;
  for (guint n = 0; !ended && n < MOST_BLOCKS; n++)
    {
      if (!read_at (file, hdu->data, block, BLOCK))
        return FALSE;
      for (gsize at = 0; !ended && at < BLOCK; at += HOTPIX_FITS_CARD)
        {
          ended = strncmp (block + at, "END     ", 8) == 0;
          hdu->is_sound = hdu->is_sound && hotpix_fits_card_is_sound (block + at);
          read_card (block + at, hdu->data + at, &layout, hdu);
        }
      hdu->data += BLOCK;
    }
  length = data_length (&layout);
  if (!ended || length > size - MIN (size, hdu->data))
    return FALSE;
  hdu->end = hdu->data + (length + BLOCK - 1) / BLOCK * BLOCK;
  return hdu->end <= size;
}

static guint32
fold (guint64 sum)
{
  while (sum > G_MAXUINT32)
    sum = (sum & G_MAXUINT32) + (sum >> 32);
  return (guint32) sum;
}

/* The sum in ones' complement from one place to another, both at a block's start.
 * FALSE with an errno, or 0 at the end of the file. */
static gboolean
add_up (gint file, guint64 place, guint64 end, guint32 *result)
{
  g_autofree guint32 *part = g_malloc (PART_BYTES);
  guint64 sum = 0;

  while (place < end)
    {
      gsize length = (gsize) MIN (end - place, (guint64) PART_BYTES);
      guint64 part_sum = 0;

      if (!read_at (file, place, part, length))
        return FALSE;
      for (gsize i = 0; i < length / sizeof *part; i++)
        part_sum += GUINT32_FROM_BE (part[i]);
      sum += fold (part_sum);
      place += length;
    }
  *result = fold (sum);
  return TRUE;
}

static gboolean
set_read_error (GError **error)
{
  if (errno != 0)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("cannot be read: %s"),
                 g_strerror (errno));
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED, _ ("is damaged or cut short"));
  return FALSE;
}

static gboolean
check_hdu (gint file, const Hdu *hdu, GError **error)
{
  guint32 header, data;

  if (!add_up (file, hdu->start, hdu->data, &header)
      || !add_up (file, hdu->data, hdu->end, &data))
    return set_read_error (error);
  if (hdu->is_sound && hdu->checksum_card != 0 && hdu->datasum_card != 0
      && fold ((guint64) header + data) == G_MAXUINT32
      && g_ascii_strtoull (hdu->datasum, NULL, 10) == data)
    return TRUE;
  if (hdu->checksum_card == 0 || hdu->datasum_card == 0)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
                 _ ("has no checksums, by which damage would show"));
  else if (!hdu->is_sound)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
                 _ ("has words in its header that cannot be"));
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
                 _ ("is damaged: its checksums are those of other data"));
  return FALSE;
}

/* Of a file's first bytes. */
static gboolean
is_fits (gint file)
{
  gchar start[HOTPIX_FITS_CARD + 1] = "";

  return read_at (file, 0, start, HOTPIX_FITS_CARD) && hotpix_fits_card_is_of (start, "SIMPLE")
         && start[29] == 'T';
}

gboolean
hotpix_fits_sums_check (gint file, GError **error)
{
  struct stat status;
  Hdu hdu = { 0 };

  errno = 0;
  if (fstat (file, &status) != 0)
    return set_read_error (error);
  if (!is_fits (file))
    {
      if (errno != 0)
        return set_read_error (error);
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT, _ ("is no FITS file"));
      return FALSE;
    }
  while (hdu.end < (guint64) status.st_size)
    {
      hdu = (Hdu){ .start = hdu.end };
      if (!read_header (file, (guint64) status.st_size, &hdu))
        return set_read_error (error);
      if (!check_hdu (file, &hdu, error))
        return FALSE;
    }
  return TRUE;
}

/* The value of a card, a text that is as long as the one that stands there. */
static gboolean
write_value (gint file, guint64 card, const gchar *value)
{
  return write_at (file, card + VALUE_COLUMN, value, strlen (value));
}

/* Both values, the checksum with those there that it was worked out with. */
static gboolean
set_hdu (gint file, const Hdu *hdu)
{
  gchar checksum[CHECKSUM_LENGTH + 1], datasum[16];
  guint32 header, data;

  if (!add_up (file, hdu->data, hdu->end, &data))
    return FALSE;
  g_snprintf (datasum, sizeof datasum, "%-10u", data);
  if (!write_value (file, hdu->datasum_card, datasum)
      || !write_value (file, hdu->checksum_card, HOTPIX_FITS_NO_CHECKSUM)
      || !add_up (file, hdu->start, hdu->data, &header))
    return FALSE;
  (void) fits_encode_chksum (fold ((guint64) header + data), 1, checksum);
  return write_value (file, hdu->checksum_card, checksum);
}

gint
hotpix_fits_sums_set (gint file)
{
  struct stat status;
  Hdu hdu = { 0 };

  if (fstat (file, &status) != 0)
    return errno;
  while (hdu.end < (guint64) status.st_size)
    {
      hdu = (Hdu){ .start = hdu.end };
      errno = 0;
      if (!read_header (file, (guint64) status.st_size, &hdu) || hdu.checksum_card == 0
          || hdu.datasum_card == 0)
        return errno != 0 ? errno : EINVAL;
      errno = 0;
      if (!set_hdu (file, &hdu))
        return errno != 0 ? errno : EIO;
    }
  return 0;
}
