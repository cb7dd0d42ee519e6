/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch-folder.h"

#include <ftw.h>
#include <stdio.h>

gchar *
scratch_folder_new (void)
{
  gchar *folder = g_dir_make_tmp ("hotpix-test-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return folder;
}

static int
remove_entry (const char *path, const struct stat *status, int type, struct FTW *where)
{
  return remove (path);
}

void
scratch_folder_remove (gchar *folder)
{
  g_assert_cmpint (nftw (folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS), ==, 0);
  g_free (folder);
}
