"""The investigators of the made-up force, in its example's settings as in its truth."""

from pathlib import Path

from wardline.simulation.investigators import investigators_by_month
from wardline.simulation.parameters import POPULATION, YEARS
from wardline.standards import read_force

EXAMPLE = Path(__file__).parents[3] / "examples" / "teesmouth"


def test_the_example_says_how_many_investigators_its_force_has():
    said = read_force(EXAMPLE / "force.yaml").investigators
    assert dict(said) == dict(investigators_by_month(POPULATION, YEARS, 1))
