"""Vulnerabilities of ZigBee stacks: typed in, or imported; every edit kept beside what it replaced."""
