/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Stands before a kernel: a loop of plain C that the compiler vectorises. Where the build sets it
 * (core/meson.build), each kernel is compiled once for each level of vector instructions, and the
 * loader picks the best that the processor has; a test compiles each level alone. Kernels that gain
 * nothing from it by measurement do without. */
#ifndef HOTPIX_VECTORISED
#  define HOTPIX_VECTORISED
#endif
