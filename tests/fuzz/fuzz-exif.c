/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An Exif block: its texts are clean or not there, and a camera is always its own. */
#include "fuzz-target.h"
#include "jpeg-writer.h"
#include "photos/exif.h"

#include <math.h>
#include <string.h>

static void
check_field (const gchar *field)
{
  if (field == NULL)
    return;
  g_assert_cmpuint (strlen (field), >, 0);
  g_assert_true (g_utf8_validate (field, -1, NULL));
  for (const gchar *c = field; *c != '\0'; c++)
    g_assert_false (g_ascii_iscntrl (*c));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (HotpixExif) exif = hotpix_exif_new (data, size);
  const HotpixCamera *camera = exif->camera;
  g_autofree gchar *words = hotpix_camera_describe (camera);

  g_assert_true (hotpix_camera_may_be_same (camera, camera));
  g_assert_cmpint (hotpix_camera_compare (camera, camera), ==, 0);
  g_assert_cmpuint (strlen (words), >, 0);
  g_assert_cmpuint (exif->shot->orientation, <=, 8);
  g_assert_true (exif->shot->exposure_time >= 0 && exif->digital_zoom >= 0);
  g_assert_true (isnan (exif->shot->temperature) || fabs (exif->shot->temperature) <= 90);
  g_assert_true (exif->shot->date == NULL || !isnan (hotpix_shot_seconds (exif->shot)));
  check_field (exif->shot->date);
  check_field (exif->shot->lens);
  check_field (exif->software);
  check_field (exif->processing_software);
  if (camera == NULL)
    return 0;
  check_field (camera->make);
  check_field (camera->model);
  check_field (camera->serial);
  check_field (camera->lens);
  return 0;
}

/* Entry by entry, little-endian: what libexif's writer does not make. */
static void
append_entry (GByteArray *block, guint16 tag, guint16 format, guint32 count, guint32 value)
{
  const guint8 entry[12] = {
    (guint8) tag,   (guint8) (tag >> 8),   (guint8) format,        (guint8) (format >> 8),
    (guint8) count, (guint8) (count >> 8), (guint8) (count >> 16), (guint8) (count >> 24),
    (guint8) value, (guint8) (value >> 8), (guint8) (value >> 16), (guint8) (value >> 24)
  };

  g_byte_array_append (block, entry, sizeof entry);
}

/* A maker note at the end of the Exif directory, beginning as its maker's do. */
static GByteArray *
with_maker_note (const gchar *make, const gchar *start, gsize start_length)
{
  GByteArray *block = g_byte_array_new ();

  g_byte_array_append (block, (const guint8 *) "Exif\0\0II*\0\10\0\0\0\2\0", 16);
  append_entry (block, 0x010f, 2, 20, 38);
  append_entry (block, 0x8769, 4, 1, 58);
  g_byte_array_append (block, (const guint8 *) "\0\0\0\0", 4);
  g_byte_array_set_size (block, 6 + 58);
  memset (block->data + 6 + 38, 0, 20);
  memcpy (block->data + 6 + 38, make, strlen (make));
  g_byte_array_append (block, (const guint8 *) "\1\0", 2);
  append_entry (block, 0x927c, 7, (guint32) start_length + 60, 76);
  g_byte_array_append (block, (const guint8 *) "\0\0\0\0", 4);
  g_byte_array_append (block, (const guint8 *) start, (guint) start_length);
  g_byte_array_append (block, (const guint8 *) "\2\0", 2);
  append_entry (block, 0x001d, 2, 4, 0x32313030);
  append_entry (block, 0x000c, 4, 1, 12345678);
  append_entry (block, 0x0101, 2, 8, 100);
  g_byte_array_append (block, (const guint8 *) "NO= 200123456789abcdefgh", 24);
  return block;
}

void
fuzz_target_make_seeds (FuzzSeed seed, gpointer user_data)
{
  const struct
  {
    const gchar *make, *start;
    gsize length;
  } notes[] = {
    { "NIKON CORPORATION", "Nikon\0\2\20\0\0II*\0\10\0\0\0", 18 },
    { "NIKON", "Nikon\0\1\0", 8 },
    { "Canon", "", 0 },
    { "OLYMPUS CORPORATION", "OLYMPUS\0II\3\0", 12 },
    { "OLYMPUS OPTICAL", "OLYMP\0\1\0", 8 },
    { "SANYO", "SANYO\0\1\0", 8 },
    { "EPSON", "EPSON\0\1\0", 8 },
    { "PENTAX", "AOC\0II", 6 },
    { "CASIO", "QVC\0\0\0", 6 },
    { "FUJIFILM", "FUJIFILM\14\0\0\0", 12 },
    { "Apple", "Apple iOS\0\0\1MM", 14 },
  };
  gsize length;
  const JpegExif fields = { .make = "Apple",
                            .model = "Model",
                            .serial = "42",
                            .lens = "main",
                            .software = "GIMP",
                            .processing_software = "digiKam",
                            .comment = "ASCII   Screenshot",
                            .orientation = 6,
                            .iso = 100,
                            .custom_rendered = 6,
                            .focal_length = 4000,
                            .exposure_time = 10,
                            .digital_zoom = 2000,
                            .date = "2026:11:25 17:27:02",
                            .part_of_second = "25",
                            .offset = "+01:00",
                            .long_iso = 102400,
                            .temperature = 21500 };
  g_autofree guint8 *plain = jpeg_writer_make_whole_exif (&fields, &length);

  seed ("plain", plain, length, user_data);
  seed ("without-start", plain + 6, length - 6, user_data);
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autoptr (GByteArray) block
          = with_maker_note (notes[i].make, notes[i].start, notes[i].length);
      g_autofree gchar *name = g_strdup_printf ("note-%" G_GSIZE_FORMAT, i);

      seed (name, block->data, block->len, user_data);
    }
}
