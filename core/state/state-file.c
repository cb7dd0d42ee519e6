/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "state/state-file.h"
#include "base/text.h"
#include "base/whole-file.h"
#include "photos/photo-file.h"
#include "state/fits-sums-private.h"
#include "state/photo-table-private.h"
#include "state/state-header-private.h"
#include "state/sum-images-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* By which fpack names what it compresses. */
#define COMPRESSED_SUFFIX ".fz"

#define FITS_BLOCK 2880
#define FITS_CARD 80

/* More than the system keeps free in a file's last block. */
#define PROBE_BYTES ((gsize) 1 << 20)

struct HotpixStateFile
{
  gchar *path;
  FILE *stream;
  struct stat status; /* of the file when it was checked */
  fitsfile *fits;
  HotpixStateHeader header;
  HotpixCounted *counted;
};

static void
close_fits (fitsfile *fits)
{
  gint status = 0;

  if (fits != NULL)
    fits_close_file (fits, &status);
  fits_clear_errmsg ();
}

void
hotpix_state_file_free (HotpixStateFile *file)
{
  if (file == NULL)
    return;
  close_fits (file->fits);
  if (file->stream != NULL)
    fclose (file->stream);
  hotpix_state_header_clear (&file->header);
  hotpix_counted_free (file->counted);
  g_free (file->path);
  g_free (file);
}

/* By its descriptor, so that it is the file that was checked, whatever has its name now. */
static fitsfile *
open_fits (gint descriptor, gint mode, gint *status)
{
  g_autofree gchar *place = g_strdup_printf ("/proc/self/fd/%d", descriptor);
  fitsfile *fits = NULL;

  fits_open_diskfile (&fits, place, mode, status);
  return *status == 0 ? fits : NULL;
}

static gboolean
read_told (HotpixStateFile *file, GError **error)
{
  gint status = 0;

  file->fits = open_fits (fileno (file->stream), READONLY, &status);
  if (file->fits == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("cannot be read as a FITS file"));
      return FALSE;
    }
  if (!hotpix_state_header_read (&file->header, file->fits, error))
    return FALSE;
  file->counted = hotpix_photo_table_read (file->fits, file->header.n_frames, error);
  return file->counted != NULL;
}

HotpixStateFile *
hotpix_state_file_open (const gchar *path, GError **error)
{
  g_autoptr (HotpixStateFile) file = g_new0 (HotpixStateFile, 1);

  file->path = g_strdup (path);
  file->stream = hotpix_photo_file_open (path, NULL, error);
  if (file->stream != NULL && fstat (fileno (file->stream), &file->status) == 0
      && hotpix_fits_sums_check (fileno (file->stream), error) && read_told (file, error))
    return g_steal_pointer (&file);
  g_prefix_error (error, _ ("the state %s "), path);
  return NULL;
}

const HotpixShape *
hotpix_state_file_get_shape (const HotpixStateFile *file)
{
  return &file->header.shape;
}

guint
hotpix_state_file_get_frames (const HotpixStateFile *file)
{
  return file->header.n_frames;
}

const HotpixCounted *
hotpix_state_file_get_counted (const HotpixStateFile *file)
{
  return file->counted;
}

const HotpixCamera *
hotpix_state_file_get_body (const HotpixStateFile *file)
{
  return file->header.body;
}

gboolean
hotpix_state_file_has_any_body (const HotpixStateFile *file)
{
  return file->header.any_body;
}

/* Since it was checked. */
static gboolean
check_unchanged (const HotpixStateFile *file, GError **error)
{
  const struct stat *was = &file->status;
  struct stat is;

  if (fstat (fileno (file->stream), &is) == 0 && is.st_size == was->st_size
      && is.st_mtim.tv_sec == was->st_mtim.tv_sec && is.st_mtim.tv_nsec == was->st_mtim.tv_nsec)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("changed while it was being read"));
  return FALSE;
}

static gboolean
check_size (const HotpixShape *shape, const HotpixShape *wanted, GError **error)
{
  if (shape->width == wanted->width && shape->height == wanted->height
      && shape->channels == wanted->channels)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_SHAPE,
               _ ("is of photos of %u x %u pixels, channels: %u, not of %u x %u, channels: %u"),
               shape->width, shape->height, shape->channels, wanted->width, wanted->height,
               wanted->channels);
  return FALSE;
}

