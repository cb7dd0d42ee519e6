/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-frame.h"

G_BEGIN_DECLS

/* The steps of evidence as evidence-kernel-private.h defines them, one sample at a time. */

/* ring: eight samples, which are sorted. white: 255 or 65535. */
gint evidence_reference_steps (guint sample, guint *ring, guint white);

/* Of a sample of a made-up frame; 0 where the frame is too small for rings. */
gint evidence_reference_of_frame (const FakeFrame *frame, guint x, guint y, guint channel);

G_END_DECLS
