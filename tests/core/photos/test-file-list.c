/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/file-list.h"
#include "scratch-folder.h"

#include <glib/gstdio.h>
#include <string.h>

static gchar *folder;

static gchar *
path_of (const gchar *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
write_file (const gchar *name, const gchar *text)
{
  g_autofree gchar *path = path_of (name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_expands (const gchar *specification, FILE *input, const gchar *const *names)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = hotpix_file_list_expand (specification, input, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (paths->len, ==, g_strv_length ((gchar **) names));
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree gchar *base = g_path_get_basename (paths->pdata[i]);

      g_assert_cmpstr (base, ==, names[i]);
    }
}

static void
assert_refused (const gchar *specification, FILE *input, gint code, const gchar *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hotpix_file_list_expand (specification, input, &error));
  g_assert_error (error, HOTPIX_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_patterns (void)
{
  g_autofree gchar *pattern = path_of ("IMG_*.JPG"), *none = path_of ("none*.JPG");
  g_autofree gchar *literal = path_of ("a[1].jpg"), *blank = path_of ("a b'\"%d:.jpg");
  g_autofree gchar *missing = path_of ("missing.jpg");

  write_file ("IMG_2.JPG", "x");
  write_file ("IMG_10.JPG", "x");
  write_file ("IMG_1.JPG", "x");
  write_file ("a1.jpg", "x");
  write_file ("a[1].jpg", "x");
  write_file ("a b'\"%d:.jpg", "x");
  assert_expands (pattern, NULL,
                  (const gchar *[]){ "IMG_1.JPG", "IMG_10.JPG", "IMG_2.JPG", NULL });
  assert_expands (literal, NULL, (const gchar *[]){ "a[1].jpg", NULL });
  assert_expands (blank, NULL, (const gchar *[]){ "a b'\"%d:.jpg", NULL });
  assert_expands (missing, NULL, (const gchar *[]){ "missing.jpg", NULL });
  assert_refused (none, NULL, HOTPIX_ERROR_ARGUMENT, "none*.JPG");
}

static void
test_lists (void)
{
  g_autofree gchar *list = path_of ("list.txt"), *at_list = g_strconcat ("@", list, NULL);
  const gchar *names[] = { "one.jpg", "t w o.jpg", "three.jpg", NULL };
  FILE *input;

  write_file ("list.txt", "one.jpg\r\n\n  \nt w o.jpg\nthree.jpg");
  assert_expands (at_list, NULL,
                  (const gchar *[]){ "one.jpg", "  ", "t w o.jpg", "three.jpg", NULL });
  write_file ("list.txt", "\none.jpg\r\n\r\nx/t w o.jpg\nthree.jpg\n");
  assert_expands (at_list, NULL, names);
  input = g_fopen (list, "rb");
  assert_expands ("@-", input, names);
  fclose (input);
}

static void
test_bad_lists (void)
{
  g_autofree gchar *empty = path_of ("empty.txt"), *at_empty = g_strconcat ("@", empty, NULL);
  g_autofree gchar *binary = path_of ("binary.txt"),
                   *at_binary = g_strconcat ("@", binary, NULL);
  g_autofree gchar *at_folder = g_strconcat ("@", folder, NULL);

  write_file ("empty.txt", "\n\n");
  g_assert_true (g_file_set_contents (binary, "a\0b\n", 4, NULL));
  assert_refused (at_empty, NULL, HOTPIX_ERROR_ARGUMENT, "names no files");
  assert_refused (at_binary, NULL, HOTPIX_ERROR_ARGUMENT, "is not text");
  assert_refused (at_folder, NULL, HOTPIX_ERROR_READ, "cannot read the list");
  assert_refused ("@", NULL, HOTPIX_ERROR_ARGUMENT, "@ needs the name of a list");
  assert_refused ("@/nowhere/list.txt", NULL, HOTPIX_ERROR_READ, "/nowhere/list.txt");
  assert_refused ("@-", NULL, HOTPIX_ERROR_READ, "standard input");
}

int
main (int argc, char **argv)
{
  gint status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  g_test_add_func ("/file-list/patterns-are-sorted-and-a-name-comes-before-a-pattern",
                   test_patterns);
  g_test_add_func ("/file-list/a-list-has-one-path-a-line", test_lists);
  g_test_add_func ("/file-list/a-bad-list-is-named", test_bad_lists);
  status = g_test_run ();
  scratch_folder_remove (folder);
  return status;
}
