# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue: surveys written down, cameras listed, photos repaired by what is known of them."""

import datetime
import json
import os
import shutil
import sqlite3
import subprocess
import unittest

import host
import tap

HOST = host.Host()

setUpModule = HOST.require
tearDownModule = HOST.close

# Of the first photo that a simulated camera writes, its number 1.
FIRST_DAY = datetime.datetime(2020, 1, 2, 12)
SIZE = ("--width=480", "--height=320", "--frames=24")


def places(text):
    """The places that lists tell, of every list in the text."""
    rows = [line.split("\t") for line in text.splitlines() if line[:1].isdigit()]
    return {(int(row[0]), int(row[1])) for row in rows}


class Catalogue(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(host.scratch())
        first = ("--defects=12", "--seed=3", "--serial=A1")
        second = ("--defects=9", "--seed=4", "--serial=B2")
        cls.first = host.simulate(cls.folder / "a", *SIZE, *first)
        cls.second = host.simulate(cls.folder / "b", *SIZE, *second)

    def setUp(self):
        self.path = self.folder / f"{self._testMethodName}.sqlite"

    def run_host(self, *words, status=0, **keywords):
        run = HOST.run(*words, **keywords)
        self.assertEqual(run.status, status, run.messages)
        return run

    def survey(self, photos, more="", **keywords):
        process = f"hotpix catalogue={self.path} {more}"
        return self.run_host("-ping", *photos, "-process", process, "null:", **keywords)

    def known(self, arguments, **keywords):
        process = f"hotpix catalogue={self.path} {arguments}"
        return self.run_host("xc:", "-process", process, "null:", **keywords)

    def ask(self, sql):
        with sqlite3.connect(self.path) as database:
            return database.execute(sql).fetchall()

    def test_what_is_found_is_written_down_and_listed_again(self):
        run = self.survey(self.first, "list=-")
        found = run.output.decode()
        self.assertRegex(run.messages, r"^hotpix: wrote down \d+ defects of .*serial A1 in ")
        self.assertGreater(len(places(found)), 5)
        self.survey(self.second)
        both = self.known("list=-").output.decode()
        other = self.known("list=- camera=B2").output.decode()
        self.assertEqual(len([line for line in both.splitlines() if line[0] == "#"]), 2)
        one = self.known('list=- "camera=serial A1"').output.decode()
        self.assertEqual(one, found)
        self.assertEqual(places(both), places(one) | places(other))
        listed = self.folder / "known.json"
        self.known(f"list={listed} camera=A1")
        self.assertEqual(len(json.loads(listed.read_text())["defects"]), len(places(found)))
        raw = self.known("list=- format=rawtherapee camera=A1").output.decode()
        self.assertEqual(len(raw.splitlines()), len(places(found)) + 1)

    def test_lists_tell_since_when_defects_are_there(self):
        growing = ("--width=480", "--height=320", "--frames=40", "--growth=40", "--seed=6")
        photos = host.simulate(self.folder / "growing", *growing, "--defects=40", "--serial=G1")
        truth = {}
        for line in (self.folder / "growing/truth.tsv").read_text().splitlines()[1:]:
            x, y, _, _, first = line.split("\t")
            truth[int(x), int(y)] = int(first)
        # The second half alone knows nothing of the first.
        self.survey(photos[20:])
        found = self.survey(photos, "list=-").output.decode()
        known = self.known("list=-").output.decode()
        self.assertLessEqual(places(found), places(known))
        names, *rows = [line.split("\t") for line in known.splitlines()[1:]]
        n_told = 0
        for row in (dict(zip(names, row)) for row in rows):
            first = truth.get((int(row["x"]), int(row["y"])), 0)
            if first <= 1 or row["kind"] == "cluster":
                continue
            date = datetime.datetime.fromisoformat(row["since"])
            begins = datetime.datetime(2020, 1, 1, 12) + datetime.timedelta(days=first)
            self.assertLessEqual(abs((date - begins).days), 2, row)
            self.assertEqual(row["until"], "still")
            self.assertEqual(row["first-photo"], photos[(date - FIRST_DAY).days].name)
            n_told += 1
        self.assertGreaterEqual(n_told, 5)
        self.assertIn("always", {row[names.index("since")] for row in rows})
        [(n,)] = self.ask("SELECT count(*) FROM measurements")
        self.assertGreater(n, 20 * len(rows))

    def test_threshold_and_kinds_choose_from_what_is_known(self):
        self.survey(self.first)
        text = self.known("list=-").output.decode().splitlines()[2:]
        scores = sorted(float(line.split("\t")[4]) for line in text)
        middle = scores[len(scores) // 2]
        less = self.known(f"list=- threshold={middle}").output.decode()
        self.assertEqual(len(places(less)), len([score for score in scores if score >= middle]))
        dead = self.known("list=- kinds=dead").output.decode().splitlines()[2:]
        self.assertEqual({line.split("\t")[3] for line in dead}, {"dead"})

    def test_each_photo_is_repaired_by_its_own_camera(self):
        self.survey(self.first)
        self.survey(self.second)
        stranger = host.simulate(
            self.folder / "stranger", *SIZE[:2], "--frames=2", "--seed=5", "--serial=C3"
        )
        mixed = self.folder / "mixed"
        mixed.mkdir()
        for name, photo in (("a", self.first[0]), ("b", self.second[0]), ("c", stranger[0])):
            shutil.copy(photo, mixed / f"{name}.JPG")
        into = self.folder / "into"
        process = f"hotpix catalogue={self.path} repair=catalogue into={into}"
        run = self.run_host("-ping", *sorted(mixed.glob("*.JPG")), "-process", process, "null:")
        self.assertIn("c.JPG was not repaired: the catalogue has no survey of", run.messages)
        self.assertIn("serial C3", run.messages)
        self.assertEqual({path.name for path in into.iterdir()}, {"a.JPG", "b.JPG"})
        # As by each camera's list alone.
        for name, camera in (("a", "A1"), ("b", "B2")):
            listed, alone = self.folder / f"{name}.tsv", self.folder / f"alone-{name}"
            self.known(f"list={listed} camera={camera}")
            process = f"hotpix repair={listed} into={alone}"
            self.run_host("-ping", mixed / f"{name}.JPG", "-process", process, "null:")
            repaired = (into / f"{name}.JPG").read_bytes()
            self.assertEqual(repaired, (alone / f"{name}.JPG").read_bytes())
            self.assertNotEqual(repaired, (mixed / f"{name}.JPG").read_bytes())
        # Decoded images, too.
        pixels = []
        picture = self.folder / "pixels.ppm"
        known, listed = f"catalogue={self.path} repair=catalogue", f"repair={self.folder}/a.tsv"
        for repair in (known, listed):
            self.run_host(mixed / "a.JPG", "-process", f"hotpix {repair}", picture)
            pixels.append(picture.read_bytes())
        self.assertEqual(pixels[0], pixels[1])

    def test_the_default_one_is_in_the_users_data_folder(self):
        home = {"XDG_DATA_HOME": str(self.folder / "data")}
        words = ("-ping", *self.first, "-process", "hotpix catalogue=default", "null:")
        self.run_host(*words, environment=home)
        self.assertTrue((self.folder / "data/hotpix/catalogue.sqlite").is_file())
        into = self.folder / "by-default"
        process = f"hotpix repair=catalogue into={into}"
        self.run_host("-ping", self.first[0], "-process", process, "null:", environment=home)
        self.assertTrue((into / self.first[0].name).is_file())

    def test_bad_input_is_told_and_nothing_is_written(self):
        text = self.folder / "text.sqlite"
        text.write_text("no catalogue\n" * 100)
        several = self.folder / "several.tsv"
        self.survey(self.first)
        self.survey(self.second)
        for process, words in (
            (f"catalogue={self.folder}/none list=-", "there is no catalogue"),
            (f"catalogue={text} list=-", "is a file of another kind"),
            (f"catalogue={self.path} list=- camera=D9", "camera= fits no camera"),
            (f"catalogue={self.path} list={several}", "has 2 lists"),
            (f"catalogue={self.path}", "needs list="),
        ):
            run = self.run_host("xc:", "-process", f"hotpix {process}", "null:", status=1)
            self.assertIn(words, run.messages)
        self.assertFalse(several.exists())
        self.assertFalse((self.folder / "none").exists())
        for process, message in (
            (f"catalogue={text}", "is a file of another kind"),
            (f"catalogue={self.folder}/no/folder", "cannot be read or written: No such file"),
            (f"catalogue={self.path} camera=any", "photos of one camera"),
            (f"catalogue={self.folder}/none repair=catalogue into=x", "there is no catalogue"),
            (f"catalogue={self.path} repair={several} into=x", "needs repair=catalogue"),
        ):
            words = ("-ping", *self.first, "-process", f"hotpix {process}", "null:")
            run = self.run_host(*words, status=1)
            self.assertIn(message, run.messages)
        self.assertEqual(self.ask("SELECT count(*) FROM surveys"), [(2,)])
        self.assertEqual(text.read_text(), "no catalogue\n" * 100)

    def test_hostile_names_are_text(self):
        names = ("'; DROP TABLE cameras; --", "x\x01y", os.fsdecode(b"\xffz"))
        folder = self.folder / "hostile"
        folder.mkdir()
        photos = []
        for photo, name in zip(self.first, names):
            photos.append(folder / f"{name}.JPG")
            shutil.copy(photo, photos[-1])
        camera = "'); DELETE FROM photos; --"
        more = host.simulate(folder / "more", *SIZE, "--defects=5", f"--serial={camera}")
        listed = folder / "photos.txt"
        lines = [os.fsencode(path) + b"\n" for path in photos + self.first[3:]]
        listed.write_bytes(b"".join(lines))
        self.known(f"files=@{listed}")
        self.survey(more)
        self.assertIn((f"{names[0]}.JPG",), self.ask("SELECT name FROM photos"))
        self.assertIn((camera,), self.ask("SELECT serial FROM cameras"))
        self.assertEqual(self.ask("SELECT count(*) FROM photos"), [(48,)])

    def test_many_at_once_lose_nothing(self):
        process = f"hotpix catalogue={self.path}"
        commands = [
            subprocess.Popen(
                [HOST.command, "-ping", *map(str, photos), "-process", process, "null:"],
                env=HOST.environment(),
                stderr=subprocess.DEVNULL,
            )
            for photos in (self.first[:12], self.first[12:], self.second[:12], self.second[12:])
        ]
        self.assertEqual([command.wait() for command in commands], [0] * 4)
        self.assertEqual(self.ask("SELECT count(*) FROM surveys"), [(4,)])
        self.assertEqual(self.ask("SELECT count(*) FROM cameras"), [(2,)])
        self.assertEqual(self.ask("SELECT count(*) FROM photos"), [(48,)])


if __name__ == "__main__":
    tap.main()
