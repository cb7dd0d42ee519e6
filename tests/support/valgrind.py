# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands under valgrind: what it found of hotpix, and not what hosts and libraries keep to their end."""

import pathlib
import re
import shutil

IS_HERE = shutil.which("valgrind") is not None

_OPTIONS = (
    "--quiet",
    "--leak-check=full",
    "--show-leak-kinds=definite",
    "--num-callers=40",
    "--child-silent-after-fork=yes",
)


def prefix(log):
    """What to put before a command; log: a file to be."""
    return ["valgrind", *_OPTIONS, f"--log-file={log}"]


def findings(log, names, others=()):
    """The findings with one of these files in their call stacks: of the sources where the build has
    their lines, else of what was built. Not those below functions of others."""
    ours = re.compile(r"\((?:in \S*/)?(" + "|".join(map(re.escape, names)) + r")(:\d+)?\)")
    theirs = re.compile(
        r": (" + "|".join(map(re.escape, others)) + r") \(" if others else r"(?!)"
    )
    text = re.sub(r"^==\d+== ?", "", pathlib.Path(log).read_text(), flags=re.MULTILINE)
    parts = re.split(r"\n\s*\n", text)
    return [part for part in parts if ours.search(part) and not theirs.search(part)]
