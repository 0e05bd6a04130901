"""How many worlds are drawn: few and always the same in CI, more and random by hand, thousands at night.

`WARDLINE_EXAMPLES=3000 make test-generative` draws more; the seed of a difference is printed by hypothesis.
"""

import os

from hypothesis import HealthCheck, settings

CI_EXAMPLES = 100

settings.register_profile(
    "ci", max_examples=CI_EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile(
    "many", max_examples=int(os.environ.get("WARDLINE_EXAMPLES", CI_EXAMPLES)), deadline=None, print_blob=True,
    suppress_health_check=list(HealthCheck))
settings.load_profile("many" if "WARDLINE_EXAMPLES" in os.environ else "ci")
