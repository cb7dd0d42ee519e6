/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Before a kernel: a loop of plain C that the compiler makes vectors of. The loader takes the copy that
 * suits the processor: by AVX-512 (x86-64-v4), by AVX2, or by what every x86-64 has. A kernel that is
 * measured to gain nothing by it does without.
 *
 * The sanitizers are not ready yet when the loader chooses, and other compilers name the
 * architectures otherwise. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)  \
    && __GNUC__ >= 12 && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#  define HOTPIX_VECTORISED                                                                    \
    __attribute__ ((target_clones ("arch=x86-64-v4", "avx2", "default")))
#else
#  define HOTPIX_VECTORISED
#endif
