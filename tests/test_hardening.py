# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed is built as distributions ask for it: see meson.build."""

import os
import pathlib
import shutil
import subprocess
import unittest

import tap

BINARIES = [pathlib.Path(path) for path in os.environ["HOTPIX_BINARIES"].split(":")]


def read(option, path):
    return subprocess.run(
        ["readelf", "--wide", option, path], capture_output=True, text=True, check=True
    ).stdout


@unittest.skipUnless(shutil.which("readelf"), "readelf is not installed")
class Hardening(unittest.TestCase):
    def test_addresses_cannot_be_told_and_are_not_written_to(self):
        for path in BINARIES:
            with self.subTest(path.name):
                self.assertIn("DYN (", read("--file-header", path))
                self.assertIn("GNU_RELRO", read("--program-headers", path))
                self.assertRegex(read("--dynamic", path), r"BIND_NOW|\bNOW\b")

    def test_the_stack_is_not_executable(self):
        for path in BINARIES:
            with self.subTest(path.name):
                stack = [
                    line
                    for line in read("--program-headers", path).splitlines()
                    if "GNU_STACK" in line
                ]
                self.assertEqual(len(stack), 1)
                self.assertNotIn("E", stack[0].split()[6])

    def test_writing_beyond_a_buffer_is_noticed(self):
        for path in BINARIES:
            with self.subTest(path.name):
                self.assertIn("__stack_chk_fail", read("--dyn-syms", path))


if __name__ == "__main__":
    tap.main()
