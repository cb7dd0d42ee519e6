/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"

#include <stdio.h>

G_BEGIN_DECLS

/* Turns what a user writes for many files into their paths: a file's own name, a shell pattern
 * (IMG_*.JPG, with ~ for the home folder), or @LIST, the name of a text file with one path a line; @-
 * reads that list from `standard_input`. A file of exactly that name comes before a pattern:
 * "a[1].jpg" is itself where it exists, and a name without a pattern always. Lines may end in CR LF;
 * empty ones are skipped; paths are literal, relative to the current folder.
 *
 *   g_autoptr (GPtrArray) paths = hotpix_file_list_expand ("IMG_*.JPG", stdin, &error);
 *
 * This does not check whether the files can be read.
 *
 * standard_input: nullable; a stream for @-.
 * Returns (transfer full): an array of gchar *, at least one, with a free function set;
 * patterns give their matches in the locale's order. NULL with HOTPIX_ERROR_ARGUMENT (nothing
 * matches, an empty list), HOTPIX_ERROR_READ (the list cannot be read) or HOTPIX_ERROR_MEMORY; all
 * name the specification. */
GPtrArray *hotpix_file_list_expand (const gchar *specification, FILE *standard_input,
                                    GError **error);

G_END_DECLS
