/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include <libintl.h>

G_BEGIN_DECLS

/* Texts for users in their own language: messages, labels, warnings. Lists, image properties and the
 * words of arguments are for programs, too, and are the same in every language.
 *
 *   g_set_error (&error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("is empty"));
 *   text = g_strdup_printf (ngettext ("%u photo", "%u photos", n), n);
 *
 * A sentence is one string, and a count in it goes through ngettext(). The macros take string
 * constants without macros of GLib's such as G_GSIZE_FORMAT, which xgettext does not expand. They
 * return strings that live as long as the program. */

#define HOTPIX_TEXT_DOMAIN "hotpix"

/* The text in the user's language. */
#define _(text) g_dgettext (HOTPIX_TEXT_DOMAIN, text)

/* Marks a text in a table; _() translates it when it is shown. */
#define N_(text) (text)

/* The text for n things. */
#undef ngettext
#define ngettext(one, many, n) g_dngettext (HOTPIX_TEXT_DOMAIN, one, many, n)

/* Bytes in MiB for messages, rounded up. */
static inline guint
hotpix_text_mib (gsize bytes)
{
  return (guint) ((bytes >> 20) + 1);
}

/* Tells gettext where the translations are installed. A host calls this first, at each entry or once.
 * The process's locale stays as the host has set it; in the C locale, which is that of a program
 * that sets none, all texts are English.
 *
 * codeset: of the texts, as in "UTF-8"; NULL for the locale's own, for a terminal.
 * Returns the folder of the translations. */
const gchar *hotpix_text_bind (const gchar *codeset);

G_END_DECLS
