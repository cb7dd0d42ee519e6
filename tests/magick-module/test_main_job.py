# SPDX-License-Identifier: GPL-3.0-or-later
"""The variance of a set of photos, by every way in and out."""

import random
import unittest

import numpy

import host
import oracle
import tap

HOST = host.Host()
FRAMES = 12


setUpModule = HOST.require
tearDownModule = HOST.close


class MainJob(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(host.scratch())
        cls.photos = host.simulate(
            cls.folder / "photos", "--width=322", "--height=218", f"--frames={FRAMES}"
        )
        cls.expected = 4 * oracle.variance_of(oracle.Files(cls.photos))

    def image(self, *words, **keywords):
        """The image that a command of these words writes, as an array of 16 bits."""
        run = HOST.run(*words, "-depth", "16", "pnm:-", **keywords)
        self.assertEqual(run.status, 0, run.messages)
        self.assertEqual(run.messages, "")
        return oracle.read_pnm(run.output)

    def pinged(self, process="hotpix", photos=None):
        return self.image("-ping", *(photos or self.photos), "-process", process)

    def test_variance_equals_two_passes(self):
        self.assertLessEqual(oracle.largest_distance(self.pinged(), self.expected), 1)

    def test_every_way_in_gives_identical_pixels(self):
        pinged = self.pinged()
        names = "\n".join(map(str, self.photos)).encode()
        (self.folder / "list.txt").write_bytes(names)
        pattern = f"{self.folder}/photos/*.JPG"
        ways = {
            "unpinged": self.image(*self.photos, "-process", "hotpix"),
            "pattern": self.image("xc:", "-process", f"hotpix files={pattern}"),
            "null": self.image("null:", "-process", f"hotpix files={pattern}"),
            "list": self.image("xc:", "-process", f"hotpix files=@{self.folder}/list.txt"),
            "stdin": self.image("xc:", "-process", "hotpix files=@-", stdin=names),
            "both": self.image(
                "-ping",
                *self.photos[:5],
                "-process",
                "hotpix " + " ".join(f"files={path}" for path in self.photos[5:]),
            ),
        }
        for name, image in ways.items():
            with self.subTest(name):
                numpy.testing.assert_array_equal(image, pinged)

    def test_threads_and_order_change_nothing(self):
        pinged = self.pinged()
        for threads in (1, 2, 5):
            numpy.testing.assert_array_equal(self.pinged(f"hotpix threads={threads}"), pinged)
        for seed in range(3):
            shuffled = random.Random(seed).sample(self.photos, FRAMES)
            numpy.testing.assert_array_equal(self.pinged(photos=shuffled), pinged)

    def test_deviation_and_mean(self):
        deviation = self.pinged("hotpix image=deviation")
        mean = self.pinged("hotpix image=mean")
        expected_mean = sum(oracle.decode(path) / 255 for path in self.photos) / FRAMES
        self.assertLessEqual(oracle.largest_distance(deviation, numpy.sqrt(self.expected)), 1)
        self.assertLessEqual(oracle.largest_distance(mean, expected_mean), 1)

    def properties(self, *words):
        names = ("frames", "left-out", "variance-minimum", "variance-maximum", "variance-mean")
        names += ("minimum-at", "maximum-at", "lowest")
        wanted = "|".join(f"%[hotpix:{name}]" for name in names)
        run = HOST.run(*words, "-print", f"{wanted}\\n", "null:")
        self.assertEqual(run.status, 0, run.messages)
        return dict(zip(names, run.output.decode().rstrip("\n").split("|")))

    def test_properties(self):
        found = self.properties("-ping", *self.photos, "-process", "hotpix threads=2")
        variance = self.expected / 4
        self.assertEqual(found["frames"], str(FRAMES))
        self.assertEqual(found["left-out"], "0")
        for name, value in (
            ("variance-minimum", variance.min()),
            ("variance-maximum", variance.max()),
            ("variance-mean", variance.mean()),
        ):
            self.assertAlmostEqual(
                float(found[name]), value, delta=1e-8 * max(value, 1e-6) + 1e-12
            )
        for name, value in (("minimum-at", variance.min()), ("maximum-at", variance.max())):
            x, y, channel = found[name].split(",")
            self.assertAlmostEqual(variance[int(y), int(x), "RGB".index(channel)], value, 12)
        lowest = [line.split(" ") for line in found["lowest"].split("\n")]
        self.assertEqual(len(lowest), 10)
        self.assertEqual(lowest[0][0], found["minimum-at"])
        numpy.testing.assert_allclose(
            [float(value) for _, value in lowest], numpy.sort(variance, None)[:10], rtol=1e-8
        )

    def test_whatever_looks_at_the_picture_sees_it(self):
        """Its largest value as a share of white, by every way that does not end in a picture file."""
        largest = self.pinged("hotpix image=mean").max() / 65535
        words = ("-ping", *self.photos, "-process", "hotpix image=mean")
        seen = "%[fx:maxima]\\n"
        (self.folder / "format.txt").write_text(seen)
        for rest in (
            ("-print", seen, "null:"),
            ("-print", "%[hotpix:frames] ", "-print", seen, "null:"),
            ("-print", f"@{self.folder}/format.txt", "null:"),
            ("-flip", "-print", seen, "null:"),
            ("-format", seen, "-write", "info:", "null:"),
        ):
            run = HOST.run(*words, *rest)
            # Debian's policy forbids formats from files.
            if "@" in rest[1] and "policy" in run.messages:
                continue
            self.assertEqual((run.status, run.messages), (0, ""), rest)
            self.assertAlmostEqual(float(run.output.split()[-1]), largest, 4, rest)

    def test_a_picture_that_nothing_looks_at_takes_no_memory(self):
        size = ("--width=2400", "--height=1600", "--frames=2")
        photos = host.simulate(self.folder / "large", *size)
        words = ("-ping", *photos, "-process", "hotpix")
        seen = HOST.measure(*words, "-print", "%w", "null:")
        of_properties = HOST.measure(*words, "-print", "%[hotpix:frames]", "null:")
        unseen = HOST.measure(*words, "null:")
        self.assertEqual((seen[0], of_properties[0], unseen[0]), (b"2400", b"2", b""))
        # Of a pixel ImageMagick has no less than three samples of 16 bits.
        pixels = 3 * 2 * 2400 * 1600
        self.assertGreater(seen[1], of_properties[1] + pixels // 2)
        self.assertGreater(seen[1], unseen[1] + pixels // 2)

    def test_what_follows_sees_the_result(self):
        run = HOST.run(
            "-ping",
            *self.photos,
            "-process",
            "hotpix image=deviation threads=2",
            "-auto-level",
            "-print",
            "%n %w %h %[hotpix:frames]\\n",
            self.folder / "out.tif",
        )
        self.assertEqual(run.status, 0, run.messages)
        self.assertEqual(run.output, f"1 322 218 {FRAMES}\n".encode())
        levels = oracle.read_pnm(HOST.run(self.folder / "out.tif", "pnm:-").output)
        self.assertEqual((levels.min(), levels.max()), (0, 65535))

    def test_grey_photos(self):
        paths = []
        for path in self.photos:
            paths.append(self.folder / f"grey-{path.name}")
            HOST.run(path, "-colorspace", "Gray", paths[-1])
        expected = 4 * oracle.variance_of(oracle.Files(paths))
        self.assertEqual(expected.shape[2], 1)
        pinged = self.image("-ping", *paths, "-process", "hotpix")
        self.assertLessEqual(oracle.largest_distance(pinged, expected), 1)
        numpy.testing.assert_array_equal(self.image(*paths, "-process", "hotpix"), pinged)
        found = self.properties("-ping", *paths, "-process", "hotpix")
        self.assertTrue(found["minimum-at"].endswith(",grey"))

    def test_monitor_shows_progress(self):
        run = HOST.run("-monitor", "-ping", *self.photos, "-process", "hotpix", "null:")
        self.assertIn(f"hotpix[{FRAMES} photos]: ", run.messages)
        self.assertNotIn("-monitor", run.messages)
        self.assertIn("100% complete", run.messages)


class OtherFormats(unittest.TestCase):
    """Frames of 16 and 8 bits that ImageMagick reads, pinged and not."""

    def setUp(self):
        self.folder = self.enterContext(host.scratch())

    def write(self, name, samples, *words):
        """Writes an array of rows x columns x 3 through ImageMagick."""
        height, width, _ = samples.shape
        deep = samples.dtype == numpy.uint16
        header = b"P6 %d %d %d\n" % (width, height, 65535 if deep else 255)
        data = samples.astype(samples.dtype.newbyteorder(">")).tobytes()
        path = self.folder / name
        run = HOST.run("ppm:-", *words, path, stdin=header + data)
        self.assertEqual(run.status, 0, run.messages)
        return path

    def random_frames(self, kind, n=5):
        generator = numpy.random.default_rng(1)
        return [
            generator.integers(0, numpy.iinfo(kind).max, (19, 33, 3), kind, endpoint=True)
            for _ in range(n)
        ]

    def assert_result(self, frames, white, *words, alike=True):
        run = HOST.run(*words, "-depth", "16", "pnm:-")
        self.assertEqual((run.status, run.messages), (0, ""))
        expected = 4 * oracle.variance_of([frame.astype(float) for frame in frames], white)
        image = oracle.read_pnm(run.output)
        self.assertLessEqual(oracle.largest_distance(image, expected), 1)
        return image

    def assert_both_ways(self, frames, white, paths):
        pinged = self.assert_result(frames, white, "-ping", *paths, "-process", "hotpix")
        plain = self.assert_result(frames, white, *paths, "-process", "hotpix")
        files = self.assert_result(
            frames,
            white,
            "xc:",
            "-process",
            "hotpix " + " ".join(f"files={path}" for path in paths),
        )
        numpy.testing.assert_array_equal(pinged, plain)
        numpy.testing.assert_array_equal(pinged, files)

    def test_16_bits_are_kept(self):
        frames = self.random_frames(numpy.uint16)
        for extension in ("png", "tif", "ppm"):
            paths = [self.write(f"{i}.{extension}", frame) for i, frame in enumerate(frames)]
            with self.subTest(extension):
                self.assert_both_ways(frames, 65535, paths)

    def test_8_bits(self):
        frames = self.random_frames(numpy.uint8)
        for extension in ("png", "tif", "bmp", "ppm"):
            paths = [self.write(f"{i}.{extension}", frame) for i, frame in enumerate(frames)]
            with self.subTest(extension):
                self.assert_both_ways(frames, 255, paths)

    def test_alpha_is_not_counted(self):
        frames = self.random_frames(numpy.uint16)
        paths = []
        for i, frame in enumerate(frames):
            alpha = ("-alpha", "set", "-channel", "A", "-evaluate", "set", f"{20 * i + 5}%")
            paths.append(self.write(f"{i}.png", frame, *alpha))
        self.assert_both_ways(frames, 65535, paths)

    def test_8_bits_among_16(self):
        deep = self.random_frames(numpy.uint16)
        flat = self.random_frames(numpy.uint8)
        paths = [self.write(f"{i}.png", frame) for i, frame in enumerate(deep[:3] + flat[:2])]
        self.assert_both_ways(deep[:3] + [frame * 257.0 for frame in flat[:2]], 65535, paths)

    def test_pages_of_one_file(self):
        frames = self.random_frames(numpy.uint16)
        paths = [self.write(f"{i}.png", frame) for i, frame in enumerate(frames)]
        HOST.run(*paths, self.folder / "pages.tif")
        self.assert_both_ways(frames, 65535, [self.folder / "pages.tif"])

    def test_formats_whose_coders_open_files_by_name(self):
        frames = self.random_frames(numpy.uint8)
        for extension in ("heic", "exr", "png.gz"):
            names = [f"{i}.{extension}" for i in range(len(frames))]
            with self.subTest(extension):
                try:
                    paths = [self.write(name, frame) for name, frame in zip(names, frames)]
                except AssertionError:
                    self.skipTest(f"this ImageMagick cannot write {extension}")
                pinged = HOST.run("-ping", *paths, "-process", "hotpix", "pnm:-")
                files = HOST.run(
                    "xc:", "-process", f"hotpix files={self.folder}/*.{extension}", "pnm:-"
                )
                plain = HOST.run(*paths, "-process", "hotpix", "pnm:-")
                for run in (pinged, files, plain):
                    self.assertEqual((run.status, run.messages), (0, ""))
                self.assertEqual(pinged.output, files.output)

    def test_a_png_named_jpg(self):
        frames = self.random_frames(numpy.uint8)
        paths = [self.write(f"{i}.png", frame) for i, frame in enumerate(frames)]
        for i, path in enumerate(paths):
            paths[i] = path.rename(self.folder / f"{i}.JPG")
        self.assert_both_ways(frames, 255, paths)

    def test_operators_before_the_module_keep_their_16_bits(self):
        frames = self.random_frames(numpy.uint8)
        paths = [self.write(f"{i}.png", frame) for i, frame in enumerate(frames)]
        halved = [numpy.floor(frame * 257.0 / 2 + 0.5) for frame in frames]
        self.assert_result(
            halved, 65535, *paths, "-evaluate", "divide", "2", "-process", "hotpix"
        )


if __name__ == "__main__":
    tap.main()
