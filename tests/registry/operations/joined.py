"""Let somebody have joined a register: `joined`."""

from datetime import UTC, datetime

import django

if __name__ == "__main__":
    django.setup()
    from tests.registry.people import make_people

    make_people(datetime.now(UTC))
