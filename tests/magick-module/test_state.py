# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums that last: saved, gone on with and merged, they give what one run gives, bit for bit."""

import itertools
import shutil
import subprocess
import time
import unittest

import host
import tap

HOST = host.Host()
FRAMES = 12
PROPERTIES = ("frames", "defects", "variance-mean", "lowest", "minimum-at", "left-out")
PRINT = "".join(f"%[hotpix:{name}]\\n" for name in PROPERTIES)

setUpModule = HOST.require
tearDownModule = HOST.close


class State(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sources = cls.enterClassContext(host.scratch())
        cls.photos = host.simulate(
            cls.sources / "photos", "--width=322", "--height=218", f"--frames={FRAMES}"
        )
        cls.others = host.simulate(
            cls.sources / "others", "--width=160", "--height=120", "--frames=2", "--serial=0001"
        )

    def setUp(self):
        self.folder = self.enterContext(host.scratch())

    def command(self, photos, words):
        """The words of a command over the photos, with everything that it tells as its output."""
        given = ["-ping", *photos] if photos else ["xc:"]
        process = f"hotpix list={self.folder}/list.tsv image=evidence {words}"
        return [*given, "-process", process, "-print", PRINT, "-depth", "16", "pnm:-"]

    def result(self, photos, words=""):
        """The picture and the properties of a run, and its list."""
        run = HOST.run(*self.command(photos, words))
        self.assertEqual(run.status, 0, run.messages)
        return run.output, (self.folder / "list.tsv").read_bytes()

    def save(self, name, photos, words=""):
        """A state of the photos, none of which is left out."""
        state = self.folder / name
        run = HOST.run("-ping", *photos, "-process", f"hotpix state={state} {words}", "null:")
        self.assertEqual((run.status, run.messages), (0, ""))
        return state

    def refused(self, photos, words):
        """What is said where a command must fail."""
        run = HOST.run(*self.command(photos, words))
        self.assertEqual(run.status, 1, run.messages)
        return run.messages

    def test_one_run_with_a_state_gives_what_one_without_gives(self):
        expected = self.result(self.photos)
        state = self.folder / "state.fits"
        self.assertEqual(self.result(self.photos, f"state={state}"), expected)
        self.assertEqual(self.result([], f"state={state}"), expected)

    def test_a_photo_at_a_time_gives_the_same_bits(self):
        expected = self.result(self.photos)
        whole = self.save("whole.fits", self.photos)
        for photo in self.photos[:-1]:
            self.save("state.fits", [photo])
        state = self.folder / "state.fits"
        self.assertEqual(self.result(self.photos[-1:], f"state={state}"), expected)
        self.assertEqual(state.read_bytes(), whole.read_bytes())
        self.assertEqual([path.name for path in self.folder.glob("state.fits?*")], [])

    def test_parts_merged_in_any_order_give_the_same_bits(self):
        expected = self.result(self.photos)
        whole = self.save("whole.fits", self.photos).read_bytes()
        parts = [
            self.save(f"part-{i}.fits", part)
            for i, part in enumerate(
                [self.photos[:1], self.photos[1:2], self.photos[2:7], self.photos[7:]]
            )
        ]
        for i, order in enumerate(list(itertools.permutations(parts))[::5]):
            state = self.folder / f"all-{i}.fits"
            merge = " ".join(f"merge={part}" for part in order)
            self.assertEqual(self.result([], f"state={state} {merge}"), expected)
            self.assertEqual(state.read_bytes(), whole)
        pattern = f"state={self.folder}/by-pattern.fits merge={self.folder}/part-*.fits"
        self.assertEqual(self.result([], pattern), expected)

    def test_parts_are_merged_in_a_tree_and_with_photos(self):
        expected = self.result(self.photos)
        self.save("a.fits", self.photos[:3])
        self.save("b.fits", self.photos[3:6])
        below = f"state={self.folder}/ab.fits merge={self.folder}/a.fits merge={self.folder}/b.fits"
        self.result([], below)
        above = f"state={self.folder}/all.fits merge={self.folder}/ab.fits"
        self.assertEqual(self.result(self.photos[6:], above), expected)

    def test_a_compressed_state_is_the_same_and_smaller(self):
        expected = self.result(self.photos)
        plain = self.save("state.fits", self.photos)
        compressed = self.save("state.fits.fz", self.photos[:5])
        self.save("state.fits.fz", self.photos[5:])
        self.assertEqual(self.result([], f"state={compressed}"), expected)
        self.assertLess(compressed.stat().st_size, 0.8 * plain.stat().st_size)
        from_both = f"state={self.folder}/both.fits merge={compressed}"
        self.assertEqual(self.result([], from_both), expected)
        self.assertEqual((self.folder / "both.fits").read_bytes(), plain.read_bytes())

    def test_another_threshold_reads_no_photo(self):
        self.assertEqual(self.result(self.photos, "threshold=0.5"), self.elsewhere("threshold=0.5"))

    def elsewhere(self, words):
        """The result from a state alone, whose photos are gone."""
        photos = [shutil.copy(photo, self.folder) for photo in self.photos]
        state = self.save("gone.fits", photos)
        for photo in self.folder.glob("*.JPG"):
            photo.unlink()
        return self.result([], f"state={state} {words}")

    def test_a_photo_counts_once(self):
        state = self.save("state.fits", self.photos[:7])
        before = state.read_bytes()
        again = HOST.run("-ping", *self.photos[2:5], "-process", f"hotpix state={state}", "null:")
        self.assertEqual(again.status, 0)
        self.assertIn("3 of 3 photos, counted before", again.messages)
        self.assertEqual(len(again.messages.splitlines()), 1)
        self.assertEqual(state.read_bytes(), before)
        expected = self.result(self.photos[:10])
        run = HOST.run(*self.command(self.photos[5:10], f"state={state}"))
        self.assertIn("2 of 5 photos, counted before", run.messages)
        self.assertEqual(self.result([], f"state={state}"), expected)

    def test_a_photo_with_another_caption_is_the_same(self):
        copy = self.folder / "caption.jpg"
        data = self.photos[0].read_bytes()
        copy.write_bytes(data[:2] + b"\xff\xfe\x00\x09caption" + data[2:])
        state = self.save("state.fits", self.photos[:3])
        run = HOST.run("-ping", copy, "-process", f"hotpix state={state}", "null:")
        self.assertIn("caption.jpg was counted before", run.messages)

    def test_what_is_meant_to_count_again_does(self):
        twice = self.result(self.photos[:4] * 2, "count-again=yes")
        self.save("state.fits", self.photos[:4])
        state = f"state={self.folder}/state.fits"
        self.assertEqual(self.result(self.photos[:4], f"{state} count-again=yes"), twice)
        part = self.save("part.fits", self.photos[:4])
        all_of_it = f"state={self.folder}/all.fits merge={part} merge={part}"
        self.assertEqual(self.result([], f"{all_of_it} count-again=yes"), twice)

    def test_parts_that_overlap_are_refused_by_name(self):
        self.save("a.fits", self.photos[:4])
        self.save("b.fits", self.photos[3:6])
        said = self.refused([], f"state={self.folder}/all.fits merge={self.folder}/[ab].fits")
        self.assertIn(f"b.fits has 1 photo that is counted already ({self.photos[3].name})", said)
        self.assertFalse((self.folder / "all.fits").exists())

    def test_one_photo_is_a_step_and_no_result(self):
        state = self.save("state.fits", self.photos[:1])
        said = self.refused([], f"state={state}")
        self.assertIn("is of one photo, which is saved", said)

    def test_photos_of_another_size_are_left_out(self):
        state = self.save("state.fits", self.photos)
        before = state.read_bytes()
        run = HOST.run("-ping", self.others[0], "-process", f"hotpix state={state}", "null:")
        self.assertEqual(run.status, 0)
        self.assertIn("is 160 x 120 pixels, the set is 322 x 218", run.messages)
        self.assertEqual(state.read_bytes(), before)
        small = self.save("small.fits", self.others)
        said = self.refused([], f"state={state} merge={small}")
        self.assertIn("small.fits is of photos of 160 x 120 pixels", said)
        self.assertEqual(state.read_bytes(), before)

    def test_arguments_that_make_no_sense_are_refused(self):
        state = self.save("state.fits", self.photos[:3])
        self.assertIn("merge= needs state=", self.refused([], f"merge={state}"))
        self.assertIn("no files match", self.refused([], f"state={state} merge=/nowhere/*.fits"))
        missing = self.refused([], f"state={self.folder}/missing.fits")
        self.assertIn("missing.fits cannot be opened: No such file", missing)
        run = HOST.run(*self.photos[:2], "-process", f"hotpix state={state}", "null:")
        self.assertEqual(run.status, 1)
        self.assertIn("put -ping before them", run.messages)
        camera = self.refused(self.photos[3:4], f"state={state} camera=any")
        self.assertIn("leave camera= out", camera)
        memory = self.refused([], f"state={state} memory=1")
        self.assertIn("need 2 MiB, but memory= allows 1", memory)

    def test_the_second_of_two_runs_waits_and_goes_on(self):
        whole = self.save("whole.fits", self.photos).read_bytes()
        state = self.folder / "state.fits"
        runs = [
            subprocess.Popen(
                [HOST.command, "-ping", *photos, "-process", f"hotpix state={state}", "null:"],
                env=HOST.environment(),
                stderr=subprocess.PIPE,
            )
            for photos in (self.photos[i::4] for i in range(4))
        ]
        self.assertEqual([run.wait() for run in runs], [0] * 4)
        for run in runs:
            run.stderr.close()
        self.assertEqual(state.read_bytes(), whole)

    def test_a_run_that_waits_says_so(self):
        state = self.folder / "state.fits"
        lock = self.folder / "state.fits.lock"
        with subprocess.Popen(["flock", lock, "sleep", "2"]):
            while not lock.exists():
                time.sleep(0.01)
            time.sleep(0.2)
            run = HOST.run("-ping", *self.photos, "-process", f"hotpix state={state}", "null:")
        self.assertEqual(run.status, 0)
        self.assertEqual(
            run.messages, f"hotpix: another run changes the state {state}: waiting for it\n"
        )


if __name__ == "__main__":
    tap.main()
