# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine for one test: processes, a network and a temporary folder that are gone when it ends, however
it ends, and that nobody else sees."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

INSIDE = "HOTPIX_PRIVATE_MACHINE"
# An empty folder on most systems, and one that servers write to.
SCRATCH, RUN = "/mnt", "/run"
# Beside the loopback's own address, without which names are not looked up.
ADDRESS = "10.77.0.1"
# unshare ignores the signal that ends a test; the one that follows kills it, and with it the first of the
# processes inside, and so all.
UNSHARE = [
    *("unshare", "--mount", "--pid", "--net", "--uts", "--ipc"),
    *("--fork", "--kill-child", "--mount-proc"),
]


def find_obstacle(programs):
    """Why there can be no such machine here, or None."""
    missing = [name for name in ("unshare", "ip", *programs) if shutil.which(name) is None]
    if missing:
        return f"{', '.join(missing)} missing: tools/install-deps --clusters"
    if subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode != 0:
        return "this system does not let a test have processes and a network of its own"
    return None


def require(*programs):
    """For setUpModule()."""
    if INSIDE not in os.environ:
        raise unittest.SkipTest(find_obstacle(programs))


def enter(*programs):
    """Goes on in such a machine, if there can be one. To be called first, with the programs that the test
    needs."""
    # Where servers are, which users do not start.
    os.environ["PATH"] += ":/usr/local/sbin:/usr/sbin:/sbin"
    if INSIDE not in os.environ:
        if find_obstacle(programs) is None:
            os.environ[INSIDE] = "yes"
            os.execvp(UNSHARE[0], [*UNSHARE, sys.executable, *sys.argv])
        return
    for command in (
        ["mount", "-t", "tmpfs", "scratch", SCRATCH],
        ["mount", "-t", "tmpfs", "run", RUN],
        ["hostname", "localhost"],
        ["ip", "link", "set", "lo", "up"],
        ["ip", "address", "add", f"{ADDRESS}/32", "dev", "lo"],
    ):
        subprocess.run(command, check=True)
    tempfile.tempdir = SCRATCH
