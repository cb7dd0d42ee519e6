# SPDX-License-Identifier: GPL-3.0-or-later
"""One run from end to end under valgrind: good photos, damaged ones, the defects and their list."""

import pathlib
import unittest

import host
import oracle
import tap
import valgrind

HOST = host.Host()
ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = [path for folder in ("core", "magick-module") for path in (ROOT / folder).rglob("*.c")]
FILES = [host.MODULE.name, *(path.name for path in SOURCES)]


setUpModule = HOST.require
tearDownModule = HOST.close


@unittest.skipUnless(valgrind.IS_HERE, "valgrind is not installed")
@unittest.skipIf(host.SANITIZER, "the address sanitizer looks for the same")
class UnderValgrind(unittest.TestCase):
    def test_nothing_is_lost_or_misread(self):
        with host.scratch() as folder:
            size = ("--width=160", "--height=120", "--quality=95")
            photos = host.simulate(folder / "photos", *size, "--frames=8", "--defects=5")
            cut = folder / "cut.JPG"
            cut.write_bytes(photos[0].read_bytes()[:3000])
            log, image = folder / "valgrind.log", folder / "out.pnm"
            words = (
                *valgrind.prefix(log)[1:],
                HOST.command,
                "-ping",
                *photos,
                "-process",
                f"hotpix files={cut} threads=2 threshold=0.25 list={folder}/hot.json format=json",
                "-depth",
                "16",
                image,
            )
            run = HOST.run(*words, command="valgrind")
            self.assertEqual(run.status, 0, run.messages)
            self.assertIn(f"left out: {cut.name} is damaged", run.messages)
            expected = 4 * oracle.variance_of(oracle.Files(photos))
            distance = oracle.largest_distance(oracle.read_pnm(image.read_bytes()), expected)
            self.assertLessEqual(distance, 1)
            self.assertEqual(valgrind.findings(log, FILES), [])

    def test_it_would_be_noticed(self):
        """A log as valgrind writes it, of a leak in the core and of one elsewhere."""
        with host.scratch() as folder:
            log = folder / "valgrind.log"
            log.write_text(
                "==7== 8 bytes in 1 blocks are definitely lost in loss record 1 of 2\n"
                "==7==    at 0x48: malloc (vg_replace_malloc.c:381)\n"
                "==7==    by 0x49: frame_new (jpeg-frame.c:12)\n"
                "==7== \n"
                "==7== 9 bytes in 1 blocks are definitely lost in loss record 2 of 2\n"
                "==7==    by 0x50: AcquireImage (image.c:7)\n"
                "==7== \n"
                "==7== Invalid read of size 1\n"
                f"==7==    at 0x51: read_row (in /build/{host.MODULE.name})\n"
            )
            found = valgrind.findings(log, FILES)
            self.assertEqual(len(found), 2)
            self.assertIn("8 bytes", found[0])


if __name__ == "__main__":
    tap.main()
