"""Steering Devices away by public notices, without telling anybody why."""
