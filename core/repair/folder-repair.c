/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/folder-repair.h"
#include "base/processors.h"
#include "base/text.h"
#include "base/timed-condition-private.h"
#include "photos/jpeg-reader-private.h"
#include "photos/photo-file.h"
#include "repair/jpeg-repair.h"
#include "repair/repaired-file-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <string.h>

#define REPORT_MICROSECONDS 200000

/* What lists said of photos that tell no camera before 2026-12. */
#define EARLIER_UNKNOWN "a camera that its EXIF does not tell"

/* No photo is longer. */
#define MAX_PHOTO_BYTES ((gsize) 1 << 30)

/* What the threads share. */
typedef struct
{
  GPtrArray *photos;
  const HotpixFolderRepair *options;

  /* POSIX locks rather than GLib's: the thread sanitizer sees what they order. */
  pthread_mutex_t lock; /* of all below */
  pthread_cond_t done;
  guint next, n_done, n_running;
  gboolean is_stopped;
  GPtrArray *repairers; /* of Sized */
  GError *error;        /* the first, nullable */
} Run;

/* A repairer and the size of the photos that it is for. */
typedef struct
{
  guint width, height;
  HotpixRepairer *repairer;
} Sized;

static void
free_sized (gpointer data)
{
  Sized *sized = data;

  hotpix_repairer_free (sized->repairer);
  g_free (sized);
}

static void
free_photo (gpointer data)
{
  HotpixRepairedPhoto *photo = data;

  g_free (photo->path);
  g_free (photo->reason);
  g_free (photo);
}

GPtrArray *
hotpix_folder_repair_photos_new (void)
{
  return g_ptr_array_new_with_free_func (free_photo);
}

void
hotpix_folder_repair_add (GPtrArray *photos, const gchar *path)
{
  HotpixRepairedPhoto *photo = g_new0 (HotpixRepairedPhoto, 1);

  photo->path = g_strdup (path);
  g_ptr_array_add (photos, photo);
}

