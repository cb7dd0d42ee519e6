/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/left-out.h"
#include "base/text.h"
#include "photos/display-name.h"

#include <string.h>

/* Of a kind so many are named, and not more than take so many bytes: hosts cut long messages. */
#define MOST_NAMED 10
#define MOST_NAME_BYTES 400

/* So many other cameras are listed. */
#define MOST_CAMERAS 5

/* Longer words of a reason are cut where they head a list. */
#define MOST_REASON_BYTES 300

/* Photos that are left out for one kind of reason. */
typedef struct
{
  HotpixLeftOut kind;
  const gchar *reason; /* of the first; that of all where the kind is HOTPIX_LEFT_OUT_UNREAD */
  GArray *indices;
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_array_unref (group->indices);
  g_free (group);
}

static Group *
find_group (const GPtrArray *groups, HotpixLeftOut kind, const gchar *reason)
{
  for (guint i = 0; i < groups->len; i++)
    {
      Group *group = g_ptr_array_index (groups, i);

      if (group->kind == kind
          && (kind != HOTPIX_LEFT_OUT_UNREAD || strcmp (group->reason, reason) == 0))
        return group;
    }
  return NULL;
}

/* In the order in which their first photos were given. */
static GPtrArray *
make_groups (const HotpixFrameSet *set)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);

  for (guint i = 0; i < hotpix_frame_set_get_length (set); i++)
    {
      const gchar *reason = hotpix_frame_set_get_reason (set, i);
      HotpixLeftOut kind = hotpix_frame_set_get_kind (set, i);
      Group *group;

      if (reason == NULL)
        continue;
      group = find_group (groups, kind, reason);
      if (group == NULL)
        {
          group = g_new (Group, 1);
          *group = (Group){ kind, reason, g_array_new (FALSE, FALSE, sizeof (guint)) };
          g_ptr_array_add (groups, group);
        }
      g_array_append_val (group->indices, i);
    }
  return groups;
}

static guint
index_at (const Group *group, guint i)
{
  return g_array_index (group->indices, guint, i);
}

/* Whether each name is to have its own few words. Those of cameras are told apart from the names. */
static gboolean
shows_details (const Group *group)
{
  return group->kind != HOTPIX_LEFT_OUT_CAMERA;
}

/* The first names, each with its detail, and how many more there are. */
static gchar *
list_names (const HotpixFrameSet *set, const Group *group)
{
  GString *names = g_string_new (NULL);
  guint i;

  for (i = 0; i < MIN (group->indices->len, MOST_NAMED) && names->len < MOST_NAME_BYTES; i++)
    {
      g_autofree gchar *name
          = hotpix_display_base_name (hotpix_frame_set_get_name (set, index_at (group, i)));
      const gchar *detail = hotpix_frame_set_get_detail (set, index_at (group, i));

      g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ", name);
      if (detail != NULL && shows_details (group))
        g_string_append_printf (names, " (%s)", detail);
    }
  if (i < group->indices->len)
    {
      guint n = group->indices->len - i;

      g_string_append_printf (names, ngettext (" and %u more", " and %u more", n), n);
    }
  return g_string_free (names, FALSE);
}

typedef struct
{
  const gchar *name; /* of a camera */
  guint n_photos;
} Camera;

static gint
compare_cameras (gconstpointer a, gconstpointer b)
{
  const Camera *camera_a = a, *camera_b = b;

  if (camera_a->n_photos != camera_b->n_photos)
    return camera_a->n_photos > camera_b->n_photos ? -1 : 1;
  return strcmp (camera_a->name, camera_b->name);
}

/* The cameras of a group's photos, those of most first. */
static GArray *
count_cameras (const HotpixFrameSet *set, const Group *group)
{
  GArray *cameras = g_array_new (FALSE, FALSE, sizeof (Camera));
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name, n;

  for (guint i = 0; i < group->indices->len; i++)
    {
      gpointer key = (gpointer) hotpix_frame_set_get_detail (set, index_at (group, i));
      guint before = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

      g_hash_table_insert (counts, key, GUINT_TO_POINTER (before + 1));
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &name, &n))
    {
      Camera camera = { name, GPOINTER_TO_UINT (n) };

      g_array_append_val (cameras, camera);
    }
  g_array_sort (cameras, compare_cameras);
  return cameras;
}

