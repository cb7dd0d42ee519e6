# SPDX-License-Identifier: GPL-3.0-or-later
"""What tools/check says of a run of tests, by logs as meson writes them."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import tap

SCRIPT = pathlib.Path(__file__).with_name("report_results.py")


def result(name, verdict, output="", status=0):
    return {
        "name": f"hotpix:core+threads / {name}",
        "result": verdict,
        "stdout": output,
        "duration": 900.4,
        "returncode": status,
    }


class Report(unittest.TestCase):
    def report(self, *results, status=0):
        """The counts and the other lines."""
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder, "testlog.json")
            log.write_text("".join(json.dumps(each) + "\n" for each in results))
            words = [sys.executable, SCRIPT, log, str(status), "everything"]
            said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
            counts, *lines = said.splitlines()
            return counts, [line.replace(folder, "FOLDER") for line in lines]

    def test_cases_are_counted_one_by_one(self):
        output = "TAP version 13\n1..3\nok 1 /sums/add\nok 2 - Sums.test_b\nok 3 /sums/c # a remark\n"
        self.assertEqual(self.report(result("sums", "OK", output)), ("3 0 0", []))

    def test_a_failed_case_is_named_with_its_log(self):
        output = "not ok 1 - A.a\n# Traceback\n# AssertionError: 1 != 2\n# of the next\nok 2 - A.b\n"
        counts, lines = self.report(result("sums", "FAIL", output, 1), status=1)
        self.assertEqual(counts, "1 1 0")
        words = "failed: everything: sums: A.a: AssertionError: 1 != 2: FOLDER/testlog.txt"
        self.assertEqual(lines, [words])

    def test_a_timeout_says_that_it_is_one_and_keeps_what_passed(self):
        counts, lines = self.report(result("windows", "TIMEOUT", "ok 1 - a\n"), status=1)
        self.assertEqual(counts, "1 1 0")
        self.assertIn("windows: timed out after 900 s:", lines[0])

    def test_a_test_that_ends_early_is_a_failure(self):
        counts, lines = self.report(result("scan", "ERROR", "ok 1 - a\n", -11), status=1)
        self.assertEqual(counts, "1 1 0")
        self.assertIn("scan: ended early: error, exit status -11:", lines[0])

    def test_skips_are_named_together_by_their_reason(self):
        reason = "valgrind is not installed"
        some = f"1..2\nok 1 - A.test_a # SKIP {reason}\nok 2 - A.test_b\n"
        self.assertEqual(
            self.report(
                result("leaks", "OK", some), result("all", "SKIP", f"1..0 # SKIP {reason}\n")
            ),
            ("1 0 2", [f"skipped: everything: leaks: A.test_a, all: {reason}"]),
        )

    def test_a_run_without_results_is_a_failure(self):
        for status in (0, 1):
            counts, lines = self.report(status=status)
            self.assertEqual(counts, "0 1 0")
            self.assertIn(f"the run as a whole: exit status {status}", lines[0])


if __name__ == "__main__":
    tap.main()
