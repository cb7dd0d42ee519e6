/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/file-list.h"
#include "base/text.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <glob.h>
#include <string.h>

/* A longer file is no list of paths. */
#define MAX_LIST_BYTES ((gsize) 64 << 20)

static GString *
read_all (FILE *stream, const gchar *name, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gchar part[4096];
  gsize n;

  while ((n = fread (part, 1, sizeof part, stream)) > 0)
    {
      g_string_append_len (text, part, (gssize) n);
      if (text->len > MAX_LIST_BYTES)
        {
          g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
                       _ ("the list %s is longer than %u MiB"), name,
                       (guint) (MAX_LIST_BYTES >> 20));
          return NULL;
        }
    }
  if (ferror (stream))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("cannot read the list %s: %s"),
                   name, g_strerror (errno));
      return NULL;
    }
  return g_steal_pointer (&text);
}

static GString *
read_list (const gchar *name, FILE *standard_input, GError **error)
{
  FILE *stream;
  GString *text;

  if (strcmp (name, "-") == 0)
    {
      if (standard_input != NULL)
        return read_all (standard_input, _ ("on standard input"), error);
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
                   _ ("cannot read @-: there is no standard input"));
      return NULL;
    }
  stream = g_fopen (name, "rbe");
  if (stream == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("cannot open the list %s: %s"),
                   name, g_strerror (errno));
      return NULL;
    }
  text = read_all (stream, name, error);
  fclose (stream);
  return text;
}

static GPtrArray *
expand_list (const gchar *name, FILE *standard_input, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = NULL;

  if (*name == '\0')
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("@ needs the name of a list after it, or - for standard input"));
      return NULL;
    }
  text = read_list (name, standard_input, error);
  if (text == NULL)
    return NULL;
  if (memchr (text->str, '\0', text->len) != NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("the list @%s is not text: write one photo on each line"), name);
      return NULL;
    }
  for (gchar *line = text->str; line != NULL;)
    {
      gchar *end = strchr (line, '\n');
      gsize length = end != NULL ? (gsize) (end - line) : strlen (line);

      if (length > 0 && line[length - 1] == '\r')
        length--;
      if (length > 0)
        g_ptr_array_add (paths, g_strndup (line, length));
      line = end != NULL ? end + 1 : NULL;
    }
  if (paths->len > 0)
    return g_steal_pointer (&paths);
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT, _ ("the list @%s names no files"),
               name);
  return NULL;
}

static GPtrArray *
expand_pattern (const gchar *pattern, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  glob_t matches = { 0 };
  /* A plain name stands for itself even without such a file: opening it will fail with a message. */
  gint result = glob (pattern, GLOB_TILDE | GLOB_NOMAGIC, NULL, &matches);

  for (gsize i = 0; result == 0 && i < matches.gl_pathc; i++)
    g_ptr_array_add (paths, g_strdup (matches.gl_pathv[i]));
  globfree (&matches);
  if (paths->len > 0)
    return g_steal_pointer (&paths);
  if (result == GLOB_NOSPACE)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                 _ ("not enough memory for all the files that match %s"), pattern);
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT, _ ("no files match %s"), pattern);
  return NULL;
}

GPtrArray *
hotpix_file_list_expand (const gchar *specification, FILE *standard_input, GError **error)
{
  g_autoptr (GPtrArray) paths = NULL;
  GStatBuf status;

  if (g_lstat (specification, &status) != 0)
    return specification[0] == '@' ? expand_list (specification + 1, standard_input, error)
                                   : expand_pattern (specification, error);
  paths = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (paths, g_strdup (specification));
  return g_steal_pointer (&paths);
}
