# SPDX-License-Identifier: GPL-3.0-or-later
"""What people give that cannot work: the message, the exit status, and that nothing is lost."""

import os
import pathlib
import resource
import shutil
import struct
import subprocess
import unittest

from PIL import Image

import host
import oracle
import tap

HOST = host.Host()


setUpModule = HOST.require
tearDownModule = HOST.close


def jpeg_header(width, height):
    """The start of a grey JPEG of this size: its whole header, and no samples."""
    frame = struct.pack(">2sHBHHB3B", b"\xff\xc0", 11, 8, height, width, 1, 1, 0x11, 0)
    table = b"\xff\xdb" + struct.pack(">HB", 67, 0) + bytes([1] * 64)
    scan = struct.pack(">2sHB2B3B", b"\xff\xda", 8, 1, 1, 0, 0, 63, 0)
    return b"\xff\xd8" + table + frame + scan


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(host.scratch())
        cls.photos = host.simulate(
            cls.folder / "photos", "--width=96", "--height=64", "--frames=6"
        )

    def setUp(self):
        self.out = self.folder / "out.png"
        self.out.write_bytes(b"an older result")

    def write(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def assert_refused(self, words, *command, **keywords):
        """Exit status 1, these words, and the older output untouched."""
        run = HOST.run(*command, self.out, **keywords)
        self.assertEqual(run.status, 1, run.messages)
        self.assertIn(f"hotpix: {words}", run.messages)
        self.assertEqual(self.out.read_bytes(), b"an older result")
        return run

    def assert_left_out(self, bad, reason, photos=None):
        """Pinged and by files=: the others are counted, the bad one is named with the reason."""
        photos = list(photos or self.photos)
        middle = [*photos[:3], bad, *photos[3:]]
        expected = 4 * oracle.variance_of(oracle.Files(photos))
        ways = (
            ("-ping", *middle, "-process", "hotpix"),
            ("xc:", "-process", "hotpix " + " ".join(f"files={path}" for path in middle)),
        )
        image = self.folder / "image.pnm"
        for words in ways:
            run = HOST.run(
                *words, "-print", "%[hotpix:frames] %[hotpix:left-out]", "-depth", "16", image
            )
            self.assertEqual(run.status, 0, run.messages)
            self.assertEqual(run.output, b"%d 1" % len(photos))
            self.assertIn(f"left out: {bad.name} {reason}", run.messages)
            distance = oracle.largest_distance(oracle.read_pnm(image.read_bytes()), expected)
            self.assertLessEqual(distance, 1)

    def assert_listed_is_left_out(self, bad, reason):
        """By a list on standard input, for what ImageMagick itself would stop at."""
        names = "\n".join(map(str, [*self.photos, bad])).encode()
        run = HOST.run("xc:", "-process", "hotpix files=@-", self.out, stdin=names)
        self.assertEqual(run.status, 0, run.messages)
        self.assertIn(f"left out: {bad.name} {reason}", run.messages)

    def test_a_named_file_that_is_missing(self):
        missing = self.folder / "missing.JPG"
        words = f"hotpix files={missing} files={self.folder}/photos/*.JPG"
        run = HOST.run("xc:", "-process", words, "-print", "%[hotpix:frames]", "null:")
        self.assertEqual((run.status, run.output), (0, b"6"), run.messages)
        self.assertIn(f"left out: {missing.name} cannot be opened: No such file", run.messages)

    def test_pinged_photos_that_the_command_changes(self):
        words = "which has no effect with -ping: leave -ping out"
        for photos in (
            ("-define", "jpeg:size=20x20", *self.photos),
            [f"{path}[40x30+0+0]" for path in self.photos],
        ):
            run = HOST.run("-ping", *photos, "-process", "hotpix", self.out)
            self.assertEqual(run.status, 1)
            self.assertIn(words, run.messages)
            self.assertEqual(self.out.read_bytes(), b"an older result")

    def test_operators_on_pinged_photos(self):
        for words in (
            ("-crop", "40x30+0+0"),
            ("-resize", "50%"),
            ("-define", "a:b=c", "-negate"),
        ):
            run = HOST.run("-ping", *self.photos, *words, "-process", "hotpix", "null:")
            self.assertEqual(run.status, 0)
            self.assertIn("has no effect with -ping, by which photos are read from their", run.messages)
        for words in (("-strip",), ("-limit", "thread", "1"), ("-quiet",), ("-repage", "1x1")):
            run = HOST.run("-ping", *self.photos, *words, "-process", "hotpix", "null:")
            self.assertEqual((run.status, run.messages), (0, ""))
        run = HOST.run(*self.photos, "-resize", "50%", "-process", "hotpix", "null:")
        self.assertEqual((run.status, run.messages), (0, ""))

    def test_nothing_is_said_of_parentheses(self):
        words = ("-ping", *self.photos[:3], "(", *self.photos[3:], ")", "-process", "hotpix")
        run = HOST.run(*words, "-print", "%[hotpix:frames] %[hotpix:left-out]", "null:")
        self.assertEqual((run.status, run.output, run.messages), (0, b"6 0", ""))

    def test_a_second_run_over_the_result(self):
        self.assert_refused(
            "at least 2 photos are needed, 1 is given",
            "-ping",
            *self.photos,
            "-process",
            "hotpix",
            "-process",
            "hotpix",
        )

    def test_no_frames(self):
        empty = self.write("empty-list.txt", b"\n")
        self.assert_refused(
            f"the list @{empty} names no files", "xc:", "-process", f"hotpix files=@{empty}"
        )
        self.assert_refused(
            "the list @- names no files", "xc:", "-process", "hotpix files=@-", stdin=b""
        )

    def test_a_list_without_a_name(self):
        self.assert_refused("@ needs the name of a list", "xc:", "-process", "hotpix files=@")

    def test_one_frame(self):
        words = "at least 2 photos are needed, 1 is given"
        self.assert_refused(words, "-ping", self.photos[0], "-process", "hotpix")
        self.assert_refused(words, self.photos[0], "-process", "hotpix")
        self.assert_refused(words, "xc:", "-process", f"hotpix files={self.photos[0]}")

    def test_a_pattern_that_matches_nothing(self):
        pattern = self.folder / "none*.JPG"
        self.assert_refused(
            f"no files match {pattern}", "xc:", "-process", f"hotpix files={pattern}"
        )

    def test_a_directory(self):
        folder = self.folder / "photos"
        run = self.assert_refused(
            "at least 2 photos are needed, 0 of the 1 given can be used",
            "xc:",
            "-process",
            f"hotpix files={folder}",
        )
        self.assertIn(
            f"left out: {folder.name} is a folder: name the photos in it, as in {folder}/*.JPG",
            run.messages,
        )

    def test_a_missing_list(self):
        self.assert_refused(
            "cannot open the list /nowhere/list.txt: No such file",
            "xc:",
            "-process",
            "hotpix files=@/nowhere/list.txt",
        )

    def test_more_memory_than_is_allowed(self):
        photos = host.simulate(
            self.folder / "large", "--width", 7744, "--height", 160, "--frames", 2
        )
        self.assert_refused(
            f"{photos[0]} needs ", "-ping", *photos, "-process", "hotpix memory=1"
        )

    def test_more_memory_than_is_allowed_for_what_the_host_reads(self):
        pictures = [self.folder / f"large-{number}.tif" for number in range(2)]
        for grey, picture in enumerate(pictures):
            Image.new("L", (2000, 1000), 90 + grey).save(picture)
        for words in (("-ping", *pictures), ("xc:",)):
            files = "" if words[0] == "-ping" else f" files={self.folder}/large-*.tif"
            self.assert_refused(
                f"{pictures[0]} needs ", *words, "-process", f"hotpix memory=2{files}"
            )

    @unittest.skipUnless(shutil.which("ffmpeg"), "ffmpeg, which makes videos, is not installed")
    def test_a_video(self):
        video = self.folder / "film.mp4"
        source = ("-f", "lavfi", "-i", "testsrc=size=96x64:rate=5", "-t", "2")
        subprocess.run(["ffmpeg", "-loglevel", "error", *source, str(video)], check=True)
        if not HOST.run("-ping", video, "-print", "%n", "null:").output:
            self.skipTest("this ImageMagick does not read videos")
        for words in (("-ping", video), ("xc:",)):
            files = "" if words[0] == "-ping" else f" files={video}"
            run = HOST.run(*words, "-process", f"hotpix{files}", "null:")
            self.assertEqual(run.status, 1)
            self.assertEqual(run.messages.count(f"{video.name} is a video: extract its pictures"), 1)

    def test_an_unknown_key(self):
        for word in ("memories=1", "lists=hot.tsv", "Image=mean", "nonsense"):
            self.assert_refused(
                f"unknown argument `{word}': hotpix knows image=, files=, camera=, count-again=",
                "-ping",
                *self.photos,
                "-process",
                f"hotpix {word}",
            )

    def test_a_bad_value(self):
        for word, words in (
            (
                "image=masks",
                "image= must be variance, deviation, mean, evidence, mask or marks, not `masks'",
            ),
            ("threshold=0", "threshold= must be a number from 0.25 to 100, not `0'"),
            ("format=json", "format= needs list=, which says where the list goes"),
            ("camera=", "camera= must be most, any, or a camera's name or part of it, not `'"),
            ("camera=all", "no photo is by a camera \"all\"; the photos are by Simulated"),
            ("count-again=1", "count-again= must be yes or no, not `1'"),
            ("threads=0", "threads= must be a whole number from 1 to 256, not `0'"),
            ("threads=two", "threads= must be a whole number from 1 to 256, not `two'"),
        ):
            self.assert_refused(words, "-ping", *self.photos, "-process", f"hotpix {word}")

    def test_what_follows_a_failure_does_no_harm(self):
        self.assert_refused(
            "unknown argument", "-ping", *self.photos, "-process", "hotpix x=1", "-auto-level"
        )

    def test_a_missing_photo(self):
        missing = self.folder / "missing.JPG"
        self.assert_listed_is_left_out(missing, "cannot be opened: No such file")
        run = HOST.run("-ping", *self.photos, missing, "-process", "hotpix", self.out)
        self.assertEqual(run.status, 1)
        self.assertIn(missing.name, run.messages)

    def test_an_unreadable_photo(self):
        loop = self.folder / "loop.JPG"
        loop.symlink_to(loop)
        self.assert_listed_is_left_out(loop, "cannot be opened")

    def test_fifos_and_devices_are_never_waited_on(self):
        fifo = self.folder / "fifo.JPG"
        os.mkfifo(fifo)
        self.assert_listed_is_left_out(fifo, "is a pipe or a device")
        self.assert_listed_is_left_out(pathlib.Path("/dev/zero"), "is a pipe or a device")

    def test_an_empty_photo(self):
        empty = self.write("empty.JPG", b"")
        self.assert_listed_is_left_out(empty, "is empty")

    def test_a_photo_cut_short(self):
        data = self.photos[0].read_bytes()
        for share in (10, 15):
            cut = self.write(f"cut-{share}.JPG", data[: len(data) * share // 16])
            self.assert_left_out(cut, "is damaged or cut short")

    def test_a_photo_cut_in_its_header(self):
        cut = self.write("cut-header.JPG", self.photos[0].read_bytes()[:100])
        self.assert_listed_is_left_out(cut, "is damaged or cut short")

    def test_garbage_inside_a_photo(self):
        data = bytearray(self.photos[0].read_bytes())
        middle = len(data) * 3 // 4
        data[middle : middle + 300] = bytes(range(1, 251)) + bytes(50)
        self.assert_left_out(self.write("garbage.JPG", data), "is damaged or cut short")

    def test_a_cut_png_among_pinged(self):
        pngs = []
        for path in self.photos:
            pngs.append(self.folder / f"{path.stem}.png")
            HOST.run(path, "-strip", pngs[-1])
        data = pngs[0].read_bytes()
        cut = self.write("cut.png", data[: len(data) // 2])
        self.assert_left_out(cut, "is damaged or cut short", photos=pngs)

    def test_what_imagemagick_says_is_told_without_names_and_full_stops(self):
        tiffs = [path.with_suffix(".tif") for path in self.photos]
        for photo, tiff in zip(self.photos, tiffs):
            HOST.run(photo, "-strip", tiff)
        cut = self.write("cut.tif", b"II*\0\x08\0\0\0")
        place = self.folder / "left-out.tsv"
        files = "".join(f" files={path}" for path in [*tiffs, cut])
        run = HOST.run("xc:", "-process", f"hotpix left-out={place}{files}", "null:")
        self.assertEqual(run.status, 0, run.messages)
        reason = host.read_left_out(place)[str(cut)]
        self.assertRegex(reason, r"^cannot be read by ImageMagick: [^/]*[^/. ]$")

    def test_sizes_that_differ(self):
        other = self.folder / "other.JPG"
        HOST.run(self.photos[0], "-crop", "80x64+0+0", other)
        self.assert_left_out(other, "is 80 x 64 pixels, the set is 96 x 64")

    def test_cmyk(self):
        cmyk = self.folder / "cmyk.JPG"
        HOST.run(self.photos[0], "-colorspace", "CMYK", cmyk)
        self.assert_left_out(cmyk, "is a CMYK JPEG")
        run = HOST.run(*self.photos, cmyk, "-process", "hotpix", self.out)
        self.assertEqual(run.status, 0)
        self.assertIn(
            "is in the colour space CMYK: only grey and RGB count", run.messages
        )

    def test_another_body(self):
        other = host.simulate(
            self.folder / "other", "--width=96", "--height=64", "--frames=9", "--serial=B2"
        )[8]
        self.assert_left_out(
            other,
            "is by another camera body, Simulated Camera, serial B2; the set is by Simulated Camera, serial 0001",
        )
        run = HOST.run(
            "-ping",
            *self.photos,
            other,
            "-process",
            "hotpix camera=any",
            "-print",
            "%[hotpix:frames]",
            "null:",
        )
        self.assertEqual((run.output, run.messages), (b"7", ""))
        run = HOST.run(
            *self.photos, other, "-process", "hotpix", "-print", "%[hotpix:frames]", "null:"
        )
        self.assertEqual(run.output, b"6")

    def test_each_of_many_left_out_is_named(self):
        others = host.simulate(
            self.folder / "many", "--width=32", "--height=32", "--frames=100", "--defects=0"
        )
        names = "\n".join(map(str, [*self.photos * 18, *others])).encode()
        place = self.folder / "left-out.tsv"
        words = f"hotpix files=@- count-again=yes left-out={place}"
        run = HOST.run(
            "xc:",
            "-process",
            words,
            "-print",
            "%[hotpix:left-out]",
            "null:",
            stdin=names,
        )
        self.assertEqual((run.status, run.output), (0, b"100"), run.messages)
        self.assertIn("left out: 100 photos of another size than most: ", run.messages)
        self.assertIn("IMG_0010.JPG (32 x 32) and 90 more", run.messages)
        left_out = host.read_left_out(place)
        self.assertEqual(list(left_out), list(map(str, others)))
        for reason in left_out.values():
            self.assertEqual(reason, "is 32 x 32 pixels, the set is 96 x 64")

    def test_one_pixel(self):
        paths = []
        for i in range(3):
            paths.append(self.folder / f"one-{i}.JPG")
            HOST.run("-size", "1x1", f"xc:gray({40 * i})", paths[-1])
        run = HOST.run("-ping", *paths, "-process", "hotpix", "-depth", "16", "pnm:-")
        self.assertEqual((run.status, run.messages), (0, ""))
        expected = 4 * oracle.variance_of(oracle.Files(paths))
        self.assertLessEqual(
            oracle.largest_distance(oracle.read_pnm(run.output), expected[:, :, :1]), 1
        )

    def test_65500_columns(self):
        import PIL.Image

        paths = [self.folder / f"wide-{i}.JPG" for i in range(3)]
        for i, path in enumerate(paths):
            PIL.Image.linear_gradient("L").resize((65500, 9 + 0 * i)).point(
                lambda v: v // (i + 1)
            ).save(path)
        words = ("xc:", "-process", f"hotpix files={self.folder}/wide-*.JPG")
        run = HOST.run(*words, "-depth", "16", "pnm:-")
        if run.status == 0:
            expected = 4 * oracle.variance_of(oracle.Files(paths))
            self.assertLessEqual(
                oracle.largest_distance(oracle.read_pnm(run.output), expected), 1
            )
        else:  # where the system's policy forbids an image so wide
            run = self.assert_refused("at least 2 photos are needed, 0 of the 3", *words)
            self.assertIn("is 65500 x 9 pixels, beyond ImageMagick's limits of", run.messages)

    def test_names_of_every_kind(self):
        awkward = [
            "a b.JPG",
            "it's.JPG",
            'qu"ote.JPG',
            "50%.JPG",
            "%d.JPG",
            "a:b.JPG",
            "ü.JPG",
            "a[1].JPG",
            "a*.JPG",
        ]
        folder = self.folder / "awkward names"
        folder.mkdir()
        for i, name in enumerate(awkward):
            (folder / name).write_bytes(self.photos[i % len(self.photos)].read_bytes())
        expected = 4 * oracle.variance_of(oracle.Files(folder / name for name in awkward))
        listed = "\n".join(str(folder / name) for name in awkward).encode()
        ways = {
            "pinged": HOST.run(
                "-ping", *awkward, "-process", "hotpix count-again=yes", "-depth", "16", "pnm:-", cwd=folder
            ),
            "list": HOST.run(
                "xc:", "-process", "hotpix count-again=yes files=@-", "-depth", "16", "pnm:-", stdin=listed
            ),
            "quoted": HOST.run(
                "xc:", "-process", f'hotpix count-again=yes "files={folder}/*.JPG"', "-depth", "16", "pnm:-"
            ),
        }
        for way, run in ways.items():
            with self.subTest(way):
                self.assertEqual((run.status, run.messages), (0, ""))
                self.assertLessEqual(
                    oracle.largest_distance(oracle.read_pnm(run.output), expected), 1
                )

    def test_an_awkward_name_is_shown_as_it_is(self):
        path = self.write("50% of a:b 'c' \"d\" ü.JPG", b"\xff\xd8broken")
        self.assert_listed_is_left_out(path, "is damaged")

    def test_an_output_that_cannot_be_written(self):
        target = pathlib.Path("/nowhere/out.png")
        run = HOST.run("-ping", *self.photos, "-process", "hotpix", target)
        self.assertEqual(run.status, 1)
        self.assertIn(str(target), run.messages)

    @unittest.skipIf(host.SANITIZER, "the address sanitizer takes more memory than the limit")
    def test_memory_that_cannot_be_had(self):
        # As long as a photo of that size can be, or it would not be believed.
        data = jpeg_header(16000, 16000) + bytes(16000 * 16000 // 256)
        paths = [self.write(f"huge-{i}.JPG", data) for i in range(2)]

        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (5 << 28, 5 << 28))

        self.assert_refused(
            "not enough memory: the sums for photos of 16000 x 16000 pixels need 1465 MiB",
            "xc:",
            "-process",
            "hotpix count-again=yes " + " ".join(f"files={path}" for path in paths),
            preexec=limit,
        )

    def test_bombs_do_not_outvote_photos(self):
        bombs = [self.write(f"bomb-{i}.JPG", jpeg_header(15000, 15000)) for i in range(20)]
        names = "\n".join(map(str, [*bombs, *self.photos])).encode()
        place = self.folder / "bombs.tsv"
        words = ("xc:", "-process", f"hotpix files=@- left-out={place}")
        run = HOST.run(*words, "-print", "%[hotpix:frames]", "null:", stdin=names)
        self.assertEqual((run.status, run.output), (0, b"6"), run.messages)
        self.assertIn("left out: 20 photos that are damaged or cut short: bomb-0.JPG", run.messages)
        left_out = host.read_left_out(place)
        self.assertEqual(set(left_out), set(map(str, bombs)))
        for reason in left_out.values():
            self.assertIn("94 bytes are too few for the 15000 x 15000 pixels", reason)

    def test_photos_that_the_limits_dropped_are_read_from_their_files(self):
        """But not where the command would have changed them."""
        # Of version 6 a photo takes 48 or 96 KiB, and a result must have room; version 7 must have none.
        room = "250KiB" if host.VERSION == 6 else "100KiB"
        limits = ("-limit", "memory", room, "-limit", "map", room, "-limit", "disk", "0")
        print_words = ("-print", "%[hotpix:frames] %[hotpix:left-out]")
        run = HOST.run(*limits, *self.photos, "-process", "hotpix", *print_words, self.out)
        self.assertEqual(run.status, 1)
        if host.VERSION == 7:
            self.assertIn("cache resources exhausted", run.messages)
            self.assertEqual(self.out.read_bytes(), b"an older result")
            return
        self.assertEqual(run.output, b"6 0", run.messages)
        expected = 4 * oracle.variance_of(oracle.Files(self.photos))
        picture = oracle.read_pnm(HOST.run(self.out, "-depth", "16", "pnm:-").output)
        self.assertLessEqual(oracle.largest_distance(picture, expected), 1)
        changed = HOST.run(*limits, *self.photos, "-negate", "-process", "hotpix", self.out)
        self.assertRegex(changed.messages, r"left out: .*dropped by ImageMagick")
        self.assertIn(self.photos[-1].name, changed.messages)

    def test_help_and_version_need_no_photos(self):
        for word in ("help", "version"):
            run = HOST.run("xc:", "-process", f"hotpix {word}", "null:")
            self.assertEqual((run.status, run.messages), (0, ""))
            kind = " HDRI" if host.HDRI else ""
            self.assertRegex(
                run.output.decode(),
                rf"^hotpix \d+\.\d+\.\d+, built for ImageMagick {host.VERSION}[0-9.]+ Q16{kind} and ",
            )
            self.assertEqual("-process 'hotpix image=mask'" in run.output.decode(), word == "help")
        self.assert_refused("unknown argument", "-ping", *self.photos, "-process", "hotpix help")

    def test_a_pinged_pipe(self):
        run = HOST.run(
            "-ping",
            *self.photos,
            "-",
            "-process",
            "hotpix",
            "-print",
            "%[hotpix:left-out]",
            "null:",
            stdin=self.photos[0].read_bytes(),
        )
        self.assertEqual((run.status, run.output), (0, b"1"), run.messages)
        self.assertIn("left out: - came through a pipe", run.messages)

    def test_a_build_for_the_other_quantum(self):
        other = host.find_command(hdri=not host.HDRI)
        if other is None:
            self.skipTest("only one kind of quantum is installed")
        self.assert_refused(
            "this module is for ImageMagick",
            "-ping",
            *self.photos,
            "-process",
            "hotpix",
            command=other,
        )


if __name__ == "__main__":
    tap.main()