static gchar *
list_cameras (const GArray *cameras)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < MIN (cameras->len, MOST_CAMERAS); i++)
    {
      const Camera *camera = &g_array_index (cameras, Camera, i);

      g_string_append_printf (words, "%s%s (%u)", i == 0 ? "" : "; ", camera->name,
                              camera->n_photos);
    }
  if (cameras->len > MOST_CAMERAS)
    g_string_append (words, "; …");
  return g_string_free (words, FALSE);
}

static gchar *
describe_cameras (const HotpixFrameSet *set, const Group *group, const gchar *names)
{
  g_autoptr (GArray) cameras = count_cameras (set, group);
  g_autofree gchar *others = list_cameras (cameras);
  g_autofree gchar *body = hotpix_frame_set_describe_body (set);

  return g_strdup_printf (_ ("%u photos not by %s, but by %s: %s"), group->indices->len, body,
                          others, names);
}

/* Of two photos or more. */
static gchar *
describe_group (const HotpixFrameSet *set, const Group *group)
{
  g_autofree gchar *names = list_names (set, group);
  guint n = group->indices->len;

  switch (group->kind)
    {
    case HOTPIX_LEFT_OUT_NO_PHOTO:
      return g_strdup_printf (_ ("%u files that are no photos: %s"), n, names);
    case HOTPIX_LEFT_OUT_DAMAGED:
      return g_strdup_printf (_ ("%u photos that are damaged or cut short: %s"), n, names);
    case HOTPIX_LEFT_OUT_SIZE:
      return g_strdup_printf (_ ("%u photos of another size than most: %s"), n, names);
    case HOTPIX_LEFT_OUT_CHANNELS:
      return g_strdup_printf (_ ("each of %u photos %s: %s"), n, group->reason, names);
    case HOTPIX_LEFT_OUT_CAMERA:
      return describe_cameras (set, group, names);
    case HOTPIX_LEFT_OUT_ZOOMED:
      return g_strdup_printf (_ ("%u photos taken with digital zoom: %s"), n, names);
    case HOTPIX_LEFT_OUT_EDITED:
      return g_strdup_printf (_ ("%u photos that are not as the camera took them: %s"), n,
                              names);
    case HOTPIX_LEFT_OUT_REPEATED:
      return g_strdup_printf (_ ("%u copies of other photos: %s"), n, names);
    case HOTPIX_LEFT_OUT_COUNTED:
      return g_strdup_printf (_ ("%u of %u photos, counted before"), n,
                              hotpix_frame_set_get_length (set));
    case HOTPIX_LEFT_OUT_UNREAD:
    default:
      return g_strdup_printf (_ ("each of %u photos %.*s: %s"), n, MOST_REASON_BYTES,
                              group->reason, names);
    }
}

GPtrArray *
hotpix_left_out_describe (const HotpixFrameSet *set)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) groups = make_groups (set);

  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = g_ptr_array_index (groups, i);
      g_autofree gchar *name = NULL;

      if (group->indices->len > 1)
        {
          g_ptr_array_add (sentences, describe_group (set, group));
          continue;
        }
      name = hotpix_display_base_name (hotpix_frame_set_get_name (set, index_at (group, 0)));
      g_ptr_array_add (sentences, g_strdup_printf ("%s %s", name, group->reason));
    }
  return sentences;
}

static void
append_escaped (GString *text, const gchar *name)
{
  for (; *name != '\0'; name++)
    if (*name == '\\')
      g_string_append (text, "\\\\");
    else if (*name == '\t')
      g_string_append (text, "\\t");
    else if (*name == '\n')
      g_string_append (text, "\\n");
    else
      g_string_append_c (text, *name);
}

gchar *
hotpix_left_out_format (const HotpixFrameSet *set)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < hotpix_frame_set_get_length (set); i++)
    {
      const gchar *reason = hotpix_frame_set_get_reason (set, i);

      if (reason == NULL)
        continue;
      append_escaped (text, hotpix_frame_set_get_name (set, i));
      g_string_append_printf (text, "\t%s\n", reason);
    }
  return g_string_free (text, FALSE);
}
