/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libintl.h>

/* Words for users in their own language. GETTEXT_PACKAGE is set by the build. */
#define _(text) dgettext (GETTEXT_PACKAGE, text)
#define N_(text) (text)
#undef ngettext
#define ngettext(one, many, n) dngettext (GETTEXT_PACKAGE, one, many, n)
