/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libgimp/gimp.h>

G_BEGIN_DECLS

/* The two generations of GIMP's API under one set of names: 3 has objects where 2.10 has numbers.
 * Functions that differ only in this keep GIMP's own names, and are called with the casts that 3
 * needs. No other file checks the version; gimp-2/ and gimp-3/ hold what differs more. */

#if GIMP_MAJOR_VERSION >= 3

typedef GimpImage *HostImage;
typedef GimpLayer *HostLayer;

#  define HOST_NONE NULL
#  define HOST_PRECISION_U16 GIMP_PRECISION_U16_NON_LINEAR

static inline guint
host_count_layers (GimpLayer *const *layers)
{
  guint n = 0;

  while (layers != NULL && layers[n] != NULL)
    n++;
  return n;
}

/* Returns (transfer container): n of them, the topmost first. */
static inline HostLayer *
host_image_get_layers (HostImage image, guint *n)
{
  GimpLayer **layers = gimp_image_get_layers (image);

  *n = host_count_layers (layers);
  return layers;
}

/* Returns (transfer container): n of them, the topmost first. */
static inline HostLayer *
host_group_get_layers (HostLayer group, guint *n)
{
  GimpLayer **layers = (GimpLayer **) gimp_item_get_children (GIMP_ITEM (group));

  *n = host_count_layers (layers);
  return layers;
}

static inline void
host_layer_get_offsets (HostLayer layer, gint *x, gint *y)
{
  gimp_drawable_get_offsets (GIMP_DRAWABLE (layer), x, y);
}

static inline GimpImageBaseType
host_image_get_base_type (HostImage image)
{
  return gimp_image_get_base_type (image);
}

static inline HostImage
host_load (const gchar *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return gimp_file_load (GIMP_RUN_NONINTERACTIVE, file);
}

static inline const gchar *
host_get_last_error (void)
{
  return gimp_pdb_get_last_error (gimp_get_pdb ());
}

#else

typedef gint32 HostImage;
typedef gint32 HostLayer;

#  define HOST_NONE (-1)
#  define HOST_PRECISION_U16 GIMP_PRECISION_U16_GAMMA

#  define GIMP_ITEM(layer) (layer)
#  define GIMP_DRAWABLE(layer) (layer)

static inline HostLayer *
host_image_get_layers (HostImage image, guint *n)
{
  return gimp_image_get_layers (image, (gint *) n);
}

static inline HostLayer *
host_group_get_layers (HostLayer group, guint *n)
{
  return gimp_item_get_children (group, (gint *) n);
}

static inline void
host_layer_get_offsets (HostLayer layer, gint *x, gint *y)
{
  gimp_drawable_offsets (layer, x, y);
}

static inline GimpImageBaseType
host_image_get_base_type (HostImage image)
{
  return gimp_image_base_type (image);
}

static inline HostImage
host_load (const gchar *path)
{
  return gimp_file_load (GIMP_RUN_NONINTERACTIVE, path, path);
}

static inline const gchar *
host_get_last_error (void)
{
  return gimp_get_pdb_error ();
}

#endif

G_END_DECLS
