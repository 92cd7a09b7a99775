"""What leaves the register: changes, tables to download, and the DCC's extract."""
