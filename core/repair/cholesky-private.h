/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Linear equations with a symmetric positive matrix, by Cholesky's factor of it. Rows of matrices are
 * `stride` apart. */

/* Replaces the matrix, of which the lower triangle is read, by its factor, with the factor's transpose
 * in the upper triangle. Returns the logarithm of the determinant. */
gdouble hotpix_cholesky_factorise (gdouble *matrix, guint n, guint stride);

/* x: the right side, replaced by the solution. */
void hotpix_cholesky_solve (const gdouble *factor, guint n, guint stride, gdouble *x);

G_END_DECLS
