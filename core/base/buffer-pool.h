/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory that is used again and again: a scan opens photo after photo, and the pages of what the
 * system has just taken back and given again cost more than what is written there.
 *
 *   g_autoptr (HotpixBufferPool) pool = hotpix_buffer_pool_new ();
 *   guint8 *buffer = hotpix_buffer_pool_take (pool, length);
 *   hotpix_buffer_pool_give_back (pool, buffer);
 *
 * A pool holds no more than was taken from it at the same time. Any thread may call these at any
 * time; a buffer may be given back by another thread than the one that took it. */
typedef struct HotpixBufferPool HotpixBufferPool;

/* Empty. Returns (transfer full). */
HotpixBufferPool *hotpix_buffer_pool_new (void);

/* Frees what was given back; all that was taken must have been. NULL-safe. */
void hotpix_buffer_pool_free (HotpixBufferPool *pool);

/* At least n_bytes, aligned for any type, with whatever is in them; NULL where the system refuses
 * them. pool: nullable; the memory is then the system's own. */
gpointer hotpix_buffer_pool_take (HotpixBufferPool *pool, gsize n_bytes);

/* buffer: from the same pool, or from none where that is NULL; NULL-safe. */
void hotpix_buffer_pool_give_back (HotpixBufferPool *pool, gpointer buffer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixBufferPool, hotpix_buffer_pool_free)

G_END_DECLS
