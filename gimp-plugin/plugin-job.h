/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame-set.h"
#include "plugin-options.h"
#include "scan/scan.h"

G_BEGIN_DECLS

/* What both procedures do between collecting frames and showing what was found: no image of GIMP's
 * is touched before it has succeeded. */
typedef struct
{
  HotpixFrameSet *set; /* owned; filled by the host */
  HotpixAccumulator *accumulator;
  HotpixDefects *defects;
  gchar *list; /* the defects as the ImageMagick module lists them, byte for byte */
} PluginJob;

/* The name of the parasite that keeps the list with the image. */
#define PLUGIN_PARASITE "hotpix-defects"

/* That of the one on the layers that the plug-in makes, so that it does not take them for frames. */
#define PLUGIN_RESULT_PARASITE "hotpix-result"

PluginJob *plugin_job_new (void);
void plugin_job_free (PluginJob *job);

/* Called a few times a second on the thread that runs the job.
 * words: what is being done; another string only when that changes. fraction: of the whole job.
 * Returns FALSE to stop it. */
typedef gboolean (*PluginProgress) (const gchar *words, gdouble fraction, gpointer user_data);

/* Scans the frames of job->set and fills the other members in. progress: nullable.
 * Fails as hotpix_scan() and hotpix_detect() do, in words that also name what was left out. */
gboolean plugin_job_run (PluginJob *job, const PluginOptions *options, PluginProgress progress,
                         gpointer user_data, GError **error);

/* Returns (transfer full): the name of the layer with the marks, "Hot pixels (12)". */
gchar *plugin_job_layer_name (const PluginJob *job);

/* Returns (transfer full): in a sentence or more, how many defects were found in how many frames,
 * what was left out and why, and the detector's warning if it has one. */
gchar *plugin_job_describe (const PluginJob *job);

/* Whether that is more than the numbers: something left out, or a warning. A script is told of it,
 * too. */
gboolean plugin_job_has_remarks (const PluginJob *job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PluginJob, plugin_job_free)

G_END_DECLS
