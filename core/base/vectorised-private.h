/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Before a kernel: a loop of plain C that the compiler makes vectors of. Where the build sets it
 * (core/meson.build), each kernel is compiled once for each level of the processor's vectors and the
 * loader takes the best that the processor has; a test compiles each level by itself. A kernel that is
 * measured to gain nothing by it does without. */
#ifndef HOTPIX_VECTORISED
#  define HOTPIX_VECTORISED
#endif
