/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/photo-file.h"
#include "base/system-memory-private.h"
#include "base/text.h"
#include "photos/digest-private.h"
#include "photos/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Beside its length, of a file. */
#define FINGERPRINT_BYTES 4096

static gboolean
check_file (const gchar *path, const struct stat *status, GError **error)
{
  if (S_ISDIR (status->st_mode))
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
                 _ ("is a folder: name the photos in it, as in %s%s*.JPG"), path,
                 g_str_has_suffix (path, "/") ? "" : "/");
  else if (!S_ISREG (status->st_mode))
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
                 _ ("is a pipe or a device, not a file"));
  else if (status->st_size == 0)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_NO_PHOTO, _ ("is empty"));
  else
    return TRUE;
  return FALSE;
}

FILE *
hotpix_photo_file_open (const gchar *path, gsize *size, GError **error)
{
  struct stat status;
  FILE *stream = NULL;
  /* O_NONBLOCK: opening a FIFO would wait for its writer. It means nothing for a regular file.
   */
  gint file = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

  if (file < 0 || fstat (file, &status) != 0)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("cannot be opened: %s"),
                 g_strerror (errno));
  else if (check_file (path, &status, error))
    {
      stream = fdopen (file, "rb");
      if (stream == NULL)
        g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("cannot be opened: %s"),
                     g_strerror (errno));
      else if (size != NULL)
        *size = (gsize) status.st_size;
    }
  if (stream == NULL && file >= 0)
    close (file);
  return stream;
}

/* A buffer that is out of a pool. */
typedef struct
{
  HotpixBufferPool *pool;
  gpointer data;
} Loan;

static void
end_loan (gpointer user_data)
{
  Loan *loan = user_data;

  hotpix_buffer_pool_give_back (loan->pool, loan->data);
  g_free (loan);
}

static GBytes *
wrap_buffer (HotpixBufferPool *pool, guint8 *data, gsize size)
{
  Loan *loan = g_new (Loan, 1);

  *loan = (Loan){ pool, data };
  return g_bytes_new_with_free_func (data, size, end_loan, loan);
}

GBytes *
hotpix_photo_file_load (const gchar *path, gsize max_bytes, HotpixBufferPool *pool,
                        GError **error)
{
  guint8 *data = NULL;
  gsize size = 0;
  FILE *stream = hotpix_photo_file_open (path, &size, error);

  if (stream == NULL)
    return NULL;
  if (size > max_bytes)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
                 _ ("is %u MiB long, too much for a photo of its size"), (guint) (size >> 20));
  else if (size > hotpix_memory_limit ())
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
                 _ ("is %u MiB long, more than there is memory for"), (guint) (size >> 20));
  else if ((data = hotpix_buffer_pool_take (pool, size)) == NULL)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                 _ ("needs %u MiB of memory, more than is free"), hotpix_text_mib (size));
  else if (fread (data, 1, size, stream) != size)
    {
      if (ferror (stream))
        g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("cannot be read: %s"),
                     g_strerror (errno));
      else
        g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
                     _ ("became shorter while it was being read"));
      hotpix_buffer_pool_give_back (pool, data);
      data = NULL;
    }
  fclose (stream);
  return data != NULL ? wrap_buffer (pool, data, size) : NULL;
}

guint64
hotpix_photo_file_fingerprint (const gchar *path)
{
  struct
  {
    gsize size;
    guint8 start[FINGERPRINT_BYTES];
  } told = { 0 };
  FILE *stream = hotpix_photo_file_open (path, &told.size, NULL);
  gsize n;

  if (stream == NULL)
    return 0;
  n = fread (told.start, 1, sizeof told.start, stream);
  fclose (stream);
  return hotpix_frame_fingerprint (&told, sizeof told.size + n);
}

gchar *
hotpix_photo_file_digest (const gchar *path, gsize number)
{
  g_autoptr (HotpixDigest) digest = hotpix_digest_new ();
  FILE *stream = hotpix_photo_file_open (path, NULL, NULL);
  guint64 number_bytes = GUINT64_TO_LE (number);
  guint8 part[65536];
  gboolean success;
  gsize n;

  if (stream == NULL)
    return NULL;
  while ((n = fread (part, 1, sizeof part, stream)) > 0)
    hotpix_digest_add (digest, part, n);
  success = !ferror (stream);
  fclose (stream);
  if (number > 0)
    hotpix_digest_add (digest, &number_bytes, sizeof number_bytes);
  return success ? hotpix_digest_end (g_steal_pointer (&digest)) : NULL;
}
