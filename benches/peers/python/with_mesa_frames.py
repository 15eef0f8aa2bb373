"""The kernel in mesa-frames: residents are one agent set in a Polars frame, ties another."""

import numpy as np
import polars as pl
from kernel import K, RESIDENTS, WEEKS, run, start
from mesa_frames import AgentSetPolars, ModelDF


class Ties(AgentSetPolars):
    def __init__(self, model):
        super().__init__(model)
        a, b, strength = start()
        self += pl.DataFrame({"unique_id": np.arange(len(a)) + RESIDENTS, "a": a, "b": b, "strength": strength})

    def step(self):
        draws = pl.Series("draw", self.random.random(len(self.agents), dtype=np.float32))
        strength = pl.col("strength")
        nearer, further = strength + K["gain"] * (1 - strength), strength - K["loss"] * strength
        self.agents = self.agents.with_columns(contact=pl.lit(draws) < strength).with_columns(
            strength=pl.when("contact").then(nearer).otherwise(further)
        )


class Residents(AgentSetPolars):
    def __init__(self, model):
        super().__init__(model)
        lonely = np.full(RESIDENTS, K["lonely"], dtype=np.float32)
        self += pl.DataFrame({"unique_id": np.arange(RESIDENTS), "lonely": lonely})

    def step(self):
        met = self.model.ties.agents.filter("contact")
        contacts = pl.concat([met["a"], met["b"]]).alias("unique_id").value_counts(name="contacts")
        shortfall = (1 - pl.col("contacts").fill_null(0) / K["wanted"]).clip(lower_bound=0)
        self.agents = (
            self.agents.join(contacts, on="unique_id", how="left")
            .with_columns(lonely=pl.col("lonely") + K["step"] * (shortfall - pl.col("lonely")))
            .drop("contacts")
        )


class Neighbourhood(ModelDF):
    def __init__(self):
        super().__init__(seed=1)
        # They are called in this order; the framework keeps copies, by kind.
        self.agents += [Ties(self), Residents(self)]

    @property
    def ties(self):
        return self.get_agents_of_type(Ties)

    @property
    def residents(self):
        return self.get_agents_of_type(Residents)

    def step(self):
        self.agents.do("step")


model = Neighbourhood()


def live():
    for _ in range(WEEKS):
        model.step()


run(live, lambda: (model.ties.agents["strength"].to_numpy(), model.residents.agents["lonely"].to_numpy()))
