/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What each fuzz target defines. Linked with libFuzzer it is a fuzzer; linked with replay.c it is
 * a test that runs its own seeds and mutations of them, with any compiler. */

/* libFuzzer's own name and form: runs one input, and aborts where something is wrong. Returns 0. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Takes one seed of the corpus; `name` is a file's name. */
typedef void (*FuzzSeed) (const gchar *name, gconstpointer data, gsize length,
                          gpointer user_data);

/* Hands every seed over. They are made anew each time: no corpus is kept beside the sources. */
void fuzz_target_make_seeds (FuzzSeed seed, gpointer user_data);

/* A file in memory with these bytes. Its path, to be freed by g_free(), holds until the
 * descriptor, *file, is closed. */
gchar *fuzz_target_memory_file (gconstpointer data, gsize length, int *file);

G_END_DECLS
