# SPDX-License-Identifier: GPL-3.0-or-later
"""The repair: of decoded images in place, of JPEG files into a folder."""

import os
import resource
import shutil
import signal
import subprocess
import time
import unittest

import numpy
import PIL.Image

import host
import tap

HOST = host.Host()

setUpModule = HOST.require
tearDownModule = HOST.close

FARTHEST = 24


def read(path):
    with PIL.Image.open(path) as image:
        return numpy.asarray(image).astype(int)


def refuse_long_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))


class Repair(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(host.scratch())
        options = ("--width=480", "--height=320", "--frames=6", "--defects=20", "--seed=8")
        cls.photos = host.simulate(cls.folder / "photos", *options)
        cls.twins = host.simulate(cls.folder / "twins", *options, "--intact")
        lines = (cls.folder / "photos/truth.tsv").read_text().splitlines()[1:]
        cls.truth = [(int(line.split("\t")[0]), int(line.split("\t")[1])) for line in lines]
        cls.list = cls.folder / "hot.txt"
        cls.list.write_text("".join(f"{x} {y}\n" for x, y in cls.truth))

    def setUp(self):
        self.into = self.folder / self._testMethodName

    def run_host(self, *words, status=0, **keywords):
        run = HOST.run(*words, **keywords)
        self.assertEqual(run.status, status, run.messages)
        return run

    def pinged(self, arguments, *photos, **keywords):
        words = ("-ping", *(photos or self.photos), "-process", f"hotpix {arguments}", "null:")
        return self.run_host(*words, **keywords)

    def error(self, image, twin):
        """The mean difference from the twin near the defects."""
        mask = numpy.zeros(twin.shape[:2], bool)
        for x, y in self.truth:
            mask[max(y - 3, 0) : y + 4, max(x - 3, 0) : x + 4] = True
        return numpy.abs(image - twin)[mask].mean()

    def assert_repaired(self, image, photo, twin):
        before, after = read(photo), read(image)
        self.assertLess(self.error(after, read(twin)), 0.6 * self.error(before, read(twin)))
        near = numpy.zeros(before.shape[:2], bool)
        for x, y in self.truth:
            top, left = max(y - FARTHEST, 0), max(x - FARTHEST, 0)
            near[top : y + FARTHEST + 1, left : x + FARTHEST + 1] = True
        self.assertTrue((before == after)[~near].all())

    def test_files_are_repaired_with_their_mode_and_times(self):
        os.chmod(self.photos[0], 0o640)
        run = self.pinged(f"repair={self.list} into={self.into}/")
        self.assertRegex(run.messages, r"^hotpix: repaired \d+ defects in 6 of 6 photos, which are in")
        for photo, twin in zip(self.photos, self.twins):
            self.assert_repaired(self.into / photo.name, photo, twin)
            old, new = photo.stat(), (self.into / photo.name).stat()
            self.assertEqual((old.st_mode, old.st_mtime_ns), (new.st_mode, new.st_mtime_ns))

    def test_a_photo_without_damage_is_the_same_file(self):
        places = self.folder / "nothing.txt"
        places.write_text("# none\n")
        self.pinged(f"repair={places} into={self.into}")
        for photo in self.photos:
            self.assertEqual(photo.read_bytes(), (self.into / photo.name).read_bytes())

    def test_files_are_replaced_when_asked_and_originals_never(self):
        self.into.mkdir()
        first = self.into / self.photos[0].name
        first.write_text("mine")
        run = self.pinged(f"repair={self.list} into={self.into}")
        self.assertEqual(first.read_text(), "mine")
        self.assertIn("overwrite=yes", run.messages)
        self.assertIn("5 of 5 photos", run.messages)
        self.pinged(f"repair={self.list} into={self.into} overwrite=yes")
        self.assert_repaired(first, self.photos[0], self.twins[0])
        before = self.photos[0].read_bytes()
        where = self.photos[0].parent
        run = self.pinged(f"repair={self.list} into={where} overwrite=yes")
        self.assertIn("originals are never replaced", run.messages)
        self.assertIn("hotpix: no photo was repaired\n", run.messages)
        self.assertEqual(before, self.photos[0].read_bytes())

    def test_found_defects_are_repaired_and_listed(self):
        found = self.folder / "found.tsv"
        run = self.pinged(f"repair=found into={self.into} list={found}")
        rows = found.read_text().splitlines()[2:]
        self.assertGreater(len(rows), 5)
        self.assertIn("in 6 of 6 photos", run.messages)
        by_list = self.folder / "by-list"
        self.pinged(f"repair={found} into={by_list}")
        for photo in self.photos:
            same = (self.into / photo.name).read_bytes() == (by_list / photo.name).read_bytes()
            self.assertTrue(same)

    def test_decoded_images_go_on_repaired(self):
        words = (*self.photos[:2], "-process", f"hotpix repair={self.list}", "-flop", "-flop")
        run = self.run_host(*words, self.folder / "decoded-%d.png")
        self.assertIn("in 2 of 2 photos", run.messages)
        for i in range(2):
            plain = self.folder / "plain.png"
            self.run_host(self.photos[i], plain)
            self.assert_repaired(self.folder / f"decoded-{i}.png", plain, self.twins[i])

    def test_decoded_jpegs_get_the_pixels_of_their_repaired_files(self):
        self.pinged(f"repair={self.list} into={self.into}", self.photos[0])
        expected, image = self.folder / "expected.png", self.folder / "own.png"
        self.run_host(self.into / self.photos[0].name, expected)
        self.run_host(self.photos[0], "-process", f"hotpix repair={self.list}", image)
        self.assertTrue((read(image) == read(expected)).all())

    def test_images_that_differ_from_their_file_are_repaired_by_their_pixels(self):
        darker = ("-evaluate", "multiply", "0.8")
        plain, twin, image = (self.folder / f"darker-{name}.png" for name in "abc")
        self.run_host(self.photos[0], *darker, plain)
        self.run_host(self.twins[0], *darker, twin)
        words = (*darker, "-process", f"hotpix repair={self.list}")
        self.run_host(self.photos[0], *words, image)
        before, after, clean = read(plain), read(image), read(twin)
        self.assertLess(self.error(after, clean), 0.8 * self.error(before, clean))

    def test_depth_grey_and_alpha_stay(self):
        for name, options in (
            ("deep.png", ("-depth", "16", "-resize", "100%", "-gamma", "1.1")),
            ("grey.png", ("-colorspace", "gray")),
            ("alpha.png", ("-alpha", "set", "-channel", "A", "-evaluate", "set", "40%", "+channel")),
        ):
            old, new = self.folder / name, self.folder / f"repaired-{name}"
            self.run_host(self.photos[0], *options, old)
            self.run_host(old, "-process", f"hotpix repair={self.list}", new)
            with PIL.Image.open(old) as before, PIL.Image.open(new) as after:
                self.assertEqual(before.mode, after.mode)
                self.assertFalse((numpy.asarray(before) == numpy.asarray(after)).all())
                if before.mode == "RGBA":
                    alpha = [numpy.asarray(image)[:, :, 3] for image in (before, after)]
                    self.assertTrue((alpha[0] == alpha[1]).all())

    def test_other_sizes_bodies_and_formats_are_named_and_not_written(self):
        found = self.folder / "body.tsv"
        found.write_text(
            "# hotpix: 9 frames of 480 x 320 pixels by Simulated Camera, serial 7, threshold 1, "
            f"defects 1\nx\ty\n{self.truth[0][0]}\t{self.truth[0][1]}\n"
        )
        png = self.folder / "other.png"
        self.run_host(self.photos[0], png)
        run = self.pinged(f"repair={found} into={self.into}", self.photos[0], png)
        self.assertIn("IMG_0001.JPG was not repaired: it is by Simulated Camera", run.messages)
        self.assertIn("other.png was not repaired: it is no JPEG", run.messages)
        self.assertEqual(list(self.into.iterdir()), [])
        self.pinged(f"repair={found} into={self.into} camera=any", self.photos[0])
        self.assertTrue((self.into / self.photos[0].name).exists())
        found.write_text(found.read_text().replace("480 x 320", "500 x 400"))
        run = self.pinged(f"repair={found} into={self.into}", self.photos[1])
        self.assertIn("it has 480 x 320 pixels, and the list is for photos of 500 x 400", run.messages)

    def test_columns_and_rows_are_told_not_to_be_repaired(self):
        lines = self.folder / "lines.tsv"
        x, y = self.truth[0]
        lines.write_text(f"x\ty\tkind\tlength\n{x}\t{y}\thot\t1\n40\t20\tcolumn\t30\n")
        run = self.pinged(f"repair={lines} into={self.into}", self.photos[0])
        self.assertIn("columns and rows are not repaired: 30 pixels", run.messages)
        self.assertIn("repaired 1 defect in 1 of 1 photo", run.messages)

    def test_wrong_words_are_told(self):
        for arguments, words in (
            (f"repair={self.list}", "repair= needs into=FOLDER"),
            (f"into={self.into}", "into= needs repair="),
            (f"repair={self.list} into={self.into} list=x.tsv", "list= needs repair=found"),
            (f"repair={self.folder}/none.txt into={self.into}", "none.txt"),
            (f"repair={self.photos[0]} into={self.into}", "IMG_0001.JPG"),
            (f"repair={self.list} into={self.into} overwrite=maybe", "overwrite= must be"),
        ):
            self.assertIn(words, self.pinged(arguments, status=1).messages)
        words = (self.photos[0], "-process", f"hotpix repair={self.list} into=x", "null:")
        self.assertIn("into= needs photos given with -ping", self.run_host(*words, status=1).messages)

    def test_a_full_disk_leaves_nothing_half_written(self):
        self.into.mkdir()
        run = self.pinged(
            f"repair={self.list} into={self.into}", status=1, preexec=refuse_long_files
        )
        self.assertIn("cannot be written", run.messages)
        self.assertEqual(list(self.into.iterdir()), [])

    def test_an_interrupt_leaves_whole_files(self):
        many = self.folder / "many"
        many.mkdir()
        for i in range(60):
            shutil.copy(self.photos[i % len(self.photos)], many / f"{i}.jpg")
        command = [HOST.command, "-ping", *map(str, many.glob("*.jpg")), "-process"]
        command += [f"hotpix repair={self.list} into={self.into}", "null:"]
        with subprocess.Popen(command, env=HOST.environment(), stderr=subprocess.DEVNULL) as run:
            while run.poll() is None and not (self.into.exists() and list(self.into.iterdir())):
                time.sleep(0.01)
            run.send_signal(signal.SIGINT)
        for path in self.into.iterdir():
            self.assertIn(path.suffix, {".jpg"}, path)
            self.assertEqual(read(path).shape, (320, 480, 3))


if __name__ == "__main__":
    tap.main()
