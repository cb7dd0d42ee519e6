/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/frame-makers.h"
#include "photos/jpeg-frame.h"
#include "photos/other-file-private.h"
#include "photos/png-frame.h"

/* A reader of the core's own. */
typedef struct
{
  const gchar *format; /* nullable for one that makes no frames */
  HotpixFrame *(*make) (const gchar *path, GError **error);
} OwnMaker;

static const OwnMaker own_makers[] = {
  { "JPEG", hotpix_jpeg_frame_new },
  { "PNG", hotpix_png_frame_new },
  /* The last, so that only what may be a photo is asked of a host. */
  { NULL, hotpix_other_file_refuse },
};

typedef struct
{
  HotpixFrameMaker make;
  gpointer user_data;
} HostMaker;

struct HotpixFrameMakers
{
  GArray *host_makers;    /* of HostMaker */
  HotpixFrameCheck check; /* nullable */
  gpointer check_data;
};

HotpixFrameMakers *
hotpix_frame_makers_new (void)
{
  HotpixFrameMakers *makers = g_new0 (HotpixFrameMakers, 1);

  makers->host_makers = g_array_new (FALSE, FALSE, sizeof (HostMaker));
  return makers;
}

void
hotpix_frame_makers_free (HotpixFrameMakers *makers)
{
  if (makers == NULL)
    return;
  g_array_unref (makers->host_makers);
  g_free (makers);
}

void
hotpix_frame_makers_add (HotpixFrameMakers *makers, HotpixFrameMaker maker, gpointer user_data)
{
  HostMaker host_maker = { maker, user_data };

  g_array_append_val (makers->host_makers, host_maker);
}

void
hotpix_frame_makers_set_check (HotpixFrameMakers *makers, HotpixFrameCheck check,
                               gpointer user_data)
{
  makers->check = check;
  makers->check_data = user_data;
}

static gboolean
make_own (const HotpixFrameMakers *makers, const OwnMaker *own, const gchar *path,
          GPtrArray *frames, GError **error)
{
  g_autoptr (HotpixFrame) frame = own->make (path, error);

  if (frame == NULL
      || (makers != NULL && makers->check != NULL
          && !makers->check (frame, own->format, makers->check_data, error)))
    return FALSE;
  g_ptr_array_add (frames, g_steal_pointer (&frame));
  return TRUE;
}

/* Asks one maker, of all of them in their order. */
static gboolean
ask (const HotpixFrameMakers *makers, gsize number, const gchar *path, GPtrArray *frames,
     GError **error)
{
  const HostMaker *host;

  if (number < G_N_ELEMENTS (own_makers))
    return make_own (makers, &own_makers[number], path, frames, error);
  host = &g_array_index (makers->host_makers, HostMaker, number - G_N_ELEMENTS (own_makers));
  return host->make (path, frames, host->user_data, error);
}

static gboolean
make_frames (const HotpixFrameMakers *makers, const gchar *path, GPtrArray *frames,
             GError **error)
{
  gsize n = G_N_ELEMENTS (own_makers) + (makers != NULL ? makers->host_makers->len : 0);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GError) reason = NULL;

      if (ask (makers, i, path, frames, &reason))
        return TRUE;
      if (i + 1 < n && g_error_matches (reason, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT))
        continue;
      g_propagate_error (error, g_steal_pointer (&reason));
      break;
    }
  return FALSE;
}

void
hotpix_frame_makers_add_file (const HotpixFrameMakers *makers, HotpixFrameSet *set,
                              const gchar *path)
{
  g_autoptr (GPtrArray) frames = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  if (!make_frames (makers, path, frames, &error))
    hotpix_frame_set_add_failed (set, path, error);
  for (guint i = 0; i < frames->len; i++)
    hotpix_frame_set_add (set, g_ptr_array_index (frames, i));
}
