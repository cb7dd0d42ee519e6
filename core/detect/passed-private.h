/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detect/candidate-private.h"

G_BEGIN_DECLS

/* The candidates that have passed, to be found by place. */
typedef struct HotpixPassed HotpixPassed;

/* Returns (transfer full), or NULL with HOTPIX_ERROR_MEMORY. */
HotpixPassed *hotpix_passed_new (const HotpixShape *shape, GError **error);

/* NULL-safe. */
void hotpix_passed_free (HotpixPassed *passed);

/* Fails with HOTPIX_ERROR_MEMORY. candidate: copied. */
gboolean hotpix_passed_add (HotpixPassed *passed, const HotpixCandidate *candidate,
                            GError **error);

guint hotpix_passed_get_length (const HotpixPassed *passed);

/* In the order in which they were added. Owned by `passed`, and valid until more are added. */
const HotpixCandidate *hotpix_passed_get (const HotpixPassed *passed, guint i);

/* i: as in hotpix_passed_get(). Returns TRUE to end the visit. */
typedef gboolean (*HotpixPassedVisit) (guint i, const HotpixCandidate *candidate,
                                       gpointer user_data);

/* Visits those that are at most `reach` pixels from (x, y), across and down. Returns whether a call
 * returned TRUE, after which there are no more. */
gboolean hotpix_passed_visit (const HotpixPassed *passed, guint x, guint y, guint reach,
                              HotpixPassedVisit visit, gpointer user_data);

/* Whether one is at (x, y), or at most `reach` pixels beside, above or below. */
gboolean hotpix_passed_is_near (const HotpixPassed *passed, guint x, guint y, guint reach);

/* Whether the candidate is the echo of a stronger one that has passed: a JPEG rings inside its
 * blocks. */
gboolean hotpix_passed_echoes (const HotpixPassed *passed, const HotpixCandidate *candidate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixPassed, hotpix_passed_free)

G_END_DECLS
