/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "photos/frame.h"

G_BEGIN_DECLS

/* A frame with made-up samples that fails where a test wants it to. */
typedef struct
{
  HotpixFrame frame;
  guint32 seed;
  gboolean fail_to_open;
  guint opens_left;  /* it cannot be opened more often; G_MAXUINT for any number */
  guint fail_at_row; /* reading this row fails; G_MAXUINT for never */
  gboolean fail_to_rewind;
  HotpixError code;        /* of a failure to open or read */
  HotpixError rewind_code; /* of a failure to rewind */
  gulong read_time;        /* that each call of read takes at least, in microseconds */
  guint next_row;
  gboolean is_open;
} FakeFrame;

/* Returns (transfer full): a frame of random samples, HOTPIX_ERROR_DAMAGED where it is made to
 * fail. Its fields may be set until it is used. */
FakeFrame *fake_frame_new (const HotpixShape *shape, guint32 seed);

/* The sample that it yields, the same for every call. */
guint fake_frame_sample (const FakeFrame *self, guint x, guint y, guint channel);

G_END_DECLS
