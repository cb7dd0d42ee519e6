# SPDX-License-Identifier: GPL-3.0-or-later
"""Each header compiles as the only one, twice, and the example in its first comment compiles, too, with what
example-names.h takes for granted: test_headers.py BUILD-FOLDER, whose compiler and options are used."""

import json
import pathlib
import re
import shlex
import subprocess
import sys
import unittest

import tap

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = pathlib.Path(sys.argv[1])
# Where headers are, and a source there whose options they are compiled with. A folder in another is
# behind it.
PLACES = {
    "core": "core/base/error.c",
    "magick-module": "magick-module/result.c",
    "gimp-plugin": "gimp-plugin/photo-chooser.c",
    "gimp-plugin/gimp-2": "gimp-plugin/gimp-2/hotpix.c",
    "gimp-plugin/gimp-3": "gimp-plugin/gimp-3/hotpix.c",
}
NAMES = ROOT / "tests/example-names.h"
# Its own names shadow those of example-names.h, and nothing is done with them.
EXAMPLE_OPTIONS = ("-Wno-shadow", "-Wno-unused")
EXAMPLE = """#include "{names}"
void example (void);
void
example (void)
{{
{example}
}}
"""


def options_by_source():
    """Of each source that this build compiles, the command without what it is compiled to."""
    options = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        path = (BUILD / entry["file"]).resolve()
        words = shlex.split(entry["command"])
        kept = [word for word in words[: words.index("-MD")] if not word.startswith("-O")]
        if path.is_relative_to(ROOT):
            options[str(path.relative_to(ROOT))] = kept
    return options


def example_of(text):
    """The lines of code in the first comment behind the includes, or none."""
    comment = re.search(r"^/\*(?! SPDX).*?\*/", text, re.DOTALL | re.MULTILINE)
    if comment is None:
        return ""
    lines = comment[0].splitlines()
    code = [line[3:] for line in lines if re.match(r" \*   +\S", line)]
    return "\n".join(code) if any(line.endswith(";") for line in code) else ""


class Headers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.options = options_by_source()

    def headers(self):
        """Each header whose folder is compiled here, how sources name it, and the options."""
        seen = set()
        for place, source in reversed(PLACES.items()):
            for path in sorted(set((ROOT / place).rglob("*.h")) - seen):
                seen.add(path)
                if source in self.options:
                    yield path, path.relative_to(ROOT / place), self.options[source]

    def assert_compiles(self, options, text):
        command = [*options, "-fdiagnostics-color=never", "-fsyntax-only", "-x", "c", "-"]
        done = subprocess.run(
            command, input=text, cwd=BUILD, capture_output=True, text=True, check=False
        )
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_each_compiles_alone_and_so_does_its_example(self):
        n_headers = n_examples = 0
        for path, name, options in self.headers():
            with self.subTest(header=str(path.relative_to(ROOT))):
                text = f'#include "{name}"\n' * 2
                example = example_of(path.read_text())
                if example:
                    n_examples += 1
                    text += EXAMPLE.format(names=NAMES, example=example)
                self.assert_compiles([*options, *EXAMPLE_OPTIONS], text)
                n_headers += 1
        print(f"# {n_headers} headers, {n_examples} examples")
        self.assertGreater(n_headers, 20)
        self.assertGreater(n_examples, 10)


if __name__ == "__main__":
    tap.main()
