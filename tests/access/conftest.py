"""What tests of access share with those of the register."""

from tests.registry.conftest import static_files

__all__ = ["static_files"]
