/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a container, or a group of processes that a scheduler made, may use: the least of the limits
 * of this process's control group and of those around it, by version 2 of Linux's control groups
 * and by version 1. docs.kernel.org/admin-guide/cgroup-v2.html and cgroup-v1/ define the files.
 *
 *   if (hotpix_container_limits_memory ("/") < length)
 *     give_up ();
 *
 * root: "/", or where a test has laid out proc/self/cgroup and sys/fs/cgroup/. Groups are expected
 * where distributions mount them, in /sys/fs/cgroup. */

/* Bytes of memory, or G_MAXUINT64 where no limit is set. */
guint64 hotpix_container_limits_memory (const gchar *root);

/* How many of these bytes are still unused, or G_MAXUINT64. Pages of files that the kernel can drop
 * count as unused. */
guint64 hotpix_container_limits_free_memory (const gchar *root);

/* How many processors' worth of time, rounded up, or G_MAXUINT for no limit. */
guint hotpix_container_limits_processors (const gchar *root);

G_END_DECLS
