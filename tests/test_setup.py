# SPDX-License-Identifier: GPL-3.0-or-later
"""What `meson setup` says where something is missing, on a system of made-up libraries."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import tap

ROOT = pathlib.Path(__file__).resolve().parents[1]
MESON = os.environ["HOTPIX_MESON"].split()
LIBRARIES = (
    "glib-2.0",
    "libjpeg",
    "libpng",
    "libexif",
    "cfitsio",
    "libxxhash",
    "sqlite3",
    "json-glib-1.0",
)


class Setup(unittest.TestCase):
    def setup(self, libraries, *options):
        """What is said where the system has these alone; it must fail."""
        with tempfile.TemporaryDirectory() as folder:
            for name in libraries:
                text = f"Name: {name}\nDescription: made up\nVersion: 99\n"
                pathlib.Path(folder, f"{name}.pc").write_text(text)
            done = subprocess.run(
                [*MESON, "setup", f"{folder}/build", ROOT, *options],
                env=dict(os.environ, PKG_CONFIG_LIBDIR=folder, PKG_CONFIG_PATH=""),
                capture_output=True,
                text=True,
                check=False,
            )
            self.assertNotEqual(done.returncode, 0)
            return done.stdout + done.stderr

    def test_missing_libraries_are_named_with_their_packages(self):
        said = self.setup(LIBRARIES[:3])
        missing = "libexif, cfitsio, libxxhash, sqlite3 >= 3.37, json-glib-1.0"
        self.assertIn(f"these are missing: {missing}:", said)
        for words in (
            "apt install libexif-dev libcfitsio-dev libxxhash-dev libsqlite3-dev libjson-glib-dev",
            "dnf install libexif-devel cfitsio-devel xxhash-devel sqlite-devel json-glib-devel",
            "pacman -S libexif cfitsio xxhash sqlite json-glib",
            "brew install libexif cfitsio xxhash sqlite json-glib",
        ):
            self.assertIn(words, said)

    def test_without_a_host_it_says_what_to_install(self):
        said = self.setup(LIBRARIES)
        self.assertIn("there is no program to build hotpix for", said)
        for package in ("libmagickcore-dev", "libgimp-3.0-dev", "ImageMagick-devel", "gimp-devel"):
            self.assertIn(package, said)

    def test_a_host_that_is_asked_for_must_be_there(self):
        for option, package, other in (
            ("magick", "libmagickcore-dev", "libgimp-3.0-dev"),
            ("gimp", "libgimp-3.0-dev", "libmagickcore-dev"),
        ):
            said = self.setup(LIBRARIES, f"-D{option}=enabled")
            self.assertIn(package, said)
            self.assertNotIn(other, said)

    def test_the_headers_of_its_pixels_alone_are_no_gimp(self):
        self.assertIn(
            "GIMP's development files", self.setup([*LIBRARIES, "gegl-0.4"], "-Dgimp=enabled")
        )


if __name__ == "__main__":
    tap.main()
