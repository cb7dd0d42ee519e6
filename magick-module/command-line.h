/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "magick-compat.h"
#include "photos/frame-set.h"

G_BEGIN_DECLS

/* What the command that ImageMagick runs says before -process, where the system tells it (by
 * /proc): a module is handed images, but not what was lost or left undone on their way.
 *
 *   g_autoptr (CommandLine) line = command_line_new ();
 *   const gchar *option = command_line_get_operator (line);
 */
typedef struct CommandLine CommandLine;

/* Returns (transfer full), or NULL where the system does not tell it or there is no -process in it.
 * The functions below take NULL, and then know of nothing. */
CommandLine *command_line_new (void);

void command_line_free (CommandLine *line);

/* The first option before -process that works on samples, as in "-crop", or NULL. Such options do
 * nothing to pinged images, and ImageMagick does not say so. Owned by the line. */
const gchar *command_line_get_operator (const CommandLine *line);

/* Whether `-limit thread` stands before -process. */
gboolean command_line_limits_threads (const CommandLine *line);

/* ImageMagick 6 drops photos that it cannot read, or for which its resource limits leave no room,
 * without a word to a module: a result over seven of eighty photos would look like any other. Adds
 * the photos that the command names and that are not among the images to the set, left out.
 * Nothing is added where the command may have dropped images itself (-delete, parentheses, a second
 * -process and the like), nor in ImageMagick 7, which stops at the first photo that it cannot read. */
void command_line_add_missing (const CommandLine *line, HotpixFrameSet *set,
                               const Image *images);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CommandLine, command_line_free)

G_END_DECLS
