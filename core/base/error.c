/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

/* Not G_DEFINE_QUARK, whose lazy static is a data race between threads that fail at once. */
GQuark
hotpix_error_quark (void)
{
  return g_quark_from_static_string ("hotpix-error-quark");
}
