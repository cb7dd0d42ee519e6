# SPDX-License-Identifier: GPL-3.0-or-later
"""The man page says what the reference says, and both know the arguments that the module knows."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import tap

ROOT = pathlib.Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs/reference.md"
ARGUMENTS = ROOT / "magick-module/arguments.c"


class ManPage(unittest.TestCase):
    def make(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder, "hotpix.7")
            command = [sys.executable, ROOT / "docs/make_man.py", REFERENCE, "1.2.3", page]
            subprocess.run(command, check=True)
            return page.read_text(encoding="utf-8")

    def test_reference_and_page_know_each_argument(self):
        table = re.search(
            r"^static const Argument known.*?^};", ARGUMENTS.read_text(), re.DOTALL | re.MULTILINE
        )
        keys = re.findall(r'^  \{ "([a-z]+)",', table[0], re.MULTILINE)
        self.assertGreaterEqual(len(keys), 9)
        section = REFERENCE.read_text(encoding="utf-8").split("\n## ")[1]
        listed = re.findall(r"^\| `([a-z]+)=` \|", section, re.MULTILINE)
        self.assertEqual(sorted(listed), sorted(keys))
        page = self.make()
        for key in keys:
            self.assertIn(f".TP\n\\fB{key}=\\fR\n", page)

    @unittest.skipUnless(shutil.which("groff"), "groff is not installed")
    def test_it_is_a_page_without_a_warning(self):
        done = subprocess.run(
            ["groff", "-man", "-ww", "-Kutf8", "-Tutf8", "-z"],
            input=self.make(),
            capture_output=True,
            text=True,
            check=True,
        )
        self.assertEqual(done.stderr, "")


if __name__ == "__main__":
    tap.main()
