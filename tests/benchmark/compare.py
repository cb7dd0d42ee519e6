# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the core, the modules in ImageMagick and what others would do on the same photos, in turn, and
prints one table: medians of elapsed and of processor time, the fastest runs, peak memory, ratios.

    compare.py --scan-photos PROGRAM [--modules FOLDER] [--peers] [--picture FILE.svg] PHOTO…
    compare.py --scan-photos PROGRAM --simulate PROGRAM --folder FOLDER

Without photos it takes some of 10 megapixels by the simulated camera, made in FOLDER once. Photos are given
again until there are as many as --photos says. Each run comes right after one of the same command that is not
measured: on a virtual machine, memory that no program has had for some seconds may have to be got from
its host again, for as long as the run itself takes."""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import peers

MIB = 1 << 20
SIMULATED = 12


class Failed(Exception):
    """A run that did not come to its end, in words."""


class Contender:
    """A command; its runs are tuples of seconds, processor seconds and bytes of peak memory."""

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
        return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024

    def median(self, what):
        return statistics.median(run[what] for run in self.runs)

    seconds = property(lambda self: self.median(0))
    fastest = property(lambda self: min(run[0] for run in self.runs))
    processor_seconds = property(lambda self: self.median(1))
    peak_bytes = property(lambda self: self.median(2))


def repeated(photos, n):
    return (photos * (n // len(photos) + 1))[:n]


def core(options, what, threads, photos):
    words = {
        "decode": "decoding alone",
        "variance": "core, variance",
        "evidence": "core, evidence",
    }
    name = f"{words[what]}, {threads} thread{'s' if threads > 1 else ''}, {len(photos)} photos"
    return Contender(name, [options.scan_photos, what, "--threads", threads, *photos])


def find_host(folder):
    """A command of ImageMagick, rather 7 than 6 and without HDRI than with it, and the folder of its module
    below the given one, or None."""
    found = []
    for library in pathlib.Path(folder).rglob("hotpix.la"):
        version = library.parents[2].name.partition("-")[2]
        found.append((version, not library.parents[1].name.endswith("HDRI"), library))
    for version, is_plain, library in sorted(found, reverse=True):
        # Debian's own name first: `convert` may be somebody's script that calls it.
        names = ["convert-im6.q16" if is_plain else "convert-im6.q16hdri", "convert"]
        commands = map(shutil.which, ["magick"] if version.startswith("7") else names)
        command = next(filter(None, commands), None)
        if command is None:
            continue
        done = subprocess.run(
            [command, "-version"], capture_output=True, text=True, check=False
        )
        if f"ImageMagick {version}" in done.stdout and ("HDRI" in done.stdout) != is_plain:
            return command, library.parent
    return None


def magick(command, modules, name, photos, *words):
    folder = str(modules)
    environment = dict(
        os.environ, MAGICK_CODER_FILTER_PATH=folder, MAGICK_FILTER_MODULE_PATH=folder
    )
    return Contender(name, [command, *words[0], *photos, *words[1:], "null:"], environment)


def hosts(options, photos, skipped):
    host = find_host(options.modules) if options.modules else None
    if host is None:
        skipped.append("ImageMagick: no command with a module of this build")
        return []
    arguments = f"threads={options.threads} camera=any"
    return [
        magick(
            *host,
            "magick -ping, variance",
            photos,
            ["-ping"],
            "-process",
            f"hotpix {arguments}",
        ),
        magick(
            *host,
            "magick -ping, list=",
            photos,
            ["-ping"],
            "-process",
            f"hotpix {arguments} list={os.devnull}",
        ),
    ]


def others(options, photos, skipped):
    found = []
    for name in peers.PEERS:
        lacking = peers.missing(name)
        if lacking:
            skipped.append(f"{name}: {lacking} is not installed")
            continue
        for processes in (1, 2) if name == "numpy-welford" else (1,):
            title = f"{name}, {processes} processes" if processes > 1 else name
            words = [sys.executable, peers.__file__, name, processes, *photos]
            found.append(Contender(title, words, is_ours=False))
    command = shutil.which("magick") or shutil.which("convert")
    if command is None:
        skipped.append("magick -evaluate-sequence mean: ImageMagick is not installed")
    else:
        words = [command, *photos, "-evaluate-sequence", "mean", "null:"]
        found.append(Contender("magick -evaluate-sequence mean", words, is_ours=False))
    return found


def print_table(contenders, base):
    print(f"{'':44}  seconds  fastest  processor s  peak MiB  / {base.name}")
    for one in contenders:
        print(
            f"{one.name:44} {one.seconds:8.2f} {one.fastest:8.2f} {one.processor_seconds:12.2f}"
            f" {one.peak_bytes / MIB:9.0f} {one.seconds / base.seconds:8.3f}"
            f"  (fastest {one.fastest / base.fastest:.3f},"
            f" processor {one.processor_seconds / base.processor_seconds:.3f})"
        )


def print_aim(words, value, aim, at_least=False):
    reached = value >= aim if at_least else value <= aim
    print(
        f"{words:60} {value:8.3f}  aim: at {'least' if at_least else 'most'} {aim}"
        f"{'' if reached else '  NOT REACHED'}"
    )


def print_aims(named, sums_bytes):
    decode, variance, evidence = named["decode"], named["variance"], named["evidence"]
    print_aim("core, variance / decoding", variance.seconds / decode.seconds, 1.08)
    print_aim("core, evidence / decoding", evidence.seconds / decode.seconds, 1.40)
    print_aim("two threads / one thread", variance.seconds / named["one thread"].seconds, 0.54)
    if "magick" in named:
        print_aim(
            "magick -ping / core, variance", named["magick"].seconds / variance.seconds, 1.15
        )
    welford = [one.seconds for name, one in named.items() if name.startswith("numpy-welford")]
    for words, seconds, aim in (
        ("OpenCV", [named["opencv"].seconds] if "opencv" in named else [], 3.2),
        ("libvips", [named["libvips"].seconds] if "libvips" in named else [], 5),
        ("numpy Welford, the faster", welford, 10),
    ):
        if seconds:
            print_aim(f"{words} / core, variance", min(seconds) / variance.seconds, aim, True)
    for words, one, factor in (("variance", variance, 2), ("evidence", evidence, 3)):
        allowed = factor * sums_bytes + 64 * MIB
        print_aim(
            f"peak MiB, {words} ({4 * factor} bytes a sample + 64 MiB)",
            one.peak_bytes / MIB,
            round(allowed / MIB),
        )


def samples_of(photo):
    """Width x height x channels, from JPEG's start-of-frame segment."""
    data = pathlib.Path(photo).read_bytes()
    at = 2
    while not (0xC0 <= data[at + 1] <= 0xCF and data[at + 1] not in (0xC4, 0xC8, 0xCC)):
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    height, width = (int.from_bytes(data[at + k : at + k + 2], "big") for k in (5, 7))
    return width * height * data[at + 9]


