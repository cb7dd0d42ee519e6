# SPDX-License-Identifier: GPL-3.0-or-later
"""Defects in every form: lists, the mask, the evidence, the count."""

import json
import os
import random
import unittest

import numpy

import host
import oracle
import tap

HOST = host.Host()
FRAMES = 24
COLUMNS = "x y channel kind score mean around variance frames length look".split()

setUpModule = HOST.require
tearDownModule = HOST.close


def parse_tsv(text):
    """The comment and the rows of a list, each a dictionary."""
    comment, names, *lines = text.splitlines()
    assert names.split("\t") == COLUMNS, names
    return comment, [dict(zip(COLUMNS, line.split("\t"))) for line in lines]


def places(rows):
    return [(int(row["x"]), int(row["y"])) for row in rows]


class Detection(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(host.scratch())
        cls.photos = host.simulate(
            cls.folder / "photos",
            *("--width=600", "--height=400", f"--frames={FRAMES}", "--defects=24"),
            *("--quality=95", "--seed=5"),
        )
        lines = (cls.folder / "photos/truth.tsv").read_text().splitlines()[1:]
        cls.truth = [line.split("\t") for line in lines]

    def run_host(self, *words, **keywords):
        run = HOST.run(*words, **keywords)
        self.assertEqual((run.status, run.messages), (0, ""))
        return run.output

    def list_of(self, arguments="", photos=None):
        words = ("-ping", *(photos or self.photos))
        return self.run_host(*words, "-process", f"hotpix list=- {arguments}", "null:").decode()

    def test_planted_defects_and_nothing_else(self):
        comment, rows = parse_tsv(self.list_of())
        self.assertIn(f"{FRAMES} frames of 600 x 400 pixels by Simulated Camera", comment)
        self.assertIn("serial 0005", comment)
        self.assertIn("threshold 1,", comment)
        found = 0
        for x, y, kind, _ in self.truth:
            near = [p for p in places(rows) if max(abs(p[0] - int(x)), abs(p[1] - int(y))) <= 1]
            self.assertLessEqual(len(near), 1, (x, y, kind))
            found += len(near)
        self.assertEqual(found, len(rows))
        self.assertGreaterEqual(found, 20)
        scores = [float(row["score"]) for row in rows]
        self.assertEqual(scores, sorted(scores, reverse=True))
        self.assertGreaterEqual(scores[-1], 1)
        self.assertEqual({row["frames"] for row in rows}, {str(FRAMES)})

    def test_columns_tell_the_statistics(self):
        _, rows = parse_tsv(self.list_of())
        frames = oracle.Files(self.photos)
        mean = sum(frame / 255 for frame in frames) / FRAMES
        variance = oracle.variance_of(frames)
        for row in rows:
            at = (int(row["y"]), int(row["x"]), "RGB".index(row["channel"]))
            self.assertAlmostEqual(float(row["mean"]), mean[at], delta=1e-6)
            self.assertAlmostEqual(float(row["variance"]), variance[at], delta=1e-9)
            difference = float(row["mean"]) - float(row["around"])
            if row["kind"] != "stuck":
                self.assertEqual(row["kind"], "hot" if difference > 0 else "dead")

    def test_threads_order_and_ways_change_nothing(self):
        expected = self.list_of()
        for threads in (1, 2, 8):
            self.assertEqual(self.list_of(f"threads={threads}"), expected)
        for seed in range(3):
            shuffled = random.Random(seed).sample(self.photos, FRAMES)
            self.assertEqual(self.list_of(photos=shuffled), expected)
        decoded = self.run_host(*self.photos, "-process", "hotpix list=-", "null:")
        self.assertEqual(decoded.decode(), expected)

    def test_formats(self):
        comment, rows = parse_tsv(self.list_of())
        spots = places(rows)
        kinds = [row["kind"] for row in rows]
        for name, line in (
            ("dcraw", lambda x, y, kind: f"{x} {y} 0"),
            ("rawtherapee", lambda x, y, kind: f"{x} {y}"),
            ("siril", lambda x, y, kind: f"P {x} {y} {'C' if kind == 'dead' else 'H'}"),
            ("jpegpixi", lambda x, y, kind: f"{x - 1},{y - 1},3"),
        ):
            text = self.list_of(f"format={name}")
            expected = [line(x, y, kind) for (x, y), kind in zip(spots, kinds)]
            self.assertEqual(text.splitlines(), [comment, *expected])
        moved = self.list_of("format=dcraw offset=10,20").splitlines()[1:]
        self.assertEqual(moved, [f"{x + 10} {y + 20} 0" for x, y in spots])
        data = json.loads(self.list_of("format=json"))
        self.assertEqual((data["frames"], data["width"], data["height"]), (FRAMES, 600, 400))
        self.assertEqual([(d["x"], d["y"]) for d in data["defects"]], spots)
        self.assertEqual([d["kind"] for d in data["defects"]], kinds)

    def test_threshold_and_count(self):
        _, rows = parse_tsv(self.list_of("threshold=0.5"))
        scores = [float(row["score"]) for row in rows]
        for threshold in (0.5, 1, 3, 100):
            words = ("-process", f"hotpix threshold={threshold}", "-print", "%[hotpix:defects]")
            output = self.run_host("-ping", *self.photos, *words, "null:")
            _, listed = parse_tsv(self.list_of(f"threshold={threshold}"))
            self.assertEqual(int(output), len(listed))
            self.assertLessEqual(len(listed), sum(score >= threshold for score in scores))
            self.assertEqual(len(listed) > 0, threshold < 100)
        # Nobody asked: there is no such property, which ImageMagick 6 remarks on.
        words = ("-process", "hotpix", "-print", "[%[hotpix:defects]]", "null:")
        self.assertEqual(HOST.run("-ping", *self.photos, *words).output, b"[]")

    def image(self, process, photos=None):
        words = ("-ping", *(photos or self.photos), "-process", process, "-depth", "16")
        return oracle.read_pnm(self.run_host(*words, "pgm:-" if "mask" in process else "ppm:-"))

    def test_mask(self):
        _, rows = parse_tsv(self.list_of())
        mask = self.image("hotpix image=mask")
        self.assertEqual(mask.shape, (400, 600, 1))
        expected = numpy.zeros((400, 600, 1), int)
        for x, y in places(rows):
            expected[y, x] = 65535
        numpy.testing.assert_array_equal(mask, expected)

    def test_marks(self):
        _, rows = parse_tsv(self.list_of())
        marks = self.image("hotpix image=marks")
        # Ten cells of 60 columns, with numbers of seven dots' height above them.
        self.assertEqual(marks.shape, (400 + 7 * 2 + 60, 600, 3))
        red, yellow, blue = (255, 32, 32), (255, 216, 0), (64, 128, 255)
        colours = {"hot": red, "stuck": yellow, "dead": blue}
        for row in rows:
            # The strongest's ring is on top of all others.
            x, y = int(row["x"]), int(row["y"])
            ring = [(x + 8, y), (x - 8, y), (x, y + 8), (x, y - 8)]
            inside = [(p, q) for p, q in ring if 0 <= p < 600 and 0 <= q < 400]
            drawn = {tuple(marks[q, p] // 257) for p, q in inside}
            self.assertTrue(drawn & set(colours.values()), row)
            if row is rows[0]:
                self.assertEqual(drawn, {colours[row["kind"]]})

    def test_evidence(self):
        image = self.image("hotpix image=evidence")
        steps = sum(oracle.evidence_steps(frame) for frame in oracle.Files(self.photos))
        expected = 0.5 + steps / (16 * FRAMES)
        self.assertLessEqual(oracle.largest_distance(image, expected), 1)

    def test_16_bit_photos_give_the_same_list(self):
        folder = self.folder / "png"
        folder.mkdir()
        for photo in self.photos:
            self.run_host(photo, "-depth", "16", folder / f"{photo.stem}.png")
        pngs = sorted(folder.glob("*.png"))
        _, rows = parse_tsv(self.list_of(photos=pngs))
        _, expected = parse_tsv(self.list_of("camera=any"))
        self.assertEqual(rows, expected)

    def test_list_files(self):
        expected = self.list_of()
        path = self.folder / "hot.tsv"
        link = self.folder / "link.tsv"
        path.write_text("an older list")
        link.symlink_to(path.name)
        for target in (link, path, "/dev/stdout"):
            words = ("-ping", *self.photos, "-process", f"hotpix list={target}", "null:")
            output = self.run_host(*words)
            text = output.decode() if target == "/dev/stdout" else path.read_text()
            self.assertEqual(text, expected)
        self.assertTrue(link.is_symlink())
        self.assertEqual(os.stat("/dev/null").st_mode & 0o170000, 0o020000)
        self.run_host("-ping", *self.photos, "-process", "hotpix list=/dev/null", "null:")
        self.assertEqual(os.stat("/dev/null").st_mode & 0o170000, 0o020000)

    def test_a_list_file_keeps_its_mode_and_a_link_its_place(self):
        old = self.folder / "private.tsv"
        old.write_text("an older list")
        old.chmod(0o600)
        link = self.folder / "dangling.tsv"
        link.symlink_to("not-yet.tsv")
        for target in (old, link):
            self.run_host("-ping", *self.photos, "-process", f"hotpix list={target}", "null:")
        self.assertEqual(old.stat().st_mode & 0o777, 0o600)
        self.assertTrue(link.is_symlink())
        self.assertEqual((self.folder / "not-yet.tsv").read_text(), old.read_text())

    def test_a_list_that_cannot_be_written(self):
        out = self.folder / "out.png"
        out.write_bytes(b"an older result")
        for target, reason in (
            (self.folder / "none/hot.tsv", "No such file or directory"),
            (self.folder, "Is a directory"),
            ("/dev/full", "No space left on device"),
        ):
            run = HOST.run("-ping", *self.photos, "-process", f"hotpix list={target}", out)
            self.assertEqual(run.status, 1, run.messages)
            self.assertIn(f"hotpix: cannot write the list to {target}: ", run.messages)
            self.assertIn(reason, run.messages)
            self.assertEqual(out.read_bytes(), b"an older result")

    def test_few_and_alike_photos_are_told(self):
        run = HOST.run("-ping", *self.photos[:4], "-process", "hotpix list=-", "null:")
        self.assertEqual(run.status, 0)
        self.assertIn("hotpix: warning: 4 photos show only strong defects", run.messages)
        same = [self.photos[0]] * 20
        words = ("-process", "hotpix list=- count-again=yes", "null:")
        run = HOST.run("-ping", *same, *words)
        self.assertEqual(run.status, 0)
        self.assertIn("hotpix: warning: the photos are too alike", run.messages)


if __name__ == "__main__":
    tap.main()
