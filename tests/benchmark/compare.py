# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the core, the modules in ImageMagick and what others would do on the same photos, in turn, and
prints one table: medians of elapsed and of processor time, the fastest runs, page faults, peak memory, ratios.

    compare.py --scan-photos PROGRAM [--modules FOLDER] [--peers] [--picture FILE.svg] PHOTO…
    compare.py --scan-photos PROGRAM --simulate PROGRAM --folder FOLDER

Without photos it takes fifty of 10 megapixels by the simulated camera, all different, made in FOLDER once. Photos
that are given are taken again until there are as many as --photos says. Each run comes right after one of the
same command that is not measured: on a virtual machine, memory that no program has had for some seconds may have
to be got from its host again, for as long as the run itself takes."""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

import machine
import peers
from contender import MIB, Contender, measure, print_aim, print_table

SIMULATED = 50
QUALITY = 97  # 2.5 MB each, as cameras of 10 megapixels write them
PNGS = 8


def repeated(photos, n):
    return (photos * (n // len(photos) + 1))[:n]


def core(options, what, threads, photos, program=None):
    words = {
        "decode": "decoding alone",
        "variance": "core, variance",
        "evidence": "core, evidence",
    }
    name = f"{words[what]}, {threads} thread{'s' if threads > 1 else ''}, {len(photos)} photos"
    if program is not None:
        name = f"old {name}"
    return Contender(
        name, [program or options.scan_photos, what, "--threads", threads, *photos]
    )


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


def magick(host, name, words, process, *rest):
    """ImageMagick with a module, its command and folder as found, and what is behind the process."""
    command, folder = host[0], str(host[1])
    environment = dict(
        os.environ, MAGICK_CODER_FILTER_PATH=folder, MAGICK_FILTER_MODULE_PATH=folder
    )
    words = [command, *words, "-process", f"hotpix {process}", *rest, "null:"]
    return Contender(name, words, environment)


def hosts(modules, photos, skipped, prefix=""):
    """By name, with no thread asked for."""
    host = find_host(modules) if modules else None
    if host is None:
        skipped.append(f"{prefix}ImageMagick: no command with a module of that build")
        return {}
    pinged, process = ["-ping", *photos], "camera=any count-again=yes"
    found = {
        "magick": magick(host, "magick -ping, variance, null:", pinged, process),
        "magick picture": magick(
            host, "magick -ping, variance, seen", pinged, process, "-print", "%w"
        ),
        "magick list": magick(
            host, "magick -ping, list=", pinged, f"{process} list={os.devnull}"
        ),
    }
    for one in found.values():
        one.name = prefix + one.name
    return {prefix + name: one for name, one in found.items()}


def old_ones(options, photos, skipped):
    """The same of an older build, in the same turns."""
    if options.old_scan_photos is None:
        return {}
    found = {
        f"old {what}": core(options, what, options.threads, photos, options.old_scan_photos)
        for what in ("variance", "evidence")
    }
    found.update(hosts(options.old_modules, photos, skipped, "old "))
    return found


def pngs(options, photos, skipped):
    """Frames as of a video, by files=: what the core reads on all processors."""
    host = find_host(options.modules) if options.modules else None
    if host is None or options.simulate is None:
        return {}
    folder = pathlib.Path(options.folder) / "png"
    folder.mkdir(parents=True, exist_ok=True)
    for number, photo in enumerate(photos[:PNGS]):
        if not (folder / f"{number}.png").exists():
            partial = folder / "partial.png"
            subprocess.run([host[0], photo, "-quality", "35", partial], check=True)
            partial.rename(folder / f"{number}.png")
    process = f"files={folder}/*.png"
    found = {"png": magick(host, f"magick files=, {PNGS} PNGs", ["xc:"], process)}
    old = find_host(options.old_modules) if options.old_modules else None
    if old is not None:
        found["old png"] = magick(old, f"old magick files=, {PNGS} PNGs", ["xc:"], process)
    return found


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


def print_old(named):
    """Each beside the same of the older build."""
    for name, one in named.items():
        old = named.get(f"old {name}")
        if old is not None:
            print(
                f"{one.name + ' / old':60} {one.ratio(old):8.3f}"
                f"  processor {one.ratio(old, 'processor_seconds'):.3f},"
                f" faults {one.ratio(old, 'faults'):.3f}"
            )


def print_aims(named, sums_bytes):
    decode, variance, evidence = named["decode"], named["variance"], named["evidence"]
    print_aim("core, variance / decoding", variance.ratio(decode), 1.10)
    print_aim("core, evidence / decoding", evidence.ratio(decode), 1.35)
    print_aim("two threads / one thread", variance.ratio(named["one thread"]), 0.54)
    if "magick" in named:
        print_aim("magick -ping / decoding", named["magick"].ratio(decode), 1.25)
        print_aim("magick -ping / core, variance", named["magick"].ratio(variance), 1.10)
    if "png" in named:
        png = named["png"]
        used = png.processor_seconds / png.seconds
        print_aim("processors that PNGs keep busy", used, 1.7, True)
    welford = [one for name, one in named.items() if name.startswith("numpy-welford")]
    for words, ones, factor in (
        ("OpenCV", [named["opencv"]] if "opencv" in named else [], 3.2),
        ("libvips", [named["libvips"]] if "libvips" in named else [], 5),
        ("numpy Welford, the faster", welford, 10),
    ):
        if ones:
            ratio = min(one.ratio(variance) for one in ones)
            print_aim(f"{words} / core, variance", ratio, factor, True)
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


def simulated(program, folder, n=SIMULATED, quality=QUALITY, sampling="422"):
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
    print_aim(f"{counts[1]} photos / {len(few)} photos", whole.ratio(tenth), 10.2)
    if shutil.which("gnuplot") is None:
        skipped.append("the picture: gnuplot is not installed")
        return
    draw(
        options.picture,
        {f"{n} photos": [(k, one.seconds) for k, one in zip(threads, of[n])] for n in counts},
    )
    print(f"Drawn: {options.picture}")


def crowd(options, photos, skipped):
    """More threads than processors, who take turns."""
    processors = len(os.sched_getaffinity(0))
    ones = [core(options, "variance", n, photos) for n in (processors, 4, 8, 64)]
    measure(dict(enumerate(ones)), options.runs, skipped)
    print()
    print_table(ones, ones[0])
    for one in ones[1:]:
        print_aim(f"{one.name} / {processors}", one.ratio(ones[0]), 1.05)


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
            f" {shared.ratio(alone):.3f}"
        )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--scan-photos", required=True)
    parser.add_argument("--modules", help="where modules are installed below")
    parser.add_argument("--old-scan-photos", help="of an older build")
    parser.add_argument("--old-modules", help="where its modules are installed below")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--picture", help="an SVG of time against threads; adds minutes")
    parser.add_argument("--photos", type=int, default=50)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--growth-runs", type=int, default=3)
    parser.add_argument("--simulate", help="the program that makes photos where none are given")
    parser.add_argument("--folder", default="photos", help="where it makes them")
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args()
    if not options.paths:
        if options.simulate is None:
            parser.error("photos or --simulate are needed")
        options.paths = simulated(options.simulate, options.folder)

    print(machine.describe())
    photos, skipped = repeated(options.paths, options.photos), []
    megabytes = sum(os.path.getsize(photo) for photo in photos) / len(photos) / 1e6
    print(
        f"photos: {len(photos)}, {len(set(photos))} of them different, {megabytes:.1f} MB each\n"
    )
    named = {
        "decode": core(options, "decode", options.threads, photos),
        "variance": core(options, "variance", options.threads, photos),
        "evidence": core(options, "evidence", options.threads, photos),
        "one thread": core(options, "variance", 1, photos),
    }
    named.update(hosts(options.modules, photos, skipped))
    named.update(pngs(options, photos, skipped))
    named.update(old_ones(options, photos, skipped))
    if options.peers:
        named.update((one.name, one) for one in others(options, photos, skipped))
    measure(named, options.runs, skipped)
    print_table(named.values(), named["decode"])
    print()
    print_old(named)
    print_aims(named, 4 * samples_of(photos[0]))
    crowd(options, photos, skipped)
    if options.picture:
        growth(options, skipped)
        sharing(options, skipped)
    for words in skipped:
        print(f"skipped: {words}")


if __name__ == "__main__":
    main()
