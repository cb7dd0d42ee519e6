/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/camera.h"
#include "photos/clean-text-private.h"

#include <string.h>

HotpixCamera *
hotpix_camera_new (const gchar *make, const gchar *model, const gchar *serial)
{
  HotpixCamera camera = { .make = hotpix_clean_text (make),
                          .model = hotpix_clean_text (model),
                          .serial = hotpix_clean_text (serial) };

  if (camera.make == NULL && camera.model == NULL && camera.serial == NULL)
    return NULL;
  return g_memdup2 (&camera, sizeof camera);
}

/* Whether the text begins with one of the words, with no letter after it. */
static gboolean
begins_with_one (const gchar *text, const gchar *const *words, gboolean fold_case)
{
  for (; *words != NULL; words++)
    {
      gsize length = strlen (*words);
      gboolean begins = fold_case ? g_ascii_strncasecmp (text, *words, length) == 0
                                  : strncmp (text, *words, length) == 0;

      if (begins && !g_ascii_isalpha (text[length]))
        return TRUE;
    }
  return FALSE;
}

/* Samsung's and Sony's cameras have the makes "SAMSUNG" and "SONY". */
static gboolean
is_phone (const gchar *make)
{
  static const gchar *const makers[]
      = { "Apple",   "ASUS",   "BlackBerry", "Blackview", "Doogee",   "Essential", "Fairphone",
          "Google",  "HMD",    "HONOR",      "HTC",       "HUAWEI",   "INFINIX",   "Lenovo",
          "LG",      "LGE",    "Meizu",      "Microsoft", "Motorola", "Nokia",     "Nothing",
          "OnePlus", "OPPO",   "realme",     "Redmi",     "Sharp",    "TCL",       "TECNO",
          "vivo",    "Xiaomi", "ZTE",        NULL };
  /* The cameras of the same makers have the makes "SAMSUNG" and "SONY". */
  static const gchar *const exactly[] = { "samsung", "Sony", NULL };

  return begins_with_one (make, makers, TRUE) || begins_with_one (make, exactly, FALSE);
}

static gboolean
makes_interchangeable_lenses (const gchar *make)
{
  static const gchar *const makers[]
      = { "Asahi", "Canon",   "Eastman Kodak", "Epson",     "FUJIFILM", "Hasselblad",
          "Kodak", "Konica",  "Leaf",          "LEICA",     "Mamiya",   "Minolta",
          "NIKON", "OLYMPUS", "OM Digital",    "Panasonic", "PENTAX",   "Phase One",
          "RICOH", "SAMSUNG", "SEIKO EPSON",   "SIGMA",     "SONY",     NULL };

  return begins_with_one (make, makers, TRUE);
}

/* Sets the fields that distinguish sensors behind fixed lenses. */
static void
set_lens (HotpixCamera *camera, const gchar *lens, gdouble focal_length)
{
  gboolean phone = camera->make != NULL && is_phone (camera->make);

  if (!phone
      && (camera->serial != NULL
          || (camera->make != NULL && makes_interchangeable_lenses (camera->make))))
    return;
  camera->lens = hotpix_clean_text (lens);
  /* Lenses of other cameras can zoom. */
  if (phone && focal_length > 0)
    camera->micrometres = (guint) CLAMP (focal_length * 1000 + 0.5, 1, G_MAXUINT);
}

HotpixCamera *
hotpix_camera_new_with_lens (const gchar *make, const gchar *model, const gchar *serial,
                             const gchar *lens, gdouble focal_length)
{
  HotpixCamera *camera = hotpix_camera_new (make, model, serial);

  if (camera != NULL)
    set_lens (camera, lens, focal_length);
  return camera;
}

HotpixCamera *
hotpix_camera_copy (const HotpixCamera *camera)
{
  HotpixCamera copy;

  if (camera == NULL || hotpix_camera_compare (camera, &(HotpixCamera){ NULL }) == 0)
    return NULL;
  copy = (HotpixCamera){ g_strdup (camera->make), g_strdup (camera->model),
                         g_strdup (camera->serial), g_strdup (camera->lens),
                         camera->micrometres };
  return g_memdup2 (&copy, sizeof copy);
}

void
hotpix_camera_free (HotpixCamera *camera)
{
  if (camera == NULL)
    return;
  g_free (camera->make);
  g_free (camera->model);
  g_free (camera->serial);
  g_free (camera->lens);
  g_free (camera);
}

static gboolean
fields_agree (const gchar *a, const gchar *b)
{
  return a == NULL || b == NULL || strcmp (a, b) == 0;
}

gboolean
hotpix_camera_may_be_same (const HotpixCamera *a, const HotpixCamera *b)
{
  return a == NULL || b == NULL
         || (fields_agree (a->make, b->make) && fields_agree (a->model, b->model)
             && fields_agree (a->serial, b->serial) && fields_agree (a->lens, b->lens)
             && (a->micrometres == 0 || b->micrometres == 0
                 || a->micrometres == b->micrometres));
}

gboolean
hotpix_camera_learn (HotpixCamera *camera, const HotpixCamera *other)
{
  HotpixCamera before = *camera;

  if (camera->make == NULL)
    camera->make = other->make;
  if (camera->model == NULL)
    camera->model = other->model;
  if (camera->serial == NULL)
    camera->serial = other->serial;
  if (camera->lens == NULL)
    camera->lens = other->lens;
  if (camera->micrometres == 0)
    camera->micrometres = other->micrometres;
  return hotpix_camera_compare (&before, camera) != 0;
}

gint
hotpix_camera_compare (const HotpixCamera *a, const HotpixCamera *b)
{
  gint order;

  if (a == NULL || b == NULL)
    return (a != NULL) - (b != NULL);
  order = g_strcmp0 (a->make, b->make);
  if (order == 0)
    order = g_strcmp0 (a->model, b->model);
  if (order == 0)
    order = g_strcmp0 (a->serial, b->serial);
  if (order == 0)
    order = g_strcmp0 (a->lens, b->lens);
  return order != 0 ? order
                    : (a->micrometres > b->micrometres) - (a->micrometres < b->micrometres);
}

static void
append_focal_length (GString *words, guint micrometres)
{
  gchar millimetres[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (millimetres, sizeof millimetres, "%.4g", micrometres / 1000.0);
  g_string_append_printf (words, "%slens of %s mm", words->len > 0 ? ", " : "", millimetres);
}

gchar *
hotpix_camera_describe (const HotpixCamera *camera)
{
  g_autoptr (GString) words = NULL;

  if (camera == NULL)
    return g_strdup ("an unidentified camera");
  words = g_string_new (camera->model != NULL ? camera->model : camera->make);
  if (camera->serial != NULL)
    g_string_append_printf (words, "%sserial %s", words->len > 0 ? ", " : "", camera->serial);
  if (camera->lens != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", camera->lens);
  else if (camera->micrometres != 0)
    append_focal_length (words, camera->micrometres);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
