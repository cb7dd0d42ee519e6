/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/buffer-pool.h"
#include "base/shape.h"
#include "photos/exif.h"

G_BEGIN_DECLS

/* One photo that yields its rows from the top down. The core has its own for JPEG files
 * and PNG files (jpeg-frame.h, png-frame.h); a host makes others by embedding a HotpixFrame as its struct's first member:
 *
 *   typedef struct { HotpixFrame frame; HostImage *image; } HostFrame;
 *   static const HotpixFrameClass host_frame_class
 *       = { host_open, host_read, host_rewind, host_close, host_free };
 *
 * A frame is used by one thread at a time: opened, read, closed. Between, it holds no more than
 * its description, so that a set can have thousands. */
typedef struct HotpixFrame HotpixFrame;

typedef struct
{
  /* Gets ready to yield row 0. Fails with a GError and leaves the frame closed. */
  gboolean (*open) (HotpixFrame *frame, GError **error);

  /* Yields the next n_rows rows into `rows`: n_rows x hotpix_shape_row_bytes() bytes, packed as
   * shape.h says. No more rows are asked for than the frame has. With the last row it must have
   * seen the whole photo: damage behind it is an error of this call. After a failure `rows` is
   * undefined and only rewind or close may follow. */
  gboolean (*read) (HotpixFrame *frame, guint n_rows, gpointer rows, GError **error);

  /* Starts again at row 0. Rows that were yielded once must come out the same: the scan takes
   * back by them what a frame that fails half-way has added. */
  gboolean (*rewind) (HotpixFrame *frame, GError **error);

  /* Lets go of what open took. */
  void (*close) (HotpixFrame *frame);

  /* Frees the members of the struct that embeds the frame, and the struct. */
  void (*free) (HotpixFrame *frame);

  /* Nullable. Of a frame that is not open, what only photos of the same image data share, whatever
   * else their files tell: XXH3's 128 bits as 32 hexadecimal digits. Called by
   * hotpix_frame_get_digest(). Returns (transfer full), or NULL where the photo cannot be read. */
  gchar *(*digest) (HotpixFrame *frame);

  /* Nullable. Passes over the next n_rows rows, no more than are left, for less than reading them costs;
   * those after them come out the same. Damage in these rows may be passed over, too. Fails as
   * read does. */
  gboolean (*skip) (HotpixFrame *frame, guint n_rows, GError **error);
} HotpixFrameClass;

struct HotpixFrame
{
  const HotpixFrameClass *frame_class;
  gchar *name;       /* owned; what a message calls the photo, in the file system's encoding */
  HotpixShape shape; /* what read yields */
  HotpixExif *exif;  /* owned, nullable: nothing is told */
  gsize working_bytes; /* about what open takes until close, rows not counted */

  /* What open may take memory from until close, set by whoever opens the frame. Borrowed, nullable. */
  HotpixBufferPool *pool;

  /* Of a part of the image data that costs nothing to look at: photos in which it differs are not the
   * same. 0 where there is none. */
  guint64 fingerprint;

  /* Owned, nullable; what hotpix_frame_get_digest() returns, once it is known. */
  gchar *digest;

  /* Set by whoever will ask for the digest: a frame whose open has the whole photo at hand then sets it
   * there, which saves reading the file again. */
  gboolean wants_digest;

  /* Whether only the thread that runs the scan may open and read it: hosts whose images know no
   * other threads. Frames without it are read on all cores at once. */
  gboolean host_thread_only;
};

/* Frees frame->name, frame->exif, frame->digest and then, by its class, the frame. NULL-safe. */
void hotpix_frame_free (HotpixFrame *frame);

/* Passes over the next n_rows rows of an open frame, no more than are left: as frame_class->skip, or
 * by reading them. Fails as either does, and with HOTPIX_ERROR_MEMORY. */
gboolean hotpix_frame_skip (HotpixFrame *frame, guint n_rows, GError **error);

/* The body that took it, owned by the frame; NULL when that is not told. */
const HotpixCamera *hotpix_frame_get_camera (const HotpixFrame *frame);

/* How it was shot, owned by the frame; hotpix_shot_unknown where that is not told. */
const HotpixShot *hotpix_frame_get_shot (const HotpixFrame *frame);

/* What only photos of the same image data share, as HotpixFrameClass's digest, owned by the frame: of a
 * JPEG or PNG from its compressed image data, of another file from all its bytes, of samples in a host's memory
 * from these in the machine's byte order, with their shape. Of a frame that is not open. Returns NULL where
 * the photo cannot be read or its class has no digest. */
const gchar *hotpix_frame_get_digest (HotpixFrame *frame);

/* A fingerprint of these bytes; 0 of none. */
guint64 hotpix_frame_fingerprint (gconstpointer bytes, gsize length);

/* For frames whose rows cost little to read, as those of what a host holds in memory: a fingerprint of
 * the first row, 0 where it cannot be read; and a digest of all rows, as the class may have. The frame is
 * opened and closed. */
guint64 hotpix_frame_fingerprint_row (HotpixFrame *frame);
gchar *hotpix_frame_digest_rows (HotpixFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixFrame, hotpix_frame_free)

G_END_DECLS
