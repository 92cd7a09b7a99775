"""Running the register: serving, backup and restore, health, logs."""
