/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera-session.h"
#include "photos/frame-makers.h"
#include "scratch-folder.h"
#include "survey.h"

#include <glib/gstdio.h>

struct CameraSession
{
  const SimulatedCamera *camera;
  gchar *folder;
  gboolean is_kept;
};

gchar *
camera_session_get_path (const CameraSession *self, guint number)
{
  return g_strdup_printf ("%s/%04u.jpg", self->folder, number);
}

static void
take_photo (gpointer number, gpointer user_data)
{
  const CameraSession *self = user_data;
  guint index = GPOINTER_TO_UINT (number) - 1;
  g_autofree gchar *path = camera_session_get_path (self, index);
  g_autoptr (GBytes) photo = NULL;
  const gchar *data;
  gsize size;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  photo = simulated_camera_take (self->camera, index);
  data = g_bytes_get_data (photo, &size);
  if (!g_file_set_contents (path, data, (gssize) size, NULL))
    g_error ("%s cannot be written", path);
}

CameraSession *
camera_session_new (const SimulatedCamera *camera, guint n_photos, const gchar *folder)
{
  CameraSession *self = g_new0 (CameraSession, 1);
  GThreadPool *pool
      = g_thread_pool_new (take_photo, self, (gint) g_get_num_processors (), TRUE, NULL);

  self->camera = camera;
  self->is_kept = folder != NULL;
  self->folder = folder != NULL ? g_strdup (folder) : scratch_folder_new ();
  if (g_mkdir_with_parents (self->folder, 0777) != 0)
    g_error ("%s cannot be made", self->folder);
  for (guint i = 0; i < n_photos; i++)
    g_thread_pool_push (pool, GUINT_TO_POINTER (i + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  return self;
}

void
camera_session_free (CameraSession *self)
{
  if (self == NULL)
    return;
  if (self->is_kept)
    g_free (self->folder);
  else
    scratch_folder_remove (self->folder);
  g_free (self);
}

gchar **
camera_session_list_photos (const CameraSession *self, guint n)
{
  gchar **paths = g_new0 (gchar *, n + 1);

  for (guint i = 0; i < n; i++)
    paths[i] = camera_session_get_path (self, i);
  return paths;
}

/* Where they are, and in which channel. */
static GArray *
list_planted (const SimulatedCamera *camera)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  guint n;
  const Defect *planted = simulated_camera_get_defects (camera, &n);

  for (guint i = 0; i < n; i++)
    {
      HotpixDefect defect = { .x = planted[i].x,
                              .y = planted[i].y,
                              .channel = (planted[i].x & 1) + (planted[i].y & 1),
                              .length = 1 };

      g_array_append_val (list, defect);
    }
  return list;
}

HotpixObservation *
camera_session_observe (const CameraSession *self, guint n_photos)
{
  g_autoptr (GArray) defects = list_planted (self->camera);
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixMeasurements) measurements = NULL;
  HotpixObservation *observations = g_new (HotpixObservation, (gsize) defects->len * n_photos);
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (GError) error = NULL;
  HotpixShape shape;

  for (guint i = 0; i < n_photos; i++)
    {
      g_autofree gchar *path = camera_session_get_path (self, i);

      hotpix_frame_makers_add_file (NULL, set, path);
    }
  if (hotpix_frame_set_select (set, &options.selection, &shape, &error))
    measurements = hotpix_measure (set, defects, &options, NULL, NULL, &error);
  if (measurements == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < n_photos; i++)
    {
      const HotpixShot *shot = hotpix_frame_get_shot (hotpix_frame_set_get_frame (set, i));

      for (guint k = 0; k < defects->len; k++)
        observations[(gsize) k * n_photos + i]
            = (HotpixObservation){ *hotpix_measurements_get (measurements, i, k),
                                   shot->exposure_time, shot->iso };
    }
  return observations;
}

HotpixDefects *
camera_session_detect_files (const gchar *const *paths, guint n, gdouble threshold)
{
  g_autoptr (HotpixSurvey) survey = hotpix_survey_new ();
  HotpixSurveyOptions options = hotpix_survey_options_default ();
  g_autoptr (GError) error = NULL;

  options.detect = TRUE;
  options.threshold = threshold;
  for (guint i = 0; i < n; i++)
    hotpix_frame_makers_add_file (NULL, survey->photos, paths[i]);
  if (!hotpix_survey_run (survey, &options, NULL, NULL, &error))
    g_error ("%s", error->message);
  return g_steal_pointer (&survey->defects);
}

HotpixDefects *
camera_session_detect (const CameraSession *self, const guint *numbers, guint n,
                       gdouble threshold)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (paths, camera_session_get_path (self, numbers[i]));
  return camera_session_detect_files ((const gchar *const *) paths->pdata, n, threshold);
}

HotpixDefects *
camera_session_detect_first (const CameraSession *self, guint n, gdouble threshold)
{
  g_autofree guint *numbers = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    numbers[i] = i;
  return camera_session_detect (self, numbers, n, threshold);
}
