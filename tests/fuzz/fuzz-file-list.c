/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of paths, as a file and on standard input, and anything else as a pattern. */
#include "base/error.h"
#include "fuzz-target.h"
#include "photos/file-list.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Lines with something in them, the carriage return before a line's end not counted. */
static guint
count_lines (const gchar *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (gchar **line = lines; *line != NULL; line++)
    n += **line != '\0' && strcmp (*line, "\r") != 0;
  return n;
}

static void
check_list (const uint8_t *data, size_t size, const gchar *specification, FILE *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = hotpix_file_list_expand (specification, input, &error);
  g_autofree gchar *text = g_strndup ((const gchar *) data, size);

  if (paths == NULL)
    {
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
      g_assert_true (memchr (data, '\0', size) != NULL || count_lines (text) == 0);
      return;
    }
  g_assert_null (memchr (data, '\0', size));
  g_assert_cmpuint (paths->len, ==, count_lines (text));
  for (guint i = 0; i < paths->len; i++)
    {
      g_assert_cmpuint (strlen (paths->pdata[i]), >, 0);
      g_assert_null (strchr (paths->pdata[i], '\n'));
    }
}

/* Within the current folder, so that no pattern walks through a system. */
static void
check_pattern (const uint8_t *data, size_t size)
{
  g_autofree gchar *pattern = g_strndup ((const gchar *) data, MIN (size, 200));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = NULL;

  if (strpbrk (pattern, "/~.@") != NULL)
    return;
  paths = hotpix_file_list_expand (pattern, NULL, &error);
  if (paths == NULL)
    g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
  else
    g_assert_cmpuint (paths->len, >=, 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const uint8_t nothing[] = "";
  g_autofree gchar *path = NULL, *specification = NULL;
  FILE *input;
  int file;

  data = size > 0 ? data : nothing;
  path = fuzz_target_memory_file (data, size, &file);
  specification = g_strconcat ("@", path, NULL);
  check_list (data, size, specification, NULL);
  input = fopen (path, "rbe");
  check_list (data, size, "@-", input);
  fclose (input);
  close (file);
  check_pattern (data, size);
  return 0;
}

void
fuzz_target_make_seeds (FuzzSeed seed, gpointer user_data)
{
  seed ("unix", "one.jpg\nt w o.jpg\n\xc3\xbc.jpg\n", 24, user_data);
  seed ("dos", "one.jpg\r\n\r\ntwo.jpg\r\n", 20, user_data);
  seed ("no-end", "/a/b/c.jpg\n\n\nlast.jpg", 21, user_data);
  seed ("binary", "a\0b\n", 4, user_data);
  seed ("pattern", "[!a]*{x,y}?\\", 12, user_data);
}
