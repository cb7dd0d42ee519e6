# SPDX-License-Identifier: GPL-3.0-or-later
"""The ImageMagick under test: its command with the module that was just built, and nothing else."""

import contextlib
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

ABI = os.environ["HOTPIX_ABI"]  # such as MagickCore-7.Q16HDRI
MODULE = pathlib.Path(os.environ["HOTPIX_MODULE"])
LIBRARY_FILE = pathlib.Path(os.environ["HOTPIX_LIBRARY_FILE"])
SIMULATE_PHOTOS = os.environ["HOTPIX_SIMULATE_PHOTOS"]
PHOTOS = pathlib.Path(os.environ["HOTPIX_SHARED_PHOTOS"])
SANITIZER = os.environ.get("HOTPIX_PRELOAD")  # the address sanitizer's library, or ""

VERSION = int(ABI.split("-")[1][0])
HDRI = ABI.endswith("HDRI")


def version_words(command):
    """The first line of `command -version` and its features, or "" where it is no such command."""
    try:
        done = subprocess.run(
            [command, "-version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout


def is_command_of(command, version, hdri):
    words = version_words(command)
    return f"ImageMagick {version}." in words and " Q16" in words and ("HDRI" in words) == hdri


def find_command(version=VERSION, hdri=HDRI):
    """ImageMagick's command of this version and kind of quantum, or None."""
    stem = "magick" if version == 7 else "convert"
    suffix = "q16hdri" if hdri else "q16"
    for name in (f"{stem}-im{version}.{suffix}", stem):
        if shutil.which(name) and is_command_of(name, version, hdri):
            return name
    return None


def read_left_out(path):
    """What left-out= has written: the reasons by the photos' names."""
    lines = path.read_text(errors="surrogateescape").splitlines()
    return dict(line.split("\t") for line in lines)


class Run:
    """What a command did."""

    def __init__(self, status, output, messages):
        self.status = status
        self.output = output
        self.messages = messages


class Host:
    def __init__(self):
        self.command = find_command()
        self._folder = tempfile.TemporaryDirectory(prefix="hotpix-host-")
        self.modules = pathlib.Path(self._folder.name)
        # The library file names the folder that it will be installed to, where an older build may be.
        text = LIBRARY_FILE.read_text()
        lines = [line for line in text.splitlines() if not line.startswith("libdir=")]
        (self.modules / "hotpix.la").write_text("\n".join(lines + ["libdir=''", ""]))
        (self.modules / MODULE.name).symlink_to(MODULE.resolve())

    def require(self):
        if self.command is None:
            raise unittest.SkipTest(f"no command of {ABI} is installed")

    def close(self):
        self._folder.cleanup()

    def environment(self):
        environment = dict(
            os.environ,
            MAGICK_CODER_FILTER_PATH=str(self.modules),
            MAGICK_FILTER_MODULE_PATH=str(self.modules),
            LC_ALL="C.UTF-8",
            LANGUAGE="",
        )
        if SANITIZER:
            # ImageMagick keeps some memory to its end; the core's own tests look for leaks.
            environment["LD_PRELOAD"] = SANITIZER
            environment["ASAN_OPTIONS"] = "detect_leaks=0:allocator_may_return_null=1"
        return environment

    def run(self, *words, cwd=None, stdin=None, command=None, preexec=None, environment=None):
        """Runs the command with the words, all as strings. stdin: bytes. environment: beside its
        own."""
        done = subprocess.run(
            [command or self.command, *map(str, words)],
            input=stdin or b"",
            capture_output=True,
            cwd=cwd,
            env={**self.environment(), **(environment or {})},
            preexec_fn=preexec,
            timeout=600,
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr.decode(errors="replace"))

    def measure(self, *words):
        """What the command writes, and the most memory that it takes, in bytes. A small process starts it
        and looks, for a child counts the memory of the process that it was forked from."""
        watch = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
            "print(f'\\n{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}', end='')"
        )
        done = subprocess.run(
            [sys.executable, "-S", "-c", watch, self.command, *map(str, words)],
            capture_output=True,
            # meson has the C library fill what nobody may ever use.
            env={**self.environment(), "MALLOC_PERTURB_": "0"},
            check=True,
        )
        output, _, peak = done.stdout.rpartition(b"\n")
        return output, int(peak) * 1024


@contextlib.contextmanager
def scratch():
    """A folder to write in, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="hotpix-test-") as folder:
        yield pathlib.Path(folder)


def bytes_to_files(most):
    """For a child: no file grows beyond that, as on a disk that is full."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return limit


def simulate(folder, *options):
    """Photos of the simulated camera in the folder, sorted."""
    subprocess.run([SIMULATE_PHOTOS, *map(str, options), str(folder)], check=True)
    return sorted(folder.glob("*.JPG"))
