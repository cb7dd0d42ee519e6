/* SPDX-License-Identifier: GPL-3.0-or-later */

/* To be loaded before the C library (LD_PRELOAD): hotpix looks for its translations where it was
 * installed, but its tests are for those that were just built, in HOTPIX_CATALOGUES. */
#include <dlfcn.h>
#include <libintl.h>
#include <stdlib.h>
#include <string.h>

typedef char *(*Bind) (const char *domain, const char *folder);

#undef bindtextdomain
char *
bindtextdomain (const char *domain, const char *folder)
{
  Bind bind = (Bind) dlsym (RTLD_NEXT, "bindtextdomain");
  const char *built = getenv ("HOTPIX_CATALOGUES");

  if (built != NULL && folder != NULL && strcmp (domain, "hotpix") == 0)
    folder = built;
  return bind (domain, folder);
}
