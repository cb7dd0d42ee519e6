/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "magick-compat.h"

G_BEGIN_DECLS

/* ImageMagick's command, read from /proc: ImageMagick hands a module its images, but does not say what was
 * lost or ignored on their way, nor what becomes of the result.
 *
 *   g_autoptr (CommandLine) line = command_line_new ();
 *   const gchar *option = command_line_get_operator (line);
 */
typedef struct CommandLine CommandLine;

/* Returns (transfer full), or NULL without /proc or without -process in the command. The functions
 * below accept NULL, and then report nothing, and that the picture is looked at. */
CommandLine *command_line_new (void);

void command_line_free (CommandLine *line);

/* The first option before -process that works on samples, as in "-crop", or NULL. Such options
 * have no effect on pinged images, and ImageMagick does not say so. Owned by the line. */
const gchar *command_line_get_operator (const CommandLine *line);

/* What the words behind -process look at, each more than the one before. */
typedef enum
{
  COMMAND_LINE_SEES_NOTHING,    /* the output is null: and nothing is printed */
  COMMAND_LINE_SEES_PROPERTIES, /* nothing but hotpix's own is printed */
  COMMAND_LINE_SEES_PICTURE,    /* anything else, and wherever that is not known */
} CommandLineSight;

CommandLineSight command_line_get_sight (const CommandLine *line);

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
