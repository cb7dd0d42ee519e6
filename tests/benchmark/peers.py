# SPDX-License-Identifier: GPL-3.0-or-later
"""What others would do: mean and variance, or the sums for them, of a set of photos.

    peers.py numpy-welford 2 PHOTO…      two processes, put together by Chan, Golub and LeVeque
    peers.py opencv 1 PHOTO…

As their users would write it, each in the fastest way that its own documents show. The results go nowhere.
compare.py measures them."""

import concurrent.futures
import ctypes
import importlib.util
import sys


def welford_part(paths):
    """Count, mean and sum of squared differences in float64 (Welford 1962)."""
    import numpy
    import PIL.Image

    mean = m2 = None
    for n, path in enumerate(paths, 1):
        photo = numpy.asarray(PIL.Image.open(path), dtype=numpy.float64)
        if mean is None:
            mean, m2 = numpy.zeros_like(photo), numpy.zeros_like(photo)
        delta = photo - mean
        mean += delta / n
        m2 += delta * (photo - mean)
    return len(paths), mean, m2


def numpy_welford(paths, processes):
    if processes == 1:
        return welford_part(paths)
    parts = [paths[i::processes] for i in range(processes)]
    with concurrent.futures.ProcessPoolExecutor(processes) as pool:
        results = list(pool.map(welford_part, parts))
    n, mean, m2 = results[0]
    for other_n, other_mean, other_m2 in results[1:]:
        delta = other_mean - mean
        m2 += other_m2 + delta * delta * (n * other_n / (n + other_n))
        mean += delta * (other_n / (n + other_n))
        n += other_n
    return n, mean, m2


def numpy_integers(paths, _processes):
    import numpy
    import PIL.Image

    sums = squares = None
    for path in paths:
        photo = numpy.asarray(PIL.Image.open(path))
        if sums is None:
            sums = numpy.zeros(photo.shape, numpy.uint32)
            squares = numpy.zeros(photo.shape, numpy.uint32)
        sums += photo
        squares += numpy.square(photo, dtype=numpy.uint16)
    return sums, squares


def opencv(paths, _processes):
    import cv2
    import numpy

    sums = squares = None
    for path in paths:
        photo = cv2.imread(path, cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
        if sums is None:
            sums = numpy.zeros(photo.shape, numpy.float32)
            squares = numpy.zeros(photo.shape, numpy.float32)
        cv2.accumulate(photo, sums)
        cv2.accumulateSquare(photo, squares)
    return sums, squares


def libvips(paths, _processes):
    """One streamed pipeline over all photos, on as many threads as libvips chooses."""
    vips = ctypes.CDLL("libvips.so.42")
    vips.vips_image_write_to_memory.restype = ctypes.c_void_p
    end, access, sequential = ctypes.c_void_p(None), ctypes.c_char_p(b"access"), ctypes.c_int(1)

    def run(operation, *arguments):
        out = ctypes.c_void_p()
        *before, last = arguments
        given = [*before, ctypes.byref(out), *last]
        if getattr(vips, operation)(*given, end) != 0:
            raise SystemExit(ctypes.string_at(vips.vips_error_buffer()).decode())
        return out

    vips.vips_error_buffer.restype = ctypes.c_void_p
    if vips.vips_init(b"peers.py") != 0:
        raise SystemExit("libvips does not start")
    photos = [run("vips_jpegload", path.encode(), [access, sequential]) for path in paths]
    squares = [run("vips_multiply", photo, photo, []) for photo in photos]
    n = len(paths)
    totals = [
        run(
            "vips_sum",
            (ctypes.c_void_p * n)(*(image.value for image in images)),
            [ctypes.c_int(n)],
        )
        for images in (photos, squares)
    ]
    both = run("vips_bandjoin2", totals[0], totals[1], [])
    size = ctypes.c_size_t()
    return vips.vips_image_write_to_memory(both, ctypes.byref(size)), size.value


PEERS = {
    "numpy-welford": (numpy_welford, ("numpy", "PIL")),
    "numpy-integers": (numpy_integers, ("numpy", "PIL")),
    "opencv": (opencv, ("cv2", "numpy")),
    "libvips": (libvips, ()),
}


def missing(name):
    """What the peer lacks here, or None."""
    for module in PEERS[name][1]:
        if importlib.util.find_spec(module) is None:
            return f"Python's module {module}"
    if name == "libvips":
        try:
            ctypes.CDLL("libvips.so.42")
        except OSError:
            return "libvips.so.42"
    return None


if __name__ == "__main__":
    PEERS[sys.argv[1]][0](sys.argv[3:], int(sys.argv[2]))
