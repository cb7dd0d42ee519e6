# SPDX-License-Identifier: GPL-3.0-or-later
"""How much of the damage of known defects a repair leaves, on photos by the simulated camera beside their
twins without defects, and beside what others do: jpegpixi, a 3 x 3 median, OpenCV's inpainting.

    repair.py --simulate PROGRAM --repair PROGRAM --folder FOLDER [--photos N] [--seed N]…
    repair.py --repair PROGRAM --truth TRUTH.tsv --damaged FOLDER --intact FOLDER   for photos of one's own

A patch is the 11 x 11 pixels around a defect; its error is the mean absolute difference from the twin. The share
of the damage left is the sum of all errors above those of the undamaged part over the same before the repair,
both weighed as they stand: a repair that leaves the photo as it is has 1. A patch is made worse if its error is
above 1.2 times what it was and 1 more."""

import argparse
import collections
import pathlib
import shutil
import subprocess
import sys

import cv2
import numpy

REACH = 5
FARTHEST = 24

Defect = collections.namedtuple("Defect", "x y kind amount")
Setting = collections.namedtuple("Setting", "quality sampling sharpen")

SETTINGS = [
    Setting(75, "420", True),
    Setting(85, "420", False),
    Setting(92, "422", True),
    Setting(92, "420", True),
    Setting(92, "422", False),
    Setting(95, "444", True),
    Setting(98, "422", True),
]


def read_truth(path):
    rows = path.read_text().splitlines()[1:]
    cells = (row.split("\t") for row in rows)
    return [Defect(int(x), int(y), kind, float(amount)) for x, y, kind, amount in cells]


def read_photo(path):
    return cv2.imread(str(path), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION).astype(int)


def make_photos(arguments, folder, seed, setting):
    """Two folders of the same photos: with the defects, and without."""
    folders = []
    for name, extra in (("damaged", []), ("intact", ["--intact"])):
        path = folder / f"{seed}-{setting.quality}-{setting.sampling}-{setting.sharpen}" / name
        if not (path / "truth.tsv").exists():
            options = ["--frames", arguments.photos, "--seed", seed, "--width", 1200]
            options += ["--height", 800, "--quality", setting.quality]
            options += ["--sampling", setting.sampling] + ["--sharpen"] * setting.sharpen
            command = [arguments.simulate, *options, *extra, path]
            subprocess.run([str(word) for word in command], check=True)
        folders.append(path)
    return folders


def run_hotpix(arguments, photos, defects, folder, by_pixels):
    places = folder / "places.txt"
    places.write_text("".join(f"{defect.x} {defect.y}\n" for defect in defects))
    command = [arguments.repair] + ["--pixels"] * by_pixels + [places, folder, *photos]
    subprocess.run([str(word) for word in command], check=True)
    ending = ".ppm" if by_pixels else ""
    for photo in photos:
        yield read_photo(folder / (photo.name + ending))


