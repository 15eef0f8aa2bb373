"""The kernel in repast4py: agents in a shared context, ties in a shared network, a step every tick; one process.

Strengths are data of the edges, as its guide has it. All is on one rank, so that nothing has to be synchronised.
"""

from kernel import K, RESIDENTS, WEEKS, run, start
from repast4py import MPI, context, core, random, schedule
from repast4py.network import UndirectedSharedNetwork

GAIN, LOSS, STEP, WANTED = K["gain"], K["loss"], K["step"], K["wanted"]


class Resident(core.Agent):
    def __init__(self, slot):
        super().__init__(id=slot, type=0, rank=0)
        self.lonely = K["lonely"]
        self.contacts = 0

    def meet(self, ties, draw):
        me = self.id
        for other, tie in ties[self].items():
            # Each pair draws once, at its lower end.
            if other.id > me:
                if draw() < tie["strength"]:
                    tie["strength"] += GAIN * (1 - tie["strength"])
                    self.contacts += 1
                    other.contacts += 1
                else:
                    tie["strength"] -= LOSS * tie["strength"]

    def feel(self):
        self.lonely += STEP * (max(1 - self.contacts / WANTED, 0) - self.lonely)
        self.contacts = 0


class Neighbourhood:
    def __init__(self):
        comm = MPI.COMM_WORLD
        random.init(1)
        self.draw = random.default_rng.random
        self.runner = schedule.init_schedule_runner(comm)
        self.runner.schedule_repeating_event(1, 1, self.step)
        self.runner.schedule_stop(WEEKS)
        self.context = context.SharedContext(comm)
        self.network = UndirectedSharedNetwork("ties", comm)
        self.context.add_projection(self.network)
        self.residents = [Resident(slot) for slot in range(RESIDENTS)]
        for resident in self.residents:
            self.context.add(resident)
        for a, b, strength in zip(*(values.tolist() for values in start())):
            self.network.add_edge(self.residents[a], self.residents[b], strength=strength)

    def step(self):
        ties, draw = self.network.graph.adj, self.draw
        for resident in self.context.agents():
            resident.meet(ties, draw)
        for resident in self.context.agents():
            resident.feel()


model = Neighbourhood()


def end():
    strengths = [tie["strength"] for _, _, tie in model.network.graph.edges(data=True)]
    return strengths, [resident.lonely for resident in model.residents]


run(model.runner.execute, end)
