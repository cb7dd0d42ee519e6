# SPDX-License-Identifier: GPL-3.0-or-later
"""Real photos: the whole main job on real cameras' files, where they are at hand."""

import os
import unittest

import numpy

import host
import oracle
import tap

HOST = host.Host()
D70_BODY = "Nikon_D70_0_*.JPG"


def setUpModule():
    HOST.require()
    if not host.PHOTOS.is_dir():
        raise unittest.SkipTest("the shared photos are not at hand")


tearDownModule = HOST.close


class RealPhotos(unittest.TestCase):
    def image(self, *words):
        run = HOST.run(*words, "-depth", "16", "pnm:-")
        self.assertEqual((run.status, run.messages), (0, ""))
        return oracle.read_pnm(run.output)

    def assert_every_way(self, paths, pattern, unpinged):
        """Within 1 of two passes; and every way, order and number of threads the same pixels.
        unpinged: as many as the host's limits let it hold."""
        pinged = self.image("-ping", *paths, "-process", "hotpix")
        expected = 4 * oracle.variance_of(oracle.Files(paths))
        self.assertLessEqual(oracle.largest_distance(pinged, expected), 1)
        del expected
        for words in (
            *(("-ping", *paths, "-process", f"hotpix threads={n}") for n in (1, 2, 5)),
            ("-ping", *reversed(paths), "-process", "hotpix"),
            ("xc:", "-process", f"hotpix files={pattern}"),
        ):
            numpy.testing.assert_array_equal(self.image(*words), pinged)
        few = paths[:unpinged]
        numpy.testing.assert_array_equal(
            self.image(*few, "-process", "hotpix"),
            self.image("-ping", *few, "-process", "hotpix"),
        )

    def test_iss(self):
        # Debian's ImageMagick 6 may hold 1.75 GiB of pixels, at 40 MB a photo or, HDRI, 80.
        paths = sorted((host.PHOTOS / "iss").glob("*.jpeg"))
        self.assertEqual(len(paths), 46)
        unpinged = 46 if host.VERSION == 7 else 12 if host.HDRI else 24
        self.assert_every_way(paths, host.PHOTOS / "iss/*.jpeg", unpinged)

    def test_one_d70_body(self):
        paths = sorted((host.PHOTOS / "d70").glob(D70_BODY))
        self.assert_every_way(paths, host.PHOTOS / "d70" / D70_BODY, len(paths))

    def test_four_bodies(self):
        paths = sorted((host.PHOTOS / "d70").glob("*.JPG"))
        wanted = ("-print", "%[hotpix:frames] %[hotpix:left-out]", "null:")
        with host.scratch() as folder:
            place = folder / "left-out.tsv"
            words = ("-process", f"hotpix left-out={place}")
            run = HOST.run("-ping", *paths, *words, *wanted)
            left_out = host.read_left_out(place)
        self.assertEqual((run.status, run.output), (0, b"15 39"))
        self.assertIn("39 photos not by NIKON D70s, serial 10044d52, but by NIKON", run.messages)
        others = {str(path) for path in paths if not path.name.startswith("Nikon_D70s_1")}
        self.assertEqual(set(left_out), others)
        for reason in left_out.values():
            self.assertTrue(reason.startswith("is by another camera body, "), reason)
        run = HOST.run("-ping", *paths, "-process", "hotpix camera=any", *wanted)
        self.assertEqual((run.status, run.output, run.messages), (0, b"54 0", ""))

    def rows(self, *words, remark=None):
        run = HOST.run("-ping", *words, "null:")
        self.assertEqual(run.status, 0)
        if remark is None:
            self.assertEqual(run.messages, "")
        else:
            self.assertIn(remark, run.messages)
            self.assertEqual(run.messages.count("warning"), 1, run.messages)
        lines = run.output.decode().splitlines()[2:]
        return [tuple(map(int, line.split("\t")[:2])) for line in lines]

    def assert_planted(self, frames, least):
        """At least this many of the 60, each once and within one pixel, and nothing else."""
        folder = host.PHOTOS / "planted"
        lines = (folder / "truth.tsv").read_text().splitlines()[1:]
        truth = [tuple(map(int, line.split("\t")[:2])) for line in lines]
        rows = self.rows(*sorted(folder.glob("*.JPG"))[:frames], "-process", "hotpix list=-")
        found = 0
        for x, y in truth:
            near = [row for row in rows if abs(row[0] - x) <= 1 and abs(row[1] - y) <= 1]
            self.assertLessEqual(len(near), 1, (x, y))
            found += len(near)
        print(f"# {found} of 60 planted defects found in {frames} photos, {len(rows)} listed")
        self.assertEqual(found, len(rows))
        self.assertGreaterEqual(found, least)

    def test_planted_defects(self):
        self.assert_planted(50, 55)
        self.assert_planted(20, 52)

    def test_iss_defects(self):
        confirmed = {
            (196, 118),
            (2352, 1636),
            (263, 1390),
            (2437, 324),
            (98, 1563),
            (2302, 1800),
        }
        likely = {(2333, 1381), (275, 1456), (117, 712), (6, 888), (74, 112), (2150, 1826)}
        paths = sorted((host.PHOTOS / "iss").glob("*.jpeg"))
        remark = "1 photo shows the scene of another one"
        rows = self.rows(*paths, "-process", "hotpix list=-", remark=remark)
        self.assertEqual(set(rows[:12]), confirmed | likely)
        # Of some 25 places, a disjoint set of the same camera shows a peak, too.
        self.assertGreaterEqual(len(rows), 22)
        self.assertLessEqual(len(rows), 40)

    def test_healthy_bodies(self):
        for body in ("D70_0", "D70_1", "D70s_0", "D70s_1"):
            paths = sorted((host.PHOTOS / "d70").glob(f"Nikon_{body}_*.JPG"))
            remark = f"{len(paths)} photos may show only half of the defects"
            rows = self.rows(*paths, "-process", "hotpix list=-", remark=remark)
            self.assertEqual(rows, [], body)
        paths = sorted((host.PHOTOS / "d70").glob("*.JPG"))
        self.assertEqual(self.rows(*paths, "-process", "hotpix list=- camera=any"), [])

    def test_memory_does_not_grow_with_the_photos(self):
        paths = sorted((host.PHOTOS / "d70").glob(D70_BODY))
        with host.scratch() as folder:
            links = []
            for i in range(480):
                links.append(folder / f"{i:03}.JPG")
                os.symlink(paths[i % len(paths)], links[-1])
            words = ("-process", "hotpix count-again=yes", "-print", "%[hotpix:frames]", "null:")
            measured = {n: HOST.measure("-ping", *links[:n], *words) for n in (32, 257, 480)}
        for n, (output, _) in measured.items():
            self.assertEqual(output, str(n).encode())
        peaks = {n: peak for n, (_, peak) in measured.items()}
        said = (f"{peak >> 20} MiB for {n} photos" for n, peak in peaks.items())
        print(f"# peak memory: {', '.join(said)}")
        # Sums of more than 257 photos take two bytes a sample more. With 32 each thread reads as many at
        # once as it ever does.
        wider = 2 * 3 * 3008 * 2000
        self.assertLessEqual(peaks[257], peaks[32] + (16 << 20))
        self.assertLessEqual(peaks[480], peaks[32] + wider + (16 << 20))


if __name__ == "__main__":
    tap.main()