/* The part of a camera's description that begins so, without it; NULL where there is none. */
static gchar *
find_part (const gchar *camera, const gchar *start)
{
  g_auto (GStrv) parts = g_strsplit (camera, ", ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_str_has_prefix (parts[i], start))
      return g_strdup (parts[i] + strlen (start));
  return NULL;
}

/* Of two descriptions by hotpix_camera_describe(): what one of them does not say is no difference. */
static gboolean
may_be_same (const gchar *listed, const HotpixCamera *camera)
{
  g_autofree gchar *unknown = hotpix_camera_describe (NULL);
  g_autofree gchar *words = camera != NULL ? hotpix_camera_describe (camera) : NULL;
  g_autofree gchar *serial = NULL, *listed_serial = NULL, *model = NULL, *listed_model = NULL;

  if (words == NULL || listed == NULL || strcmp (listed, unknown) == 0
      || strcmp (listed, "any camera") == 0 || strcmp (listed, EARLIER_UNKNOWN) == 0)
    return TRUE;
  serial = find_part (words, "serial ");
  listed_serial = find_part (listed, "serial ");
  model = find_part (words, "");
  listed_model = find_part (listed, "");
  if (strcmp (model, listed_model) != 0)
    return FALSE;
  if (serial != NULL && listed_serial != NULL)
    return strcmp (serial, listed_serial) == 0;
  /* Without a serial number what else is told, of lenses, has to be the same. */
  return serial != NULL || listed_serial != NULL || strcmp (words, listed) == 0
         || strcmp (words, model) == 0 || strcmp (listed, listed_model) == 0;
}

gchar *
hotpix_folder_repair_check (const HotpixListedDefects *listed, guint width, guint height,
                            const HotpixCamera *camera, HotpixCameraChoice choice)
{
  g_autofree gchar *words = NULL;

  if (listed->width != 0 && (width != listed->width || height != listed->height))
    return g_strdup_printf (_ ("was not repaired: it has %u x %u pixels, and the list is for "
                               "photos of %u x %u"),
                            width, height, listed->width, listed->height);
  if (choice == HOTPIX_CAMERA_ANY || may_be_same (listed->camera, camera))
    return NULL;
  words = hotpix_camera_describe (camera);
  return g_strdup_printf (
      _ ("was not repaired: it is by %s, and the list is for %s. camera=any "
         "repairs it all the same"),
      words, listed->camera);
}

/* Holds the lock. */
static const HotpixRepairer *
get_repairer (Run *run, guint width, guint height)
{
  Sized *sized;

  for (guint i = 0; i < run->repairers->len; i++)
    {
      sized = g_ptr_array_index (run->repairers, i);
      if (sized->width == width && sized->height == height)
        return sized->repairer;
    }
  sized = g_new (Sized, 1);
  *sized = (Sized){ width, height, hotpix_repairer_new (run->options->listed, width, height) };
  g_ptr_array_add (run->repairers, sized);
  return sized->repairer;
}

/* For the photo that is read. own: out; owned by the caller, where it is for this photo only.
 * Returns NULL where the photo is left out. */
static const HotpixRepairer *
find_repairer (Run *run, const HotpixJpegReader *reader, HotpixRepairer **own, GError **error)
{
  const HotpixFolderRepair *options = run->options;
  const HotpixShape *shape = hotpix_jpeg_reader_get_shape (reader);
  gsize length;
  const guint8 *block = hotpix_jpeg_reader_get_exif (reader, &length);
  g_autoptr (HotpixExif) exif = hotpix_exif_new (block, length);
  g_autoptr (HotpixListedDefects) chosen = NULL;
  g_autofree gchar *reason = NULL;
  const HotpixRepairer *repairer;

  if (options->choose != NULL)
    {
      chosen = options->choose (exif, shape->width, shape->height, options->user_data, error);
      if (chosen != NULL)
        *own = hotpix_repairer_new (chosen, shape->width, shape->height);
      return *own;
    }
  reason = hotpix_folder_repair_check (options->listed, shape->width, shape->height,
                                       exif->camera, options->camera);
  if (reason != NULL)
    {
      g_set_error_literal (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT, reason);
      return NULL;
    }
  pthread_mutex_lock (&run->lock);
  repairer = get_repairer (run, shape->width, shape->height);
  pthread_mutex_unlock (&run->lock);
  return repairer;
}

const gchar *
hotpix_folder_repair_no_jpeg (void)
{
  return _ ("was not repaired: it is no JPEG, and only those are repaired as files. Leave "
            "-ping and into= out to repair its pixels");
}

static gboolean
check_jpeg (GBytes *bytes, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (hotpix_jpeg_reader_recognises (data, length))
    return TRUE;
  g_set_error_literal (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT,
                       hotpix_folder_repair_no_jpeg ());
  return FALSE;
}

static gboolean
repair_photo (Run *run, HotpixRepairedPhoto *photo, GError **error)
{
  const HotpixFolderRepair *options = run->options;
  g_autofree gchar *name = g_path_get_basename (photo->path);
  g_autofree gchar *path = g_build_filename (options->folder, name, NULL);
  g_autoptr (GBytes) bytes = hotpix_photo_file_load (photo->path, MAX_PHOTO_BYTES, NULL, error);
  g_autoptr (GBytes) repaired = NULL;
  g_autoptr (HotpixJpegReader) reader = NULL;
  g_autoptr (HotpixRepairer) own = NULL;
  const HotpixRepairer *repairer;

  if (bytes == NULL || !check_jpeg (bytes, error))
    return FALSE;
  reader = hotpix_jpeg_reader_new_from_bytes (bytes, error);
  if (reader == NULL)
    return FALSE;
  repairer = find_repairer (run, reader, &own, error);
  if (repairer == NULL)
    return FALSE;
  repaired = hotpix_jpeg_repair (repairer, bytes, &photo->n_repaired, error);
  return repaired != NULL
         && hotpix_repaired_file_write (path, photo->path, repaired, options->overwrite, error);
}

/* Nothing more can be written after a file that cannot. */
static void
settle (Run *run, HotpixRepairedPhoto *photo, GError *error)
{
  if (g_error_matches (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE))
    {
      run->is_stopped = TRUE;
      if (run->error == NULL)
        g_propagate_error (&run->error, g_error_copy (error));
    }
  photo->n_repaired = 0;
  photo->reason = g_strdup (error->message);
}

static gpointer
repair_photos (gpointer user_data)
{
  Run *run = user_data;

  pthread_mutex_lock (&run->lock);
  while (run->next < run->photos->len && !run->is_stopped)
    {
      HotpixRepairedPhoto *photo = g_ptr_array_index (run->photos, run->next++);
      g_autoptr (GError) error = NULL;

      pthread_mutex_unlock (&run->lock);
      if (photo->reason == NULL)
        (void) repair_photo (run, photo, &error);
      pthread_mutex_lock (&run->lock);
      if (error != NULL)
        settle (run, photo, error);
      run->n_done++;
    }
  run->n_running--;
  pthread_cond_signal (&run->done);
  pthread_mutex_unlock (&run->lock);
  return NULL;
}

/* Photos of one name would be one file. */
static void
leave_out_same_names (GPtrArray *photos)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < photos->len; i++)
    {
      HotpixRepairedPhoto *photo = g_ptr_array_index (photos, i);
      gchar *name = g_path_get_basename (photo->path);
      const HotpixRepairedPhoto *first = g_hash_table_lookup (names, name);

      if (first == NULL)
        g_hash_table_insert (names, name, photo);
      else
        {
          photo->reason = g_strdup_printf (
              _ ("was not repaired: %s has the same name. Repair it into another folder"),
              first->path);
          g_free (name);
        }
    }
}