def run_jpegpixi(photos, defects, folder, shape):
    places = folder / "jpegpixi.txt"
    with places.open("w") as file:
        for defect in defects:
            left, top = max(defect.x - 1, 0), max(defect.y - 1, 0)
            right = min(defect.x + 1, shape[1] - 1)
            bottom = min(defect.y + 1, shape[0] - 1)
            file.write(f"{left},{top},{right - left + 1},{bottom - top + 1}\n")
    for photo in photos:
        result = folder / photo.name
        subprocess.run(
            ["jpegpixi", "-f", str(places), str(photo), str(result)],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        yield read_photo(result)


def make_mask(shape, defects, reach):
    mask = numpy.zeros(shape[:2], numpy.uint8)
    for defect in defects:
        top, left = max(defect.y - reach, 0), max(defect.x - reach, 0)
        mask[top : defect.y + reach + 1, left : defect.x + reach + 1] = 1
    return mask


def median(photo, defects):
    mask = make_mask(photo.shape, defects, 1)[:, :, None]
    return numpy.where(mask, cv2.medianBlur(photo.astype(numpy.uint8), 3), photo)


def inpaint(photo, defects):
    mask = make_mask(photo.shape, defects, 2)
    return cv2.inpaint(photo.astype(numpy.uint8), mask, 3, cv2.INPAINT_TELEA).astype(int)


def patch_error(photo, twin, defect):
    rows = slice(max(defect.y - REACH, 0), defect.y + REACH + 1)
    columns = slice(max(defect.x - REACH, 0), defect.x + REACH + 1)
    return numpy.abs(photo[rows, columns] - twin[rows, columns]).mean()


class Tally:
    """Of one repair: errors before and after, by patch."""

    def __init__(self):
        self.before, self.after, self.keys = [], [], []
        self.far = 0

    def add(self, damaged, repaired, twin, defects):
        for defect in defects:
            self.before.append(patch_error(damaged, twin, defect))
            self.after.append(patch_error(repaired, twin, defect))
            strength = "faint" if defect.amount < 0.1 else "strong"
            self.keys.append(defect.kind if defect.kind == "dead" else f"{strength} {defect.kind}")
        changed = (damaged != repaired).any(axis=2)
        self.far += int((changed & (make_mask(damaged.shape, defects, FARTHEST) == 0)).sum())

    def share(self, key=None):
        chosen = [key in (None, own) for own in self.keys]
        before = numpy.array(self.before)[chosen].sum()
        return numpy.array(self.after)[chosen].sum() / before if before > 0 else 0

    def worse(self):
        before, after = numpy.array(self.before), numpy.array(self.after)
        return (after > 1.2 * before + 1).mean()


def measure(arguments, damaged_folder, intact_folder, defects, folder):
    """A tally for each repair."""
    photos = sorted(damaged_folder.glob("*.[Jj][Pp]*[Gg]"))
    damaged = [read_photo(photo) for photo in photos]
    twins = [read_photo(intact_folder / photo.name) for photo in photos]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    repairs = {
        "hotpix": run_hotpix(arguments, photos, defects, folder, False),
        "hotpix, pixels": run_hotpix(arguments, photos, defects, folder, True),
        "3x3 median": (median(photo, defects) for photo in damaged),
        "inpainting": (inpaint(photo, defects) for photo in damaged),
    }
    if shutil.which("jpegpixi"):
        repairs["jpegpixi"] = run_jpegpixi(photos, defects, folder, damaged[0].shape)
    tallies = {}
    for name, results in repairs.items():
        tallies[name] = Tally()
        for before, after, twin in zip(damaged, results, twins):
            tallies[name].add(before, after, twin, defects)
    return tallies


def show(title, tallies):
    print(title)
    keys = sorted(set(next(iter(tallies.values())).keys))
    heads = ["left", "worse", "far", *keys]
    print(f"  {'':16}" + "".join(f"{head:>13}" for head in heads))
    for name, tally in tallies.items():
        cells = [f"{tally.share():.3f}", f"{100 * tally.worse():.1f} %", str(tally.far)]
        cells += [f"{tally.share(key):.3f}" for key in keys]
        print(f"  {name:16}" + "".join(f"{cell:>13}" for cell in cells), flush=True)


def merge(all_tallies):
    merged = collections.defaultdict(Tally)
    for tallies in all_tallies:
        for name, tally in tallies.items():
            merged[name].before += tally.before
            merged[name].after += tally.after
            merged[name].keys += tally.keys
            merged[name].far += tally.far
    return merged


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--repair", type=pathlib.Path, required=True)
    parser.add_argument("--simulate", type=pathlib.Path)
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("repair-photos"))
    parser.add_argument("--photos", type=int, default=4)
    parser.add_argument("--seed", type=int, nargs="+", default=[11, 12])
    parser.add_argument("--truth", type=pathlib.Path)
    parser.add_argument("--damaged", type=pathlib.Path)
    parser.add_argument("--intact", type=pathlib.Path)
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    results = arguments.folder / "repaired"
    if arguments.truth:
        truth = read_truth(arguments.truth)
        show("photos", measure(arguments, arguments.damaged, arguments.intact, truth, results))
        return 0
    everything = []
    for setting in SETTINGS:
        tallies = []
        for seed in arguments.seed:
            damaged, intact = make_photos(arguments, arguments.folder, seed, setting)
            truth = read_truth(damaged / "truth.tsv")
            tallies.append(measure(arguments, damaged, intact, truth, results))
        sharpened = "sharpened" if setting.sharpen else "not sharpened"
        show(f"quality {setting.quality}, {setting.sampling}, {sharpened}", merge(tallies))
        everything += tallies
    show("all", merge(everything))
    return 0


if __name__ == "__main__":
    sys.exit(main())
