"""A short client for the HTTP API of a Firmpath register; it needs nothing but the standard library.

from firmpath.client import Register

register = Register("https://register.example", token)
answer = register.pathway("118")
print(answer["explanation"]["headline"])
"""

from firmpath.client.calling import RegisterError
from firmpath.client.register import Register

__all__ = ["Register", "RegisterError"]
