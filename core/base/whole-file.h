/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <time.h>

G_BEGIN_DECLS

/* A file that is there whole or not at all. It has no name until it is written (or, where the system has
 * no nameless files, another one beside), so an interrupt or a full disk leaves what was there, and
 * nothing beside it.
 *
 *   HotpixWholeFile how = { .overwrite = TRUE };
 *   if (hotpix_whole_file_write ("hot.tsv", text, length, &how) != 0)
 *     give_up ();
 */
typedef struct
{
  guint mode; /* permission bits; 0 for those that the user's mask leaves a new file */
  const struct timespec
      *times;         /* nullable; of access and of change, as futimens() takes them */
  gboolean overwrite; /* replace an old file; else it is an error, EEXIST */
  gboolean flush;     /* wait until the bytes are on the disk */
} HotpixWholeFile;

/* Makes what will be the file.
 * place: the path of an empty file to write to, which is not the one that it will have; it is there for
 * the call only, and is not to be replaced.
 * Returns 0, or an errno. */
typedef gint (*HotpixWholeFileMaker) (const gchar *place, gpointer user_data);

/* path: no link is followed; it is replaced as any file is.
 * Returns 0, or the errno of what failed. */
gint hotpix_whole_file_write (const gchar *path, gconstpointer data, gsize length,
                              const HotpixWholeFile *how);

/* The same by a function, for what is larger than memory or is written by a library. */
gint hotpix_whole_file_make (const gchar *path, HotpixWholeFileMaker maker, gpointer user_data,
                             const HotpixWholeFile *how);

G_END_DECLS
