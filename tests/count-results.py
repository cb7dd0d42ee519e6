# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the tests of a meson run: count-results.py JUNIT-FILE EXIT-STATUS prints three numbers, of
those that passed, failed and were skipped. A run that failed as a whole counts as one failure at
least, whatever its file says."""

import sys
import xml.etree.ElementTree


def count(path):
    passed = failed = skipped = 0
    for suite in xml.etree.ElementTree.parse(path).iter("testsuite"):
        cases = suite.findall("testcase")
        bad = sum(
            case.find("failure") is not None or case.find("error") is not None for case in cases
        )
        idle = sum(case.find("skipped") is not None for case in cases)
        # A test that ended before its first case is told of in the suite's own numbers.
        missing = int(suite.get("failures", 0)) + int(suite.get("errors", 0)) - bad
        passed += len(cases) - bad - idle
        failed += bad + max(missing, 0)
        skipped += idle
    return passed, failed, skipped


def main():
    path, status = sys.argv[1], int(sys.argv[2])
    try:
        passed, failed, skipped = count(path)
    except (OSError, xml.etree.ElementTree.ParseError):
        passed = failed = skipped = 0
    if failed == 0 and (status != 0 or passed + skipped == 0):
        failed = 1
    print(passed, failed, skipped)


if __name__ == "__main__":
    main()