/* Waits for the threads, and tells how far they are. */
static void
watch (Run *run, HotpixRepairProgress progress, gpointer user_data)
{
  pthread_mutex_lock (&run->lock);
  while (run->n_running > 0)
    {
      gdouble fraction = (gdouble) run->n_done / MAX (run->photos->len, 1);

      if (progress != NULL && !run->is_stopped)
        {
          gboolean go_on;

          pthread_mutex_unlock (&run->lock);
          go_on = progress (fraction, user_data);
          pthread_mutex_lock (&run->lock);
          if (!go_on)
            {
              run->is_stopped = TRUE;
              g_clear_error (&run->error);
              g_set_error (&run->error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED, _ ("cancelled"));
            }
        }
      if (run->n_running > 0)
        (void) hotpix_timed_condition_wait (&run->done, &run->lock, REPORT_MICROSECONDS);
    }
  pthread_mutex_unlock (&run->lock);
}

static void
run_threads (Run *run, HotpixRepairProgress progress, gpointer user_data)
{
  guint n = hotpix_processors_count_threads (run->options->threads);
  g_autofree GThread **threads = NULL;
  guint n_started = 0;

  n = MIN (n, MAX (run->photos->len, 1));
  threads = g_new0 (GThread *, n);
  pthread_mutex_lock (&run->lock);
  for (guint i = 0; i < n; i++)
    {
      threads[i] = g_thread_try_new ("hotpix", repair_photos, run, NULL);
      if (threads[i] == NULL)
        break;
      n_started++;
    }
  run->n_running = MAX (n_started, 1);
  pthread_mutex_unlock (&run->lock);
  /* Where the system gives no thread, this one does it all. */
  if (n_started == 0)
    (void) repair_photos (run);
  watch (run, progress, user_data);
  for (guint i = 0; i < n_started; i++)
    g_thread_join (threads[i]);
}

gboolean
hotpix_folder_repair_run (GPtrArray *photos, const HotpixFolderRepair *options,
                          HotpixRepairProgress progress, gpointer user_data, GError **error)
{
  Run run = { .photos = photos, .options = options };

  if (g_mkdir_with_parents (options->folder, 0777) != 0)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE, _ ("%s cannot be made: %s"),
                   options->folder, g_strerror (errno));
      return FALSE;
    }
  leave_out_same_names (photos);
  run.repairers = g_ptr_array_new_with_free_func (free_sized);
  pthread_mutex_init (&run.lock, NULL);
  hotpix_timed_condition_init (&run.done);
  run_threads (&run, progress, user_data);
  pthread_cond_destroy (&run.done);
  pthread_mutex_destroy (&run.lock);
  g_ptr_array_unref (run.repairers);
  if (run.error == NULL)
    return TRUE;
  g_propagate_error (error, run.error);
  return FALSE;
}
