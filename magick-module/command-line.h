/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "magick-compat.h"

G_BEGIN_DECLS

/* The part of ImageMagick's command before -process, read from /proc: ImageMagick hands a module its
 * images, but does not say what was lost or ignored on their way.
 *
 *   g_autoptr (CommandLine) line = command_line_new ();
 *   const gchar *option = command_line_get_operator (line);
 */
typedef struct CommandLine CommandLine;

/* Returns (transfer full), or NULL without /proc or without -process in the command. The functions
 * below accept NULL, and then report nothing. */
CommandLine *command_line_new (void);

void command_line_free (CommandLine *line);

/* The first option before -process that works on samples, as in "-crop", or NULL. Such options
 * have no effect on pinged images, and ImageMagick does not say so. Owned by the line. */
const gchar *command_line_get_operator (const CommandLine *line);

/* Whether `-limit thread` stands before -process. */
gboolean command_line_limits_threads (const CommandLine *line);

/* ImageMagick 6 drops photos that it cannot read, or for which its resource limits leave no room,
 * and says nothing to a module: a result from seven of eighty photos would look like any other.
 * Returns (transfer full): the photos that the command names but ImageMagick did not hand over, an array
 * of const gchar * that the line owns. It is empty where the command itself may have dropped images
 * (-delete, parentheses, a second -process and the like), and in ImageMagick 7, which stops at the first
 * photo that it cannot read. */
GPtrArray *command_line_list_missing (const CommandLine *line, const Image *images);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CommandLine, command_line_free)

G_END_DECLS
