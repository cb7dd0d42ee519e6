# SPDX-License-Identifier: GPL-3.0-or-later
"""Every text that users read is marked, listed, translated, and in words that people use."""

import importlib.machinery
import importlib.util
import pathlib
import re
import shutil
import unittest

import tap

ROOT = pathlib.Path(__file__).resolve().parents[1]
FOLDERS = ("core", "magick-module", "gimp-plugin")
MARKED = re.compile(r"\b(?:N?_|ngettext) \(")
# An error whose words are not marked: a string with two words or more where _() belongs.
UNMARKED = re.compile(r'HOTPIX_ERROR_\w+,\s*"[^"]*[a-z]+ [a-z]+[^"]*"')
# GLib's names for formats, which xgettext does not put in.
MACRO = re.compile(r'(?:N?_|ngettext) \("[^;]*?" G_\w+_FORMAT')
VALUE = re.compile(r"%[-+ #0]*[\d.*]*(?:l|z)?[a-zA-Z%]")
# What reads as translated, or says a rule where the user wants to know what to do.
STILTED = re.compile(
    r"\b(?:(?:is|are) (?:not )?(?:allowed|asked for|wanted|given to)|by itself|tells?|told"
    r"|does not give|is to be|that of)\b"
)


def load_messages():
    loader = importlib.machinery.SourceFileLoader("messages", str(ROOT / "tools/messages"))
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader(loader.name, loader)
    )
    loader.exec_module(module)
    return module


def sources():
    """Each source and its text without comments; not base/text.h, which defines the marks."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.[ch]")):
            if path != ROOT / "core/base/text.h":
                text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
                yield str(path.relative_to(ROOT)), text


def values_of(text):
    return VALUE.findall(text)


class Words(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.messages = load_messages()

    def extract(self):
        if shutil.which("xgettext") is None:
            self.skipTest("xgettext is not installed")
        found = self.messages.extract()
        self.assertGreater(len(found), 100)
        return found

    def test_each_source_with_texts_is_listed(self):
        marked = sorted(name for name, text in sources() if MARKED.search(text))
        self.assertEqual((ROOT / "po/POTFILES").read_text().splitlines(), marked)

    def test_each_error_is_marked(self):
        for pattern in (UNMARKED, MACRO):
            wrong = [(name, hit) for name, text in sources() for hit in pattern.findall(text)]
            self.assertEqual(wrong, [])

    def test_each_text_is_translated(self):
        texts = [self.messages.key(strings) for _, strings in self.extract()]
        for language in self.messages.LANGUAGES:
            with self.subTest(language):
                translated = self.messages.translations(language)
                missing = [text for text in texts if not all(translated.get(text, [""]))]
                self.assertEqual(missing, [])

    def test_translations_take_the_same_values(self):
        texts = {self.messages.key(strings) for _, strings in self.extract()}
        wrong = [
            each
            for language in self.messages.LANGUAGES
            for text, words in self.messages.translations(language).items()
            for each in words
            if text in texts and each and values_of(each) != values_of(text[-1] or text[0])
        ]
        self.assertEqual(wrong, [])

    def test_texts_are_in_words_that_people_use(self):
        texts = [text for _, strings in self.extract() for text in strings.values()]
        self.assertEqual([text for text in texts if STILTED.search(text)], [])


if __name__ == "__main__":
    tap.main()
