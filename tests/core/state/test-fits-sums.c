/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "scratch-folder.h"
#include "state/fits-sums-private.h"

#include <errno.h>
#include <fcntl.h>
#include <fitsio.h>
#include <glib/gstdio.h>
#include <unistd.h>

static gchar *folder, *path;

/* A file of three HDUs with all kinds of bytes. */
static void
make_file (void)
{
  fitsfile *fits = NULL;
  gint status = 0;
  glong axes[] = { 61, 50 };
  guint16 samples[61 * 50];

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    samples[i] = (guint16) (i * 40503);
  (void) g_unlink (path);
  fits_create_diskfile (&fits, path, &status);
  for (guint i = 0; i < 3; i++)
    {
      fits_create_img (fits, i == 0 ? BYTE_IMG : USHORT_IMG, i == 0 ? 0 : 2, axes, &status);
      fits_write_key_str (fits, "CHECKSUM", HOTPIX_FITS_NO_CHECKSUM, "", &status);
      fits_write_key_str (fits, "DATASUM", HOTPIX_FITS_NO_DATASUM, "", &status);
      if (i > 0)
        fits_write_img (fits, TUSHORT, 1, G_N_ELEMENTS (samples), samples, &status);
    }
  fits_close_file (fits, &status);
  g_assert_cmpint (status, ==, 0);
}

static void
set_sums (void)
{
  gint file = g_open (path, O_RDWR, 0);

  g_assert_cmpint (hotpix_fits_sums_set (file), ==, 0);
  close (file);
}

static gboolean
check (GError **error)
{
  gint file = g_open (path, O_RDONLY, 0);
  gboolean success = hotpix_fits_sums_check (file, error);

  close (file);
  return success;
}

/* cfitsio is the judge of what is written, and writes what is judged. */
static void
test_cfitsio_agrees (void)
{
  fitsfile *fits = NULL;
  gint status = 0, data_ok = 0, all_ok = 0;

  make_file ();
  g_assert_false (check (NULL));
  set_sums ();
  g_assert_true (check (NULL));
  fits_open_diskfile (&fits, path, READWRITE, &status);
  for (gint i = 1; i <= 3; i++)
    {
      fits_movabs_hdu (fits, i, NULL, &status);
      fits_verify_chksum (fits, &data_ok, &all_ok, &status);
      g_assert_cmpint (data_ok, ==, 1);
      g_assert_cmpint (all_ok, ==, 1);
      fits_write_key_lng (fits, "EXTRA", i, "changes the sum", &status);
      fits_write_chksum (fits, &status);
    }
  fits_close_file (fits, &status);
  g_assert_cmpint (status, ==, 0);
  g_assert_true (check (NULL));
}

static void
test_damaged (void)
{
  g_autofree gchar *bytes = NULL;
  gsize length;
  gint file;

  make_file ();
  set_sums ();
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  file = g_open (path, O_RDWR, 0);
  for (gsize i = 0; i < length; i++)
    {
      gchar damaged = (gchar) (bytes[i] ^ 1 << i % 8);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (pwrite (file, &damaged, 1, (off_t) i), ==, 1);
      g_assert_false (hotpix_fits_sums_check (file, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (pwrite (file, &bytes[i], 1, (off_t) i), ==, 1);
    }
  g_assert_true (hotpix_fits_sums_check (file, NULL));
  close (file);
}

static void
test_cut (void)
{
  gint file;

  make_file ();
  set_sums ();
  file = g_open (path, O_RDWR, 0);
  for (off_t cut = lseek (file, 0, SEEK_END) - 1; cut >= 0; cut--)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (ftruncate (file, cut), ==, 0);
      /* A file that ends with an HDU is whole, as far as can be seen here. */
      if (!hotpix_fits_sums_check (file, &error))
        g_assert_cmpint (error->code, ==,
                         cut < 80 ? HOTPIX_ERROR_FORMAT : HOTPIX_ERROR_DAMAGED);
      else
        g_assert_cmpint (cut % 2880, ==, 0);
    }
  close (file);
}

static void
test_without (void)
{
  fitsfile *fits = NULL;
  gint status = 0, file;
  g_autoptr (GError) error = NULL;

  (void) g_unlink (path);
  fits_create_diskfile (&fits, path, &status);
  fits_create_img (fits, BYTE_IMG, 0, NULL, &status);
  fits_close_file (fits, &status);
  g_assert_cmpint (status, ==, 0);
  g_assert_false (check (&error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
  file = g_open (path, O_RDWR, 0);
  g_assert_cmpint (hotpix_fits_sums_set (file), ==, EINVAL);
  close (file);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  path = g_build_filename (folder, "file.fits", NULL);
  g_test_add_func ("/fits-sums/cfitsio-agrees", test_cfitsio_agrees);
  g_test_add_func ("/fits-sums/each-bit-counts", test_damaged);
  g_test_add_func ("/fits-sums/a-cut-file-is-damaged", test_cut);
  g_test_add_func ("/fits-sums/without-sums-nothing-is-known", test_without);
  status = g_test_run ();
  g_free (path);
  scratch_folder_remove (folder);
  return status;
}
