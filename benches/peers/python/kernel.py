"""The plain kernel for Python: its numbers come from the Rust side, its start network follows the same rule.

Each program here is called with the numbers as JSON and a number of residents, and prints seconds, processor seconds, ties, mean strength
and mean loneliness.
"""

import json
import sys
import time

import numpy as np

K = json.loads(sys.argv[1])
RESIDENTS = int(sys.argv[2])
WEEKS = K["weeks"]


def start():
    """Both ends and the strength of every tie at the start."""
    given, reach, size = K["given"], K["reach"], K["neighbourhood"]
    a = np.repeat(np.arange(RESIDENTS, dtype=np.uint64), given)
    nth = np.tile(np.arange(given, dtype=np.uint64), RESIDENTS)
    bits = mix(a * np.uint64(given) + nth)
    first = a // np.uint64(size) * np.uint64(size)
    further = np.uint64(1) + np.uint64(reach) * nth + (bits >> np.uint64(40)) % np.uint64(reach)
    b = first + (a - first + further) % np.uint64(size)
    strength = (bits & np.uint64(0xFFFFFF)).astype(np.float32) / np.float32(2**24)
    return a.astype(np.int64), b.astype(np.int64), strength


def mix(number):
    """The finalizer of SplitMix64."""
    z = (number + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def run(live, end):
    """Times `live`, which lives all weeks, and prints what `end` gives: strengths and loneliness."""
    wall, processor = time.perf_counter(), time.process_time()
    live()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    strengths, lonely = (np.asarray(values, dtype=np.float64) for values in end())
    # The framework may have printed lines of its own.
    print("outcome", wall, processor, len(strengths), strengths.mean(), lonely.mean())