def draw(path, series):
    """series: lists of (threads, seconds) by number of photos. The picture is gnuplot's."""
    lines = [
        "set terminal svg size 720,420 background rgb 'white'",
        f"set output '{path}'",
        "set xlabel 'threads'",
        "set ylabel 'seconds'",
        "set logscale y 2",
        "set xtics 1",
        "set grid",
        "plot "
        + ", ".join(
            f"'-' using 1:2 with linespoints linewidth 2 title '{name}'" for name in series
        ),
    ]
    for points in series.values():
        lines += [f"{threads} {seconds}" for threads, seconds in points] + ["e"]
    subprocess.run(["gnuplot"], input="\n".join(lines) + "\n", text=True, check=True)


def simulated(program, folder, n=SIMULATED, quality=95, sampling="422"):
    """The simulated camera's photos of 10 megapixels in the folder, made if they are not there."""
    folder = pathlib.Path(folder)
    if len(list(folder.glob("*.JPG"))) < n:
        size = ["--width", "3872", "--height", "2592"]
        words = ["--quality", str(quality), "--sampling", sampling, "--frames", str(n)]
        subprocess.run([program, *size, *words, folder], check=True)
    return sorted(map(str, folder.glob("*.JPG")))


def uneven(options):
    """21 photos that are quickly decoded, and in the middle one that takes about ten times as long as each."""
    folder = pathlib.Path(options.folder)
    quick = repeated(simulated(options.simulate, folder / "quick", 6, 50, "420"), 21)
    slow = simulated(options.simulate, folder / "slow", 1, 100, "444")
    return quick[:10] + slow + quick[10:]


