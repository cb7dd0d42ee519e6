# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts in other languages, with the translations that were just built."""

import os
import re
import subprocess
import unittest

CATALOGUES = os.environ["HOTPIX_CATALOGUES"]
SHIM = os.environ["HOTPIX_CATALOGUE_SHIM"]

# Words that are in most English sentences, and in no German or Dutch one.
ENGLISH = re.compile(r"\b(the|are|cannot|and|with|needs|must|this|has|than|from)\b")


def environment(folder, name):
    """What makes a host speak the language of a locale such as de_DE, which is made in the folder:
    LANGUAGE chooses the catalogue, but in no locale that is C's."""
    language = name.split("_")[0]
    if not os.path.exists(f"{CATALOGUES}/{language}/LC_MESSAGES/hotpix.mo"):
        raise unittest.SkipTest("the translations are not built: gettext is not installed")
    folder.mkdir(exist_ok=True)
    command = ("localedef", "-i", name, "-f", "UTF-8", folder / f"{name}.UTF-8")
    try:
        subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        words = f"localedef cannot make {name}: is the package locales installed?"
        raise unittest.SkipTest(words) from error
    preload = [library for library in (os.environ.get("HOTPIX_PRELOAD"), SHIM) if library]
    return {
        "LOCPATH": str(folder),
        "LC_ALL": f"{name}.UTF-8",
        "LANGUAGE": language,
        "LD_PRELOAD": ":".join(preload),
    }
