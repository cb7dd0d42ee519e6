/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "heif-turn.h"

#include <glib/gstdio.h>
#include <string.h>

/* A box of ISO/IEC 14496-12 around other bytes. */
static GByteArray *
box (const gchar *type, const guint8 *content, guint length)
{
  GByteArray *bytes = g_byte_array_new ();
  guint32 size = GUINT32_TO_BE (length + 8);

  g_byte_array_append (bytes, (const guint8 *) &size, 4);
  g_byte_array_append (bytes, (const guint8 *) type, 4);
  if (length > 0)
    g_byte_array_append (bytes, content, length);
  return bytes;
}

static GByteArray *
box_around (const gchar *type, GByteArray *content)
{
  GByteArray *bytes = box (type, content->data, content->len);

  g_byte_array_unref (content);
  return bytes;
}

static void
append (GByteArray *bytes, GByteArray *more)
{
  g_byte_array_append (bytes, more->data, more->len);
  g_byte_array_unref (more);
}

/* A file with these properties, one box of them. */
static GByteArray *
make_file (GByteArray *properties)
{
  const guint8 version[4] = { 0 }, brand[8] = "heic";
  GByteArray *file = box ("ftyp", brand, sizeof brand);
  GByteArray *meta = g_byte_array_new ();

  g_byte_array_append (meta, version, sizeof version);
  append (meta, box ("hdlr", version, sizeof version));
  append (meta, box_around ("iprp", box_around ("ipco", properties)));
  append (file, box ("free", version, sizeof version));
  append (file, box_around ("meta", meta));
  append (file, box ("mdat", brand, sizeof brand));
  return file;
}

/* What is read of a file that has only its first `length` bytes. */
static gboolean
read_part (const GByteArray *file, gsize length, guint *orientation)
{
  g_autofree gchar *path = NULL;
  gint descriptor = g_file_open_tmp ("hotpix-XXXXXX.heic", &path, NULL);
  gboolean is_heif;

  g_assert_cmpint (descriptor, >=, 0);
  g_close (descriptor, NULL);
  g_assert_true (g_file_set_contents (path, (const gchar *) file->data, (gssize) length, NULL));
  is_heif = heif_turn_read (path, orientation);
  g_unlink (path);
  return is_heif;
}

static guint
read_properties (const gchar *type, guint8 value)
{
  GByteArray *properties = box ("ispe", &value, 0);
  g_autoptr (GByteArray) file = NULL;
  guint orientation = 99;

  append (properties, box (type, &value, 1));
  file = make_file (properties);
  g_assert_true (read_part (file, file->len, &orientation));
  return orientation;
}

/* ISO/IEC 23008-12, 6.5.10.3: angle * 90 degrees anti-clockwise. */
static void
test_rotation (void)
{
  g_assert_cmpuint (read_properties ("pixi", 3), ==, 1);
  g_assert_cmpuint (read_properties ("irot", 0), ==, 1);
  g_assert_cmpuint (read_properties ("irot", 1), ==, 8);
  g_assert_cmpuint (read_properties ("irot", 2), ==, 3);
  g_assert_cmpuint (read_properties ("irot", 3), ==, 6);
}

static void
test_mirror (void)
{
  g_assert_cmpuint (read_properties ("imir", 0), ==, 0);
  g_assert_cmpuint (read_properties ("imir", 1), ==, 0);
}

/* Wherever it is cut, it is read without harm, as not turned or as it is. */
static void
test_cut (void)
{
  const guint8 quarter = 1;
  g_autoptr (GByteArray) file = make_file (box ("irot", &quarter, 1));

  for (gsize length = 8; length <= file->len; length++)
    {
      guint orientation = 99;

      g_assert_true (read_part (file, length, &orientation));
      g_assert_true (orientation == 1 || orientation == 8);
    }
}

static void
test_other (void)
{
  const guint8 jpeg[] = { 0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 0 };
  g_autoptr (GByteArray) file = g_byte_array_new ();
  guint orientation;

  g_byte_array_append (file, jpeg, sizeof jpeg);
  g_assert_false (read_part (file, file->len, &orientation));
  g_assert_false (heif_turn_read ("/nowhere/at/all", &orientation));
}

/* The files beside the checkout, where they are: made by libheif's encoder. */
static void
test_real (void)
{
  const struct
  {
    const gchar *name;
    guint orientation;
  } files[] = { { "stored.heic", 1 }, { "turned-180.heic", 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree gchar *path
          = g_build_filename (g_getenv ("HOTPIX_SHARED_CASES"), files[i].name, NULL);
      guint orientation;

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        {
          g_test_skip ("no real HEIC files are at hand");
          return;
        }
      g_assert_true (heif_turn_read (path, &orientation));
      g_assert_cmpuint (orientation, ==, files[i].orientation);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heif-turn/rotations-are-those-of-the-standard", test_rotation);
  g_test_add_func ("/heif-turn/a-mirrored-picture-is-unclear", test_mirror);
  g_test_add_func ("/heif-turn/files-that-are-cut-short-do-no-harm", test_cut);
  g_test_add_func ("/heif-turn/other-files-are-none", test_other);
  g_test_add_func ("/heif-turn/real-files", test_real);
  return g_test_run ();
}
