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
typedef GimpDrawable *HostDrawable;
typedef GimpItem *HostItem;
typedef GimpChannel *HostChannel;

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

/* The layer that the user works on, the first of several; HOST_NONE where there is none. */
static inline HostLayer
host_image_get_active_layer (HostImage image)
{
  g_autofree HostLayer *layers = gimp_image_get_selected_layers (image);

  return layers != NULL ? layers[0] : HOST_NONE;
}

static inline void
host_image_set_active_layer (HostImage image, HostLayer layer)
{
  const GimpLayer *layers[] = { layer, NULL };

  gimp_image_set_selected_layers (image, layers);
}

static inline HostLayer
host_group_new (HostImage image, const gchar *name)
{
  return GIMP_LAYER (gimp_group_layer_new (image, name));
}

/* A channel of the image's size, whose pixels are not set yet. */
static inline HostChannel
host_channel_new (HostImage image)
{
  GeglColor *black = gegl_color_new ("black");
  HostChannel channel = gimp_channel_new (image, "hotpix", gimp_image_get_width (image),
                                          gimp_image_get_height (image), 100, black);

  g_object_unref (black);
  return channel;
}

/* Names an image that was never saved. */
static inline void
host_image_set_path (HostImage image, const gchar *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  gimp_image_set_file (image, file);
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

/* Returns (transfer container): n of them. */
static inline HostImage *
host_get_images (guint *n)
{
  GimpImage **images = gimp_get_images ();

  for (*n = 0; images[*n] != NULL;)
    ++*n;
  return images;
}

/* GIMP's number of it. */
static inline gint
host_image_get_id (HostImage image)
{
  return gimp_image_get_id (image);
}

/* Returns (transfer full): where the image was loaded from; NULL where that is not told. */
static inline gchar *
host_image_get_path (HostImage image)
{
  GFile *file = gimp_image_get_imported_file (image);

  if (file == NULL)
    file = gimp_image_get_file (image);
  return file != NULL ? g_file_get_path (file) : NULL;
}

static inline HostDrawable
host_image_get_selection (HostImage image)
{
  return GIMP_DRAWABLE (gimp_image_get_selection (image));
}

static inline gboolean
host_item_is_layer (HostItem item)
{
  return GIMP_IS_LAYER (item);
}

static inline HostLayer
host_drawable_to_layer (HostDrawable layer)
{
  return GIMP_LAYER (layer);
}

static inline HostLayer
host_item_get_parent (HostItem item)
{
  return (HostLayer) gimp_item_get_parent (item);
}

/* Borrowed, of that length. */
static inline const gchar *
host_parasite_get_data (const GimpParasite *parasite, guint32 *length)
{
  return gimp_parasite_get_data (parasite, length);
}

#else

typedef gint32 HostImage;
typedef gint32 HostLayer;
typedef gint32 HostDrawable;
typedef gint32 HostItem;
typedef gint32 HostChannel;

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

static inline HostLayer
host_image_get_active_layer (HostImage image)
{
  return gimp_image_get_active_layer (image);
}

static inline void
host_image_set_active_layer (HostImage image, HostLayer layer)
{
  gimp_image_set_active_layer (image, layer);
}

static inline HostLayer
host_group_new (HostImage image, const gchar *name)
{
  HostLayer group = gimp_layer_group_new (image);

  gimp_item_set_name (group, name);
  return group;
}

static inline HostChannel
host_channel_new (HostImage image)
{
  const GimpRGB black = { 0, 0, 0, 1 };

  return gimp_channel_new (image, "hotpix", gimp_image_width (image), gimp_image_height (image),
                           100, &black);
}

static inline void
host_image_set_path (HostImage image, const gchar *path)
{
  gimp_image_set_filename (image, path);
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

static inline HostImage *
host_get_images (guint *n)
{
  return gimp_image_list ((gint *) n);
}

static inline gint
host_image_get_id (HostImage image)
{
  return image;
}

static inline gchar *
host_image_get_path (HostImage image)
{
  g_autofree gchar *imported = gimp_image_get_imported_uri (image);
  g_autofree gchar *uri = imported != NULL ? NULL : gimp_image_get_uri (image);

  if (imported != NULL)
    return g_filename_from_uri (imported, NULL, NULL);
  return uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
}

static inline HostDrawable
host_image_get_selection (HostImage image)
{
  return gimp_image_get_selection (image);
}

static inline gboolean
host_item_is_layer (HostItem item)
{
  return gimp_item_is_layer (item);
}

static inline HostLayer
host_drawable_to_layer (HostDrawable layer)
{
  return layer;
}

static inline HostLayer
host_item_get_parent (HostItem item)
{
  return gimp_item_get_parent (item);
}

static inline const gchar *
host_parasite_get_data (const GimpParasite *parasite, guint32 *length)
{
  *length = (guint32) gimp_parasite_data_size (parasite);
  return gimp_parasite_data (parasite);
}

#endif

G_END_DECLS
