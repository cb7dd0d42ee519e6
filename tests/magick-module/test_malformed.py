# SPDX-License-Identifier: GPL-3.0-or-later
"""Malformed JPEGs in sets of 50 with good photos between them: every run ends, each photo is counted
or named, the good ones always count, and the sums are exactly those of what was counted.

HOTPIX_MALFORMED=5000 says how many; they are the same in every run."""

import os
import unittest

import host
import malformed
import oracle
import tap

HOST = host.Host()
COUNT = int(os.environ.get("HOTPIX_MALFORMED", "300" if host.SANITIZER else "1000"))


setUpModule = HOST.require
tearDownModule = HOST.close


class Malformed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(host.scratch())
        size = ("--width=96", "--height=64")
        cls.good = host.simulate(cls.folder / "good", *size, "--frames=8")
        photos = host.simulate(cls.folder / "seeds", *size, "--frames=9", "--serial=0001")
        cls.seeds = malformed.seeds(photos)
        cls.left_out = cls.folder / "left-out.tsv"
        # What is malformed in its header alone is the same photo again.
        cls.options = f"count-again=yes left-out={cls.left_out}"

    def make_set(self, number):
        return malformed.make_set(self.folder / f"set-{number}", number, self.seeds, self.good)

    def pictures(self, paths):
        """By a list: mean and variance of the paths' photos as written, and those that counted."""
        names = "\n".join(map(str, paths)).encode()
        pictures = []
        for picture in ("mean", "variance"):
            options = f"files=@- threads=2 image={picture} {self.options}"
            words = ("xc:", "-process", f"hotpix {options}")
            run = HOST.run(*words, "-depth", "16", "pnm:-", stdin=names)
            self.assertEqual(run.status, 0, run.messages)
            pictures.append(run.output)
        return pictures, self.counted(paths)

    def counted(self, paths):
        left_out = host.read_left_out(self.left_out)
        return [path for path in paths if str(path) not in left_out]

    def test_listed(self):
        n_counted = n_left_out = 0
        for number in range(COUNT // malformed.SET):
            paths = self.make_set(number)
            pictures, counted = self.pictures(paths)
            with self.subTest(set=number):
                self.assertLessEqual(set(self.good), set(counted))
                self.assertEqual(pictures, self.pictures(counted)[0])
            n_counted += len(counted) - len(self.good)
            n_left_out += len(paths) - len(counted)
        print(f"# {n_left_out} malformed photos left out, {n_counted} counted")
        self.assertGreater(n_left_out, COUNT // 3)

    def without_errors(self, paths, run):
        """The paths but for those that ImageMagick says an error of, and stopped at."""
        errors = "\n".join(line for line in run.messages.splitlines() if "@ error/" in line)
        left = [path for path in paths if str(path) not in errors]
        self.assertLess(len(left), len(paths), run.messages)
        return left

    def test_pinged(self):
        """ImageMagick reads the headers first. Version 6 drops what it cannot read, and the module knows
        it from the command line; version 7 stops before the module runs."""
        out = self.folder / "out.pnm"
        n_stops = n_photos = 0
        for number in range(COUNT // malformed.SET):
            paths = self.make_set(number + 1000000)
            out.write_bytes(b"an older result")
            words = ("-process", f"hotpix image=mean {self.options}", "-depth", "16", out)
            run = HOST.run("-ping", *paths, *words)
            with self.subTest(set=number):
                self.assertIn(run.status, (0, 1), run.messages)
                while host.VERSION == 7 and out.read_bytes() == b"an older result":
                    n_stops += 1
                    paths = self.without_errors(paths, run)
                    run = HOST.run("-ping", *paths, *words)
                counted = self.counted(paths)
                self.assertLessEqual(set(self.good), set(counted))
                self.assertEqual(out.read_bytes(), self.pictures(counted)[0][0])
                n_photos += len(paths) - len(self.good)
        print(
            f"# {n_photos} malformed photos pinged; ImageMagick stopped {n_stops} times first"
        )

    def test_the_good_ones_alone(self):
        """By another decoder and other arithmetic."""
        expected = 4 * oracle.variance_of(oracle.Files(self.good))
        picture = oracle.read_pnm(self.pictures(self.good)[0][1])
        self.assertLessEqual(oracle.largest_distance(picture, expected), 1)


if __name__ == "__main__":
    tap.main()
