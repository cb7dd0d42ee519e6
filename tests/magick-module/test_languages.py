# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages in the language of the user, and what programs read in none."""

import re
import unittest

import host
import languages
import tap

HOST = host.Host()


setUpModule = HOST.require
tearDownModule = HOST.close


def words_of_hotpix(messages):
    """What the module says, without the program's name before it and the place in the source."""
    lines = [line.split("hotpix: ", 1)[1] for line in messages.splitlines() if "hotpix: " in line]
    return [re.split(" @ (?:error|warning|fatal)/", line)[0] for line in lines]


class Languages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(host.scratch())
        cls.german = languages.environment(cls.folder / "locales", "de_DE")
        size = ("--width=96", "--height=64", "--frames=6")
        cls.photos = host.simulate(cls.folder / "photos", *size)

    def assert_german(self, words, *command):
        run = HOST.run(*command, self.folder / "out.png", environment=self.german)
        said = words_of_hotpix(run.messages)
        self.assertTrue(any(words in line for line in said), run.messages)
        for line in said:
            self.assertIsNone(languages.ENGLISH.search(line), line)

    def test_bad_arguments(self):
        for arguments, words in (
            ("memories=1", "unbekanntes Argument »memories=1«: hotpix kennt image=,"),
            ("threads=two", "threads= muss eine ganze Zahl von 1 bis 256 sein, nicht »two«"),
            ("format=json", "format= braucht list=, das sagt, wohin die Liste geht"),
            ("list=/nowhere/hot.tsv", "die Liste lässt sich nicht nach /nowhere/hot.tsv schreiben"),
            ("files=@", "nach @ fehlt der Name einer Liste"),
            ("files=@none.txt", "die Liste none.txt lässt sich nicht öffnen: Datei oder"),
            ("files=none*.JPG", "auf none*.JPG passt keine Datei"),
        ):
            self.assert_german(words, "-ping", *self.photos, "-process", f"hotpix {arguments}")

    def test_photos_that_do_not_count(self):
        files = {
            "empty.JPG": (b"", "ist leer"),
            "cut.JPG": (self.photos[0].read_bytes()[:-2000], "ist beschädigt oder abgeschnitten"),
            "none.JPG": (None, "lässt sich nicht öffnen: Datei oder Verzeichnis nicht gefunden"),
        }
        for name, (data, words) in files.items():
            path = self.folder / name
            if data is not None:
                path.write_bytes(data)
            arguments = f"hotpix files={path} files={self.folder}/photos/*.JPG"
            self.assert_german(f"ausgelassen: {name} {words}", "xc:", "-process", arguments)

    def test_too_few_photos_for_faint_defects(self):
        words = "6 Fotos zeigen nur starke Defekte"
        self.assert_german(words, *self.photos, "-process", "hotpix threshold=1")

    def test_lists_and_properties_are_the_same(self):
        command = ("-ping", *self.photos, "-process", "hotpix list=-")
        command += ("-print", "%[hotpix:variance-mean] %[hotpix:maximum-at]", "null:")
        german = HOST.run(*command, environment=self.german)
        self.assertIn(b"threshold 1", german.output)
        self.assertEqual(german.output, HOST.run(*command).output)

    def test_a_locale_of_c_is_english(self):
        environment = {**self.german, "LC_ALL": "C"}
        run = HOST.run("xc:", "-process", "hotpix files=@", "null:", environment=environment)
        self.assertIn("@ needs the name of a list", run.messages)


if __name__ == "__main__":
    tap.main()
