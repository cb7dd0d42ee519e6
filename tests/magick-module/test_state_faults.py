# SPDX-License-Identifier: GPL-3.0-or-later
"""What can befall a state: damage, a full disk, no permission, an end in the middle. Nothing is lost, and
no sum is wrong."""

import random
import shutil
import subprocess
import time
import unittest

import host
import tap

HOST = host.Host()
SIZE = ("--width=96", "--height=64")

setUpModule = HOST.require
tearDownModule = HOST.close


class StateFaults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sources = cls.enterClassContext(host.scratch())
        cls.photos = host.simulate(cls.sources / "photos", *SIZE, "--frames=6")

    def setUp(self):
        self.folder = self.enterContext(host.scratch())
        self.state = self.folder / "state.fits"

    def run_on(self, photos, words="", **keywords):
        given = ["-ping", *photos] if photos else ["xc:"]
        process = f"hotpix state={self.state} {words}"
        return HOST.run(*given, "-process", process, "null:", **keywords)

    def begin(self, name="state.fits", photos=None):
        """A state of the first photos, and what is in it."""
        self.state = self.folder / name
        run = self.run_on(photos or self.photos[:4])
        self.assertEqual((run.status, run.messages), (0, ""))
        return self.state.read_bytes()

    def assert_refused(self, run, *words):
        self.assertEqual(run.status, 1, run.messages)
        for word in (str(self.state), *words):
            self.assertIn(word, run.messages)

    def assert_nothing_beside(self):
        self.assertEqual([path.name for path in self.folder.iterdir()], [self.state.name])

    def test_cut_short(self):
        for name in ("state.fits", "state.fits.fz"):
            whole = self.begin(name)
            for part in range(16):
                cut = whole[: len(whole) * part // 16]
                self.state.write_bytes(cut)
                self.assert_refused(self.run_on([]))
                self.assert_refused(self.run_on(self.photos[4:]))
                self.assertEqual(self.state.read_bytes(), cut)
            self.state.unlink()

    def test_flipped_bits(self):
        """Several at a time are tried by the core's own test; these go through the command."""
        whole = self.begin()
        chance = random.Random(18)
        for _ in range(30):
            place, bit = chance.randrange(len(whole)), chance.randrange(8)
            damaged = bytearray(whole)
            damaged[place] ^= 1 << bit
            self.state.write_bytes(damaged)
            self.assert_refused(self.run_on([]))

    def test_what_is_no_state(self):
        self.begin()
        for name, content, words in (
            ("photo.fits", self.photos[0].read_bytes(), "is no FITS file"),
            ("text.fits", b"SIMPLE words\n" * 1000, "is no FITS file"),
            ("empty.fits", b"", "is empty"),
        ):
            self.state = self.folder / name
            self.state.write_bytes(content)
            self.assert_refused(self.run_on(self.photos), words)
            self.assertEqual(self.state.read_bytes(), content)
        self.state = self.folder
        self.assert_refused(self.run_on(self.photos), "is a folder")

    def test_a_fits_file_of_others(self):
        self.state = self.folder / "other.fits"
        done = subprocess.run([HOST.command, "rose:", str(self.state)], check=False)
        if done.returncode != 0 or not self.state.exists():
            self.skipTest("this ImageMagick writes no FITS files")
        before = self.state.read_bytes()
        self.assert_refused(self.run_on(self.photos))
        self.assertEqual(self.state.read_bytes(), before)

    def test_a_disk_that_fills(self):
        whole = self.begin()
        for most in (0, 1, 2880, 50000, len(whole) - 1):
            run = self.run_on(self.photos[4:], preexec=host.bytes_to_files(most))
            self.assert_refused(run, "cannot be written: File too large")
            self.assertEqual(self.state.read_bytes(), whole)
            self.assert_nothing_beside()
        self.assertEqual(self.run_on(self.photos[4:]).messages, "")

    def mount(self, *options):
        """A small file system of its own."""
        place = self.folder / "small"
        place.mkdir()
        words = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", place]
        if subprocess.run(words, capture_output=True, check=False).returncode != 0:
            self.skipTest("mounting a file system needs root")
        self.addCleanup(subprocess.run, ["umount", place], check=True)
        return place

    def test_a_small_file_system(self):
        place = self.mount("size=900k")
        for name in ("small/state.fits", "small/state.fits.fz"):
            whole = self.begin(name)
            (place / "filler").write_bytes(bytes(shutil.disk_usage(place).free - len(whole) // 2))
            run = self.run_on(self.photos[4:])
            self.assert_refused(run, "cannot be written: No space left on device")
            self.assertEqual(self.state.read_bytes(), whole)
            self.assertEqual({path.name for path in place.iterdir()}, {"filler", self.state.name})
            self.state.unlink()
            (place / "filler").unlink()

    def test_no_permission(self):
        place = self.mount("size=900k")
        whole = self.begin("small/state.fits")
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        run = self.run_on(self.photos[4:])
        self.assert_refused(run, "cannot be changed: Read-only file system")
        self.assertEqual(self.state.read_bytes(), whole)
        self.assertEqual(self.run_on([]).status, 0)

    def test_a_run_that_is_killed(self):
        """At any time: the state is the old one or the new one."""
        photos = host.simulate(self.folder / "photos", "--width=1200", "--height=800", "--frames=4")
        new = self.begin("new.fits", photos)
        old = self.begin("old.fits", photos[:2])
        self.state = self.folder / "state.fits"
        process = f"hotpix state={self.state}"
        command = [HOST.command, "-ping", *photos, "-process", process, "null:"]
        ends = set()
        for attempt in range(40):
            self.state.write_bytes(old)
            with subprocess.Popen(
                command, env=HOST.environment(), stderr=subprocess.DEVNULL
            ) as process:
                time.sleep(0.01 * attempt)
                process.kill()
            content = self.state.read_bytes()
            self.assertIn(content, (old, new))
            ends.add(content == new)
        beside = {path.name for path in self.folder.glob("state.fits*")}
        self.assertLessEqual(beside, {"state.fits", "state.fits.lock"})
        self.assertEqual(self.run_on(photos).status, 0)
        self.assertEqual(self.state.read_bytes(), new)


if __name__ == "__main__":
    tap.main()
