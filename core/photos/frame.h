/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/buffer-pool.h"
#include "base/shape.h"
#include "photos/exif.h"

G_BEGIN_DECLS

/* One photo that yields its rows from the top down. The core has its own for JPEG files
 * (jpeg-frame.h); a host makes others by embedding a HotpixFrame as its struct's first member:
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
   * else their files tell. Called where the fingerprints of two agree. Returns (transfer full), or
   * NULL where the photo cannot be read. */
  gchar *(*digest) (HotpixFrame *frame);
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

  /* Whether only the thread that runs the scan may open and read it: hosts whose images know no
   * other threads. Frames without it are read on all cores at once. */
  gboolean host_thread_only;
};

/* Frees frame->name, frame->exif and then, by its class, the frame. NULL-safe. */
void hotpix_frame_free (HotpixFrame *frame);

/* The body that took it, owned by the frame; NULL when that is not told. */
const HotpixCamera *hotpix_frame_get_camera (const HotpixFrame *frame);

/* A fingerprint of these bytes; 0 of none. */
guint64 hotpix_frame_fingerprint (gconstpointer bytes, gsize length);

/* For frames whose rows cost little to read, as those of what a host holds in memory: a fingerprint of
 * the first row, 0 where it cannot be read; and a digest of all rows, as the class may have. The frame is
 * opened and closed. */
guint64 hotpix_frame_fingerprint_row (HotpixFrame *frame);
gchar *hotpix_frame_digest_rows (HotpixFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixFrame, hotpix_frame_free)

G_END_DECLS
