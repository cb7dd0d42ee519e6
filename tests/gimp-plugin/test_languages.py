# SPDX-License-Identifier: GPL-3.0-or-later
"""What the plug-in says to a user in Germany."""

import unittest

import languages
import tap
from gimp_host import Host, quote, stack


class Languages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = cls.enterClassContext(Host())
        cls.german = languages.environment(cls.host.folder / "locales", "de_DE")
        cls.photos, _, cls.pngs = cls.host.make_photos()

    def assert_german(self, words, script):
        """GIMP has messages of its own, too: only lines that name the plug-in are checked."""
        text, said = self.host.run_alone(script, **self.german)
        self.assertIn(words, said)
        for line in said.splitlines():
            if "hotpix" in line.lower():
                self.assertIsNone(languages.ENGLISH.search(line), line)
        return text

    def find_in(self, *names):
        return f"(find-in-photos (list {' '.join(map(quote, names))}) 1.0 3 12 FALSE 0 FALSE)"

    def test_photos_that_cannot_be_compared(self):
        empty = self.host.folder / "empty"
        empty.mkdir()
        for names, words in (
            ([empty], f"der Ordner {empty} enthält keine Fotos"),
            (["@none.txt"], "die Liste none.txt lässt sich nicht öffnen: Datei oder"),
        ):
            self.assert_german(words, self.find_in(*names))

    def test_too_few_photos_for_faint_defects(self):
        words = "5 Fotos zeigen nur starke Defekte"
        text = self.assert_german(
            words,
            stack(self.pngs[:5])
            + """
            (let ((result (find-in-layers image 1.0 3 12 FALSE TRUE FALSE)))
              (display (name-of (car result)) out)
              (display (list-of image) out))
            (gimp-image-delete image))""",
        )
        self.assertRegex(text, r"^Hotpixel \(\d+\)# hotpix: 5 frames of 480 x 320 pixels")


if __name__ == "__main__":
    tap.main()
