"""The kernel by hand in NumPy."""

import numpy as np
from kernel import K, RESIDENTS, WEEKS, run, start

a, b, strength = start()
lonely = np.full(RESIDENTS, K["lonely"], dtype=np.float32)
chance = np.random.default_rng(1)


def live():
    global strength, lonely
    for _ in range(WEEKS):
        contact = chance.random(len(strength), dtype=np.float32) < strength
        strength = np.where(contact, strength + K["gain"] * (1 - strength), strength - K["loss"] * strength)
        contacts = np.bincount(a[contact], minlength=RESIDENTS) + np.bincount(b[contact], minlength=RESIDENTS)
        lonely += K["step"] * (np.maximum(1 - contacts / K["wanted"], 0) - lonely)


run(live, lambda: (strength, lonely))
