# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs unittest's tests and reports them as TAP, so that each counts in the build's own report."""

import sys
import traceback
import unittest


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0
        self.sound = True

    def say(self, verdict, test, remark=""):
        self.number += 1
        print(f"{verdict} {self.number} - {test.id().split('.', 1)[-1]}{remark}", flush=True)

    def say_failure(self, test, error):
        self.sound = False
        self.say("not ok", test)
        for line in "".join(traceback.format_exception(*error)).splitlines():
            print(f"# {line}", flush=True)

    def addSuccess(self, test):
        self.say("ok", test)

    def addFailure(self, test, error):
        self.say_failure(test, error)

    def addError(self, test, error):
        self.say_failure(test, error)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.say_failure(subtest, error)

    def addSkip(self, test, reason):
        self.say("ok", test, f" # SKIP {reason}")


def main():
    tests = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = TapResult()
    print("TAP version 13")
    tests.run(result)
    print(f"1..{result.number}")
    sys.exit(0 if result.sound else 1)
