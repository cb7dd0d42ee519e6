# SPDX-License-Identifier: GPL-3.0-or-later
"""What the photos procedure takes beside the pinged ImageMagick run that writes the same list.

Alternating runs, medians. GIMP's own start, an empty batch, is taken off its time; its memory is that of the
plug-in's process."""

import statistics
import subprocess
import sys
import time

import host as magick_host
from gimp_host import Host, quote

RUNS = 5
PHOTOS = 50
DISTINCT = 12  # the others are the same again by another name

# Runs a command as a child, and notes what it took at most.
WATCH = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[2:], close_fds=False).returncode
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
open(sys.argv[1], "a").write(f"{peak}\\n")
sys.exit(status)
"""


def timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def make_photos(folder):
    size = ("--width=3872", "--height=2592", f"--frames={DISTINCT}", "--defects=60")
    subprocess.run([magick_host.SIMULATE_PHOTOS, *size, folder], check=True)
    (folder / "truth.tsv").unlink()
    photos = sorted(folder.glob("*.JPG"))
    for i in range(DISTINCT, PHOTOS):
        (folder / f"SAME_{i:04}.JPG").symlink_to(photos[i % DISTINCT])


def main():
    magick = magick_host.Host()
    with Host() as gimp:
        photos = gimp.folder / "photos"
        make_photos(photos)
        peaks = gimp.folder / "peaks.txt"
        watch = gimp.folder / "watch.py"
        watch.write_text(WATCH)
        call = f"(find-in-photos (list {quote(photos)}) 1.0 3 12 FALSE 0 FALSE)"
        wrapped = {
            "GIMP_PLUGIN_DEBUG_WRAP": "hotpix,run",
            "GIMP_PLUGIN_DEBUG_WRAPPER": f"{sys.executable} -S {watch} {peaks}",
        }
        words = ("-ping", *sorted(photos.glob("*.JPG")), "-process")
        words += (f"hotpix list={gimp.folder}/list.tsv", "null:")
        # Not the first of all runs: in a folder of a new user's, babl looks for the fastest ways from format
        # to format then, and takes some 350 MiB for that, once.
        gimp.run_alone(call)
        gimp.run_alone(call, **wrapped)
        seconds = {"ImageMagick": [], "GIMP": [], "empty": []}
        for _ in range(RUNS):
            seconds["ImageMagick"].append(timed(lambda: magick.run(*words)))
            seconds["GIMP"].append(timed(lambda: gimp.run_alone(call)))
            seconds["empty"].append(timed(lambda: gimp.run_alone('(display "" out)')))
        median = {name: statistics.median(each) for name, each in seconds.items()}
        own = median["GIMP"] - median["empty"]
        plug_in, command = (
            int(peaks.read_text().split()[-1]) / 1024,
            magick.measure(*words)[1] / 2**20,
        )
    magick.close()
    print(f"{PHOTOS} photos of 10 megapixels, medians of {RUNS} alternating runs")
    print(f"ImageMagick, pinged, with a list: {median['ImageMagick']:.2f} s, {command:.0f} MiB")
    print(
        f"GIMP less an empty batch of {median['empty']:.2f} s: {own:.2f} s, {plug_in:.0f} MiB"
    )
    print(f"ratios: time {own / median['ImageMagick']:.2f}, memory {plug_in / command:.2f}")


if __name__ == "__main__":
    main()