gboolean
hotpix_state_file_add_sums (HotpixStateFile *file, HotpixAccumulator *accumulator,
                            GError **error)
{
  const HotpixStateHeader *header = &file->header;

  if (check_size (&header->shape, hotpix_accumulator_get_shape (accumulator), error)
      && hotpix_sum_images_add (accumulator, header->shape.bits, header->n_frames, file->fits,
                                error)
      && check_unchanged (file, error))
    return TRUE;
  g_prefix_error (error, _ ("the state %s "), file->path);
  return FALSE;
}

typedef struct
{
  const HotpixAccumulator *accumulator;
  const HotpixCounted *counted;
  HotpixStateHeader header; /* its body is borrowed */
  gboolean compress;
} Content;

/* Why no more can be written to a file; EIO where it can be. */
static gint
find_out (const gchar *place)
{
  static const guint8 more[PROBE_BYTES];
  gint file = open (place, O_WRONLY | O_APPEND | O_CLOEXEC), code = 0;
  gssize n = 0;

  for (gsize done = 0; file >= 0 && n >= 0 && done < sizeof more; done += (gsize) MAX (n, 0))
    n = write (file, more, sizeof more - done);
  if (file < 0 || n < 0)
    code = errno;
  if (file >= 0)
    close (file);
  return code != 0 ? code : EIO;
}

/* cfitsio does not keep what the system said. Returns an errno, or 0. */
static gint
code_of (gint status, const gchar *place)
{
  if (status == 0)
    return 0;
  fits_clear_errmsg ();
  return status == MEMORY_ALLOCATION ? ENOMEM : find_out (place);
}

/* cfitsio makes files only under names that are free. Returns an errno, or 0. */
static gint
write_empty (const gchar *place)
{
  static const gchar *const cards[]
      = { "SIMPLE  =                    T", "BITPIX  =                    8",
          "NAXIS   =                    0", "EXTEND  =                    T", "END" };
  gchar block[FITS_BLOCK];
  FILE *stream = fopen (place, "wb");
  gboolean success;

  if (stream == NULL)
    return errno;
  memset (block, ' ', sizeof block);
  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    memcpy (block + i * FITS_CARD, cards[i], strlen (cards[i]));
  success = fwrite (block, sizeof block, 1, stream) == 1;
  return fclose (stream) == 0 && success ? 0 : errno;
}

/* Returns an errno, or 0. */
static gint
write_all (const gchar *place, const Content *content)
{
  fitsfile *fits = NULL;
  gint status = 0, closed = 0, code = write_empty (place);

  if (code != 0)
    return code;
  fits_open_diskfile (&fits, place, READWRITE, &status);
  hotpix_state_header_write (&content->header, content->counted, fits, &status);
  hotpix_sum_images_write (content->accumulator, content->compress, fits, &status);
  hotpix_photo_table_write (content->counted, fits, &status);
  if (fits != NULL)
    fits_close_file (fits, &closed);
  return code_of (status != 0 ? status : closed, place);
}

/* Returns an errno, or 0. */
static gint
make (const gchar *place, gpointer user_data)
{
  gint code = write_all (place, user_data), file;

  if (code != 0)
    return code;
  file = open (place, O_RDWR | O_CLOEXEC);
  if (file < 0)
    return errno;
  code = hotpix_fits_sums_set (file);
  if (close (file) != 0 && code == 0)
    code = errno;
  /* cfitsio may close a file without a word that is not all there. */
  return code == EINVAL ? find_out (place) : code;
}

gboolean
hotpix_state_file_write (const gchar *path, const HotpixAccumulator *accumulator,
                         HotpixCounted *counted, const HotpixCamera *body, gboolean any_body,
                         GError **error)
{
  Content content = { .accumulator = accumulator,
                      .counted = counted,
                      .header = { *hotpix_accumulator_get_shape (accumulator),
                                  hotpix_accumulator_get_frames (accumulator), any_body,
                                  (HotpixCamera *) body },
                      .compress = g_str_has_suffix (path, COMPRESSED_SUFFIX) };
  HotpixWholeFile how = { .overwrite = TRUE, .flush = TRUE };
  gint code;

  g_return_val_if_fail (hotpix_counted_get_length (counted) == content.header.n_frames, FALSE);
  hotpix_counted_sort (counted);
  code = hotpix_whole_file_make (path, make, &content, &how);
  if (code == 0)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE,
               _ ("the state %s cannot be written: %s"), path, g_strerror (code));
  return FALSE;
}
