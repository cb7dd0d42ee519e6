/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/cholesky-private.h"

#include <math.h>

gdouble
hotpix_cholesky_factorise (gdouble *matrix, guint n, guint stride)
{
  gdouble log_determinant = 0;

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k <= i; k++)
      {
        gdouble sum = matrix[i * stride + k];

        for (guint j = 0; j < k; j++)
          sum -= matrix[i * stride + j] * matrix[k * stride + j];
        if (i == k)
          {
            sum = sqrt (MAX (sum, 1e-12));
            log_determinant += 2 * log (sum);
            matrix[i * stride + i] = sum;
          }
        else
          matrix[i * stride + k] = matrix[k * stride + i] = sum / matrix[k * stride + k];
      }
  return log_determinant;
}

void
hotpix_cholesky_solve (const gdouble *factor, guint n, guint stride, gdouble *x)
{
  for (guint i = 0; i < n; i++)
    {
      for (guint k = 0; k < i; k++)
        x[i] -= factor[i * stride + k] * x[k];
      x[i] /= factor[i * stride + i];
    }
  for (guint i = n; i-- > 0;)
    {
      for (guint k = i + 1; k < n; k++)
        x[i] -= factor[i * stride + k] * x[k];
      x[i] /= factor[i * stride + i];
    }
}
