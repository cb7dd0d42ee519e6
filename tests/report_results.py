# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells of a meson run: report_results.py LOG STATUS WORDS, where LOG is its testlog.json, STATUS its exit
status, and WORDS what was tested. The first line is three numbers, of the cases that passed, failed and
were skipped; each other line is a failure with its cause, or the skips that have one reason.

A run that failed as a whole counts as one failure at least, whatever its log says."""

import json
import pathlib
import re
import sys

CASE = re.compile(
    r"^(?P<bad>not )?ok\b\s*\d*\s*(?:-\s*)?(?P<name>[^#\n]*?)\s*(?:#\s*(?P<remark>.*))?$",
    re.MULTILINE,
)
MOST_WORDS = 160
NOTHING = re.compile(r"^1\.\.0\s*#\s*SKIP\w*\s*(.*)$", re.MULTILINE | re.IGNORECASE)


def last_remark(text):
    """What a failed case says behind its verdict: the error, where it was a Python one, or the last words."""
    remarks = re.findall(r"^# *(\S.*)$", text, re.MULTILINE)
    errors = [each for each in remarks if re.match(r"[\w.]+(Error|Expired|Exception)\b", each)]
    return ([*remarks, *errors[:1]] or ["failed"])[-1][:MOST_WORDS]


class Report:
    def __init__(self):
        self.passed = 0
        self.failures = []  # of name and cause
        self.skips = {}  # names by reason

    def fail(self, name, cause):
        self.failures.append((name, cause))

    def skip(self, name, reason):
        self.skips.setdefault(reason or "no reason is given", []).append(name)

    def add_cases(self, test, output):
        """Each case in the test's TAP; whether one of them failed."""
        failed = False
        cases = list(CASE.finditer(output))
        ends = [case.start() for case in cases[1:]] + [len(output)]
        for case, end in zip(cases, ends):
            name = f"{test}: {case['name']}"
            remark = case["remark"] or ""
            if remark.upper().startswith("SKIP"):
                self.skip(name, remark[4:].strip())
            elif case["bad"]:
                failed = True
                self.fail(name, last_remark(output[case.end() : end]))
            else:
                self.passed += 1
        return failed

    def add_test(self, result):
        # Before the name stand the project and the suites.
        test, output = result["name"].split(" / ")[-1], result.get("stdout") or ""
        nothing = NOTHING.search(output)
        if nothing:
            self.skip(test, nothing[1])
            return
        failed = self.add_cases(test, output)
        verdict = result["result"]
        if verdict == "TIMEOUT":
            self.fail(test, f"timed out after {result['duration']:.0f} s")
        elif verdict not in ("OK", "SKIP") and not failed:
            self.fail(test, f"ended early: {verdict.lower()}, exit status {result['returncode']}")


def read(log):
    """The report of a log; what cannot be read of it adds nothing."""
    report = Report()
    try:
        lines = pathlib.Path(log).read_text().splitlines()
    except OSError:
        return report
    for line in lines:
        try:
            result = json.loads(line)
        except ValueError:
            continue
        report.add_test(result)
    return report


def main():
    log, status, words = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    report = read(log)
    n_skipped = sum(map(len, report.skips.values()))
    if not report.failures and (status != 0 or report.passed + n_skipped == 0):
        report.fail("the run as a whole", f"exit status {status}")
    print(report.passed, len(report.failures), n_skipped)
    for name, cause in report.failures:
        print(f"failed: {words}: {name}: {cause}: {pathlib.Path(log).with_suffix('.txt')}")
    for reason, names in report.skips.items():
        print(f"skipped: {words}: {', '.join(names)}: {reason}")


if __name__ == "__main__":
    main()
