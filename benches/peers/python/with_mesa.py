"""The kernel in Mesa: residents as agents on its network of cells, ties as the edges of the graph.

As in its example of a virus on a network; strengths are data of the edges, which is where networkx keeps them. A resident
looks at the edges of its own node and draws for those of which it is the lower end.
"""

import networkx as nx
from kernel import K, RESIDENTS, WEEKS, run, start
from mesa import Model
from mesa.discrete_space import FixedAgent, Network

GAIN, LOSS, STEP, WANTED = K["gain"], K["loss"], K["step"], K["wanted"]


class Resident(FixedAgent):
    def __init__(self, model, cell):
        super().__init__(model)
        self.cell = cell
        self.lonely = K["lonely"]
        self.contacts = 0

    def meet(self):
        me = self.cell.coordinate
        residents = self.model.residents
        for other, tie in self.model.grid.G.adj[me].items():
            if other > me:
                if self.random.random() < tie["strength"]:
                    tie["strength"] += GAIN * (1 - tie["strength"])
                    self.contacts += 1
                    residents[other].contacts += 1
                else:
                    tie["strength"] -= LOSS * tie["strength"]

    def feel(self):
        self.lonely += STEP * (max(1 - self.contacts / WANTED, 0) - self.lonely)
        self.contacts = 0


class Neighbourhood(Model):
    def __init__(self):
        super().__init__(seed=1)
        graph = nx.Graph()
        graph.add_nodes_from(range(RESIDENTS))
        a, b, strength = (values.tolist() for values in start())
        graph.add_weighted_edges_from(zip(a, b, strength), weight="strength")
        self.grid = Network(graph, capacity=1, random=self.random)
        self.residents = list(Resident.create_agents(self, RESIDENTS, list(self.grid.all_cells)))

    def step(self):
        # All meet before any feels; order does not matter, so that nobody is shuffled.
        self.agents.do("meet")
        self.agents.do("feel")


model = Neighbourhood()


def live():
    for _ in range(WEEKS):
        model.step()


def end():
    strengths = [tie["strength"] for _, _, tie in model.grid.G.edges(data=True)]
    return strengths, [resident.lonely for resident in model.residents]


run(live, end)
