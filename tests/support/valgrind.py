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


def wrap(program, script, log):
    """For a program that a host starts, such as a plug-in: a script to be put in its place."""
    words = " ".join(f"'{word}'" for word in (*prefix(log), program))
    script.write_text(f'#!/bin/sh\nexec {words} "$@"\n')
    script.chmod(0o755)


def findings(log, names):
    """The findings with one of these files in their call stacks: of the sources where the build has
    their lines, else of what was built."""
    ours = re.compile(r"\((?:in \S*/)?(" + "|".join(map(re.escape, names)) + r")(:\d+)?\)")
    text = re.sub(r"^==\d+== ?", "", pathlib.Path(log).read_text(), flags=re.MULTILINE)
    return [part for part in re.split(r"\n\s*\n", text) if ours.search(part)]
