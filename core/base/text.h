/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include <libintl.h>

G_BEGIN_DECLS

/* What users read, in their own language: messages, labels, warnings. Lists, image properties and
 * the words of arguments are read by programs, and are the same in every language.
 *
 *   g_set_error (&error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("is empty"));
 *   text = g_strdup_printf (ngettext ("%u photo", "%u photos", n), n);
 *
 * A sentence is one string, never put together from parts, and a number in it has its plural by
 * ngettext(). The macros take string constants, in which xgettext expands no macro of GLib's such
 * as G_GSIZE_FORMAT, and return strings that live as long as the program. */

#define HOTPIX_TEXT_DOMAIN "hotpix"

/* The text in the user's language. */
#define _(text) g_dgettext (HOTPIX_TEXT_DOMAIN, text)

/* Marks a text in a table; whoever shows it calls _() with it. */
#define N_(text) (text)

/* The text for n things. */
#undef ngettext
#define ngettext(one, many, n) g_dngettext (HOTPIX_TEXT_DOMAIN, one, many, n)

/* For messages: so many bytes in MiB, rounded up. */
static inline guint
hotpix_text_mib (gsize bytes)
{
  return (guint) ((bytes >> 20) + 1);
}

/* Says where the translations were installed. A host calls this once, or each time that it is
 * entered, before anything else of the core's. The process's locale stays as the host has set it:
 * where it is C's, as in a program that sets none, every text is English.
 *
 * codeset: of the texts, as in "UTF-8"; NULL for the locale's own, for a terminal.
 * Returns the folder. */
const gchar *hotpix_text_bind (const gchar *codeset);

G_END_DECLS
