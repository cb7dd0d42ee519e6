/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

const gchar *
hotpix_text_bind (const gchar *codeset)
{
  bindtextdomain (HOTPIX_TEXT_DOMAIN, HOTPIX_CATALOGUES);
  if (codeset != NULL)
    bind_textdomain_codeset (HOTPIX_TEXT_DOMAIN, codeset);
  return HOTPIX_CATALOGUES;
}
