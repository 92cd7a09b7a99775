"""Print the CPL Entry ID that a register would issue next."""

import django

if __name__ == "__main__":
    django.setup()
    from firmpath.registry.ledger.current import current
    from firmpath.registry.ledger.issued import next_cpl_entry_id

    print(next_cpl_entry_id(current().register))
