"""The model in Mesa's own viewer: docs/notebook.md says how to start it."""

from __future__ import annotations

from mesa.visualization import Slider, SolaraViz, make_plot_component
from terugkeer.abm.world.collector import weekly_collector
from terugkeer.abm.world.model import ReturnModel
from terugkeer.abm.world.scenario import scenario_names
from terugkeer.viz.figures.palette import BLUE, GREY, INK, MAUVE, ORANGE, SKY


class Shown(ReturnModel):
    """The model at 1:50 from 2011 on: what comes before is lived and not shown."""

    def __init__(self, policy: str = "baseline", rng: int = 1) -> None:
        super().__init__(policy, rng=rng, scale=50.0)
        while self.week < self.report_from:
            self.step()
        self.datacollector = weekly_collector()
        for _ in range(8):
            self.step()


LIVE_HERE = {"in_procedure": MAUVE, "file_open": BLUE, "out_of_sight": GREY}
RETURNED = {"returned_independent": SKY, "returned_forced": ORANGE, "returned_unseen": GREY}
FREELY = {"adults_all_three": INK}
HARM = {"weeks_without_stable_shelter": MAUVE, "weeks_held": ORANGE}
page = SolaraViz(
    Shown(),
    components=[make_plot_component(each) for each in (LIVE_HERE, RETURNED | FREELY, HARM)],
    model_params={
        "policy": {"type": "Select", "value": "baseline", "values": scenario_names()},
        "rng": Slider("seed", value=1, min=1, max=20, step=1),
    },
    name="terugkeer",
)
