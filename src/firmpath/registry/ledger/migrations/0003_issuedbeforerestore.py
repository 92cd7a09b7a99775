from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep the largest CPL Entry ID over a restore."""

    dependencies = [("ledger", "0002_nothing_is_changed_or_deleted")]
    operations = [
        migrations.CreateModel(
            name="IssuedBeforeRestore",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("largest_cpl_entry_id", models.BigIntegerField()),
            ],
        ),
    ]
