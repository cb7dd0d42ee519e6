# SPDX-License-Identifier: GPL-3.0-or-later
"""What is measured: commands that are run in turn, and what each run took."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

MIB = 1 << 20


class Failed(Exception):
    """A run that did not come to its end, in words."""


class Run:
    """What one run took."""

    def __init__(self, seconds, usage):
        self.seconds = seconds
        self.processor_seconds = usage.ru_utime + usage.ru_stime
        self.faults = usage.ru_minflt
        self.peak_bytes = usage.ru_maxrss * 1024


class Contender:
    """A command, and its runs."""

    def __init__(self, name, command, environment=None, is_ours=True):
        self.name = name
        self.is_ours = is_ours
        self.command = [str(word) for word in command]
        self.environment = environment
        self.runs = []

    def run(self):
        self.run_once()
        self.runs.append(self.run_once())

    def run_once(self):
        start = time.monotonic()
        with tempfile.TemporaryFile("w+") as messages:
            process = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=messages,
            )
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.monotonic() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                messages.seek(0)
                lines = messages.read().splitlines() or ["it does not say why"]
                raise Failed(f"{self.name}: failed ({lines[-1][:200]})")
        return Run(seconds, usage)

    def median(self, what):
        return statistics.median(getattr(run, what) for run in self.runs)

    def ratio(self, other, what="seconds"):
        """To another that was measured in the same turns: the median over these, in each of which what
        else the machine does disturbs both."""
        pairs = zip(self.runs, other.runs)
        return statistics.median(getattr(a, what) / getattr(b, what) for a, b in pairs)

    seconds = property(lambda self: self.median("seconds"))
    fastest = property(lambda self: min(run.seconds for run in self.runs))
    processor_seconds = property(lambda self: self.median("processor_seconds"))
    faults = property(lambda self: self.median("faults"))
    peak_bytes = property(lambda self: self.median("peak_bytes"))


def measure(named, runs, skipped):
    """Runs all in turn, every other time from the last to the first. One that fails is skipped from there
    on, but ours must not."""
    for turn in range(runs):
        for name, one in list(named.items())[:: -1 if turn % 2 else 1]:
            if sys.stderr.isatty():
                print(f"run {turn + 1} of {runs}: {one.name:44}", end="\r", file=sys.stderr)
            try:
                one.run()
            except Failed as failure:
                if one.is_ours:
                    sys.exit(f"compare.py: {failure}")
                skipped.append(str(failure))
                del named[name]
    if sys.stderr.isatty():
        print(" " * 70, end="\r", file=sys.stderr)


def print_table(contenders, base):
    print(
        f"{'':44}  seconds  fastest  processor s   faults  peak MiB"
        f"  / {base.name}: seconds, processor s"
    )
    for one in contenders:
        print(
            f"{one.name:44} {one.seconds:8.2f} {one.fastest:8.2f} {one.processor_seconds:12.2f}"
            f" {one.faults:8.0f} {one.peak_bytes / MIB:9.0f} {one.ratio(base):8.3f}"
            f" {one.ratio(base, 'processor_seconds'):8.3f}"
        )


def print_aim(words, value, aim, at_least=False):
    reached = value >= aim if at_least else value <= aim
    print(
        f"{words:60} {value:8.3f}  aim: at {'least' if at_least else 'most'} {aim}"
        f"{'' if reached else '  NOT REACHED'}"
    )
