"""A made-up force with known truth: its children, its queue and its records, none of them real."""

from wardline.simulation.parameters import POPULATION, YEARS
from wardline.simulation.simulating import simulate

__all__ = ["POPULATION", "YEARS", "simulate"]
