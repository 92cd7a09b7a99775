"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

PROJECT = Path(__file__).parents[1]

# "ci" tries the same examples on every run, so a failure is a failure for everybody. "deep" goes looking:
# HYPOTHESIS_PROFILE=deep make test
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.register_profile("deep", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of reference data that is kept beside the project, or skip where there is none."""
    folder = Path(os.environ.get("FIRMPATH_SHARED_DATA", PROJECT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no reference data at {folder}; set FIRMPATH_SHARED_DATA to the folder that holds it")
    return folder.resolve()
