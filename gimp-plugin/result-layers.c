/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result-layers.h"

#include <string.h>

#define PARASITE "hotpix-result"

/* What the parasite says of those that stay. */
#define KEPT "kept"

void
result_layers_tag (HostLayer layer, ResultLayer kind)
{
  const gchar *words = kind == RESULT_LAYER_KEPT ? KEPT : "found";
  GimpParasite *parasite = gimp_parasite_new (PARASITE, GIMP_PARASITE_PERSISTENT,
                                              (guint32) strlen (words) + 1, words);

  gimp_item_attach_parasite (GIMP_ITEM (layer), parasite);
  gimp_parasite_free (parasite);
}

static gboolean
find_tag (HostLayer layer, ResultLayer *kind)
{
  GimpParasite *parasite = gimp_item_get_parasite (GIMP_ITEM (layer), PARASITE);
  const gchar *words;
  guint32 length;

  if (parasite == NULL)
    return FALSE;
  words = host_parasite_get_data (parasite, &length);
  *kind = length == sizeof KEPT && memcmp (words, KEPT, length) == 0 ? RESULT_LAYER_KEPT
                                                                     : RESULT_LAYER_FOUND;
  gimp_parasite_free (parasite);
  return TRUE;
}

gboolean
result_layers_is_one (HostLayer layer)
{
  ResultLayer kind;

  return find_tag (layer, &kind);
}

gboolean
result_layers_has_any (HostImage image)
{
  guint n;
  g_autofree HostLayer *layers = host_image_get_layers (image, &n);

  for (guint i = 0; i < n; i++)
    if (result_layers_is_one (layers[i]))
      return TRUE;
  return FALSE;
}

void
result_layers_remove_found (HostImage image)
{
  guint n;
  g_autofree HostLayer *layers = host_image_get_layers (image, &n);

  for (guint i = 0; i < n; i++)
    {
      ResultLayer kind;

      if (find_tag (layers[i], &kind) && kind == RESULT_LAYER_FOUND)
        gimp_image_remove_layer (image, layers[i]);
    }
}

static void
visit_layers (const HostLayer *layers, guint n, gboolean hidden, ResultLayersVisit visit,
              gpointer user_data)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree HostLayer *inner = NULL;
      guint n_inner;

      if (result_layers_is_one (layers[i]) || gimp_layer_is_floating_sel (layers[i])
          || (!hidden && !gimp_item_get_visible (GIMP_ITEM (layers[i]))))
        continue;
      if (!gimp_item_is_group (GIMP_ITEM (layers[i])))
        {
          visit (layers[i], user_data);
          continue;
        }
      inner = host_group_get_layers (layers[i], &n_inner);
      visit_layers (inner, n_inner, hidden, visit, user_data);
    }
}

void
result_layers_visit_photos (HostImage image, gboolean hidden, ResultLayersVisit visit,
                            gpointer user_data)
{
  guint n;
  g_autofree HostLayer *layers = host_image_get_layers (image, &n);

  visit_layers (layers, n, hidden, visit, user_data);
}

static void
count (HostLayer layer, gpointer n)
{
  ++*(guint *) n;
}

guint
result_layers_count_photos (HostImage image, gboolean hidden)
{
  guint n = 0;

  result_layers_visit_photos (image, hidden, count, &n);
  return n;
}

static void
keep_first (HostLayer layer, gpointer first)
{
  HostLayer *kept = first;

  if (*kept == HOST_NONE)
    *kept = layer;
}

HostLayer
result_layers_find_photo (HostImage image)
{
  HostLayer layer = host_image_get_active_layer (image);

  if (layer != HOST_NONE && !result_layers_is_one (layer)
      && !gimp_item_is_group (GIMP_ITEM (layer)) && !gimp_layer_is_floating_sel (layer))
    return layer;
  layer = HOST_NONE;
  result_layers_visit_photos (image, TRUE, keep_first, &layer);
  return layer;
}
