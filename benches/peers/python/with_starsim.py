"""The kernel in Starsim: ties are the edges of a network with a strength, a week is the network's step.

With `crn`, draws are the framework's common random numbers for pairs, as its docs advise for comparing scenarios; without,
one plain number for each edge.
"""

import sys

import numpy as np
import starsim as ss
from kernel import K, RESIDENTS, WEEKS, run, start

ss.options(crn=sys.argv[3] == "crn", verbose=0)


class Ties(ss.Network):
    def __init__(self):
        a, b, strength = start()
        super().__init__(p1=a, p2=b, beta=np.ones_like(strength), strength=strength)
        self.meta.strength = ss.dtypes.float
        self.define_states(ss.FloatArr("lonely", default=K["lonely"]))
        self.draw = ss.multi_random("one", "other")

    def step(self):
        edges = self.edges
        strength = edges.strength
        contact = self.draw.rvs(ss.uids(edges.p1), ss.uids(edges.p2)) < strength
        edges.strength = np.where(contact, strength + K["gain"] * (1 - strength), strength - K["loss"] * strength)
        met = np.concatenate([edges.p1[contact], edges.p2[contact]])
        contacts = np.bincount(met, minlength=RESIDENTS)
        self.lonely[:] += K["step"] * (np.maximum(1 - contacts / K["wanted"], 0) - self.lonely)


ties = Ties()
# As many steps as weeks: the first and the last point in time are both lived.
sim = ss.Sim(n_agents=RESIDENTS, networks=ties, start=0, dur=WEEKS - 1, dt=1, copy_inputs=False, rand_seed=1)
sim.init()
run(sim.run, lambda: (sim.networks[0].edges.strength, sim.networks[0].lonely.raw[:RESIDENTS]))