def measure(named, runs, skipped):
    """Runs all in turn. One that fails is skipped from there on, but ours must not."""
    for turn in range(runs):
        for name, one in list(named.items()):
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


def growth(options, skipped):
    """Elapsed time against threads for a small and a large set, and how it grows with photos."""
    counts = (options.photos, 10 * (options.photos - options.photos % 16))
    few = repeated(options.paths, counts[1] // 10)
    threads = range(1, max(4, os.cpu_count()) + 1)
    tenth = core(options, "variance", options.threads, few)
    of = {
        n: [core(options, "variance", k, repeated(options.paths, n)) for k in threads]
        for n in counts
    }
    all_of_them = [tenth, *sum(of.values(), [])]
    measure(dict(enumerate(all_of_them)), options.growth_runs, skipped)
    print()
    whole = of[counts[1]][options.threads - 1]
    print_table(all_of_them, tenth)
    print_aim(f"{counts[1]} photos / {len(few)} photos", whole.seconds / tenth.seconds, 10.2)
    if shutil.which("gnuplot") is None:
        skipped.append("the picture: gnuplot is not installed")
        return
    draw(
        options.picture,
        {f"{n} photos": [(k, one.seconds) for k, one in zip(threads, of[n])] for n in counts},
    )
    print(f"Drawn: {options.picture}")


def sharing(options, skipped):
    """Whether all threads have work to the end: sets that cannot be shared out evenly, by one thread
    and by all."""
    sets = {f"{n} photos": repeated(options.paths, n) for n in (3, 22, 481)}
    if options.simulate is None:
        skipped.append("a set of which one photo takes long: --simulate is not given")
    else:
        sets["21 photos and one ten times as long"] = uneven(options)
    of = {
        name: [core(options, "variance", k, photos) for k in (1, options.threads)]
        for name, photos in sets.items()
    }
    measure(dict(enumerate(sum(of.values(), []))), options.growth_runs, skipped)
    print()
    for name, (alone, shared) in of.items():
        print(
            f"{name:44} {alone.seconds:8.3f} s by one thread, {shared.seconds:.3f} by {options.threads}:"
            f" {shared.seconds / alone.seconds:.3f}"
        )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--scan-photos", required=True)
    parser.add_argument("--modules", help="where modules are installed below")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--picture", help="an SVG of time against threads; adds minutes")
    parser.add_argument("--photos", type=int, default=50)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--growth-runs", type=int, default=3)
    parser.add_argument("--simulate", help="the program that makes photos where none are given")
    parser.add_argument("--folder", default="photos", help="where it makes them")
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args()
    if not options.paths:
        if options.simulate is None:
            parser.error("photos or --simulate are needed")
        options.paths = simulated(options.simulate, options.folder)

    photos, skipped = repeated(options.paths, options.photos), []
    named = {
        "decode": core(options, "decode", options.threads, photos),
        "variance": core(options, "variance", options.threads, photos),
        "evidence": core(options, "evidence", options.threads, photos),
        "one thread": core(options, "variance", 1, photos),
    }
    for name, one in zip(("magick", "magick list"), hosts(options, photos, skipped)):
        named[name] = one
    if options.peers:
        named.update((one.name, one) for one in others(options, photos, skipped))
    measure(named, options.runs, skipped)
    print_table(named.values(), named["decode"])
    print()
    print_aims(named, 4 * samples_of(photos[0]))
    if options.picture:
        growth(options, skipped)
        sharing(options, skipped)
    for words in skipped:
        print(f"skipped: {words}")


if __name__ == "__main__":
    main()
