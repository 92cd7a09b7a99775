"""A short client for the HTTP API of a Firmpath register; it needs nothing but the standard library.

from firmpath.client import Register

register = Register("https://register.example", token)
answer = register.pathway("1", "3")
print(answer["explanation"]["headline"])
for brief in register.pathways([("1", "newest"), ("2", "newest")]):
    print(brief["answer"], brief["text"])
for change in register.changes(since=1):
    print(change["number"], change["text"])
"""

from firmpath.client.calling import RegisterError
from firmpath.client.register import Register

__all__ = ["Register", "RegisterError"]
