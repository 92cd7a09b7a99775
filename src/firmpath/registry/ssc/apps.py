"""The application of the SSC."""

from django.apps import AppConfig

from firmpath.registry.routing import SSC


class SSCConfig(AppConfig):
    """What only the SSC may see."""

    name = "firmpath.registry.ssc"
    label = SSC
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Build the wall around the SSC's database, stand behind the slot, and keep errors to ourselves."""
        from firmpath.registry.ssc import wall
        from firmpath.registry.ssc.looks.errors import note_errors
        from firmpath.registry.ssc.stacks.slot import SSCSlot
        from firmpath.registry.submissions.sealed import stand_behind

        wall.build()
        stand_behind(SSCSlot())
        note_errors()
