"""Hostile input that is led by what it reaches, with atheris, which is not in the lock: install it first.

Run it as `python -m tests.fuzzing.guided TARGET -runs=200000`; whatever follows the target is for the fuzzer.
"""

import importlib
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["firmpath.images"]):
        from tests.fuzzing.targets import TARGETS
    from firmpath.pathways.faults import FirmpathError
    from tests.fuzzing.seeds import HARM

    name, *options = sys.argv[1:]
    target = TARGETS[name]

    def run(octets: bytes) -> None:
        """Read one input; any error but our own ends the run."""
        try:
            target.run(octets)
        except FirmpathError as error:
            str(error)

    with tempfile.TemporaryDirectory(prefix="firmpath-fuzzing-") as folder:
        words = Path(folder) / "words"
        lines = ("".join(f"\\x{octet:02x}" for octet in each[:64]) for each in HARM)
        words.write_text("\n".join(f'"{each}"' for each in lines))
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for at, seed in enumerate(target.seeds):
            (corpus / str(at)).write_bytes(seed)
        limits = ["-timeout=5", "-rss_limit_mb=1024", "-max_len=20000", f"-dict={words}"]
        atheris.Setup([sys.argv[0], *limits, *options, str(corpus)], run)
        atheris.Fuzz()
