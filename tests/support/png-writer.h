/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes PNGs of every kind that the tests need. */
typedef struct
{
  guint width;
  guint height;
  guint bits;     /* as the file has them: 1, 2, 4, 8 or 16; 0 means 8 */
  guint colours;  /* of a palette; 0 for none. They depend on nothing but their number in it */
  gboolean grey;  /* where there is no palette */
  gboolean alpha; /* as a channel of its own or, with a palette, for half of its colours */
  gboolean interlaced;
} PngRecipe;

/* A picture of noise that depends on nothing but the recipe and the seed. */
GBytes *png_writer_encode (const PngRecipe *recipe, guint32 seed);

/* What reading that must yield: packed rows as of a HotpixShape, to be freed by g_free(). */
gpointer png_writer_expect (const PngRecipe *recipe, guint32 seed, gsize *length);

/* Returns (transfer full): the file with one more chunk, before the first or, with `after`, behind the last of
 * another type. text: the chunk's data. */
GBytes *png_writer_insert (GBytes *png, const gchar *neighbour, gboolean after,
                           const gchar *type, gconstpointer data, gsize length);

/* Where a chunk's data are in the file, of the first of this type, which must be there; and how many bytes
 * they are. */
gsize png_writer_find (GBytes *png, const gchar *type, gsize *length);

/* A chunk's, of its type and its data. */
guint32 png_writer_checksum (const guint8 *data, gsize length);

G_END_DECLS
