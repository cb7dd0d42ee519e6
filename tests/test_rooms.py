# SPDX-License-Identifier: GPL-3.0-or-later
"""How the sources include each other: data flows one way through the rooms of the core."""

import re
import unittest
from pathlib import Path

import tap

ROOT = Path(__file__).resolve().parents[1]
CORE = ROOT / "core"
HOSTS = ("magick-module", "gimp-plugin")
INCLUDE = re.compile(r'^#\s*include "([^"]+)"', re.MULTILINE)
# From the ground up.
ROOMS = re.findall(r"^subdir\('([^']+)'\)", (CORE / "meson.build").read_text(), re.MULTILINE)


def includes(folder):
    """Each source below the folder, with what it includes of this project."""
    for path in sorted(folder.rglob("*.[ch]")):
        for name in INCLUDE.findall(path.read_text()):
            yield path, name


def level(room):
    """What stands beside the rooms is above them all."""
    return ROOMS.index(room) if room in ROOMS else len(ROOMS)


class Rooms(unittest.TestCase):
    def test_every_room_is_listed(self):
        self.assertEqual({path.name for path in CORE.iterdir() if path.is_dir()}, set(ROOMS))

    def test_no_include_points_up(self):
        arrows = [
            (path.relative_to(CORE).parts[0], name.split("/")[0], f"{path} includes {name}")
            for path, name in includes(CORE)
        ]
        self.assertGreater(len(arrows), 50)
        self.assertEqual([words for here, there, words in arrows if level(there) > level(here)], [])

    def test_the_core_includes_nothing_of_a_host(self):
        wrong = [f"{path} includes {name}" for path, name in includes(CORE) if not (CORE / name).exists()]
        self.assertEqual(wrong, [])

    def test_hosts_include_public_headers_only(self):
        used = [(path, name) for host in HOSTS for path, name in includes(ROOT / host)]
        self.assertTrue(any((CORE / name).exists() for _, name in used))
        self.assertEqual(
            [f"{path} includes {name}" for path, name in used if name.endswith("-private.h")], []
        )


if __name__ == "__main__":
    tap.main()
