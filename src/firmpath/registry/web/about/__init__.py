"""About the register: rules, roles, the API, accessibility."""
