/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "state/state.h"

G_BEGIN_DECLS

/* Keeps two runs from changing one file at once: the second waits until the first is done, or has died. A
 * file beside it, named after it with ".lock", is there meanwhile. What only reads needs no lock, for
 * the file is replaced as a whole. */
typedef struct HotpixStateLock HotpixStateLock;

/* wait: nullable.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_WRITE (no file can be made there) or
 * HOTPIX_ERROR_CANCELLED. */
HotpixStateLock *hotpix_state_lock_new (const gchar *path, HotpixStateWait wait,
                                        gpointer user_data, GError **error);

/* Lets the next run go on. NULL-safe. */
void hotpix_state_lock_free (HotpixStateLock *lock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixStateLock, hotpix_state_lock_free)

G_END_DECLS
