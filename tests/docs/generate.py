"""Write every generated page anew, and say which changed: python -m tests.docs.generate."""

import os
import tempfile

import django

from tests.docs.page import pages


def main() -> None:
    """Write the pages whose text is not what it was."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firmpath.registry.settings")
    with tempfile.TemporaryDirectory(prefix="firmpath-docs-") as folder:
        os.environ.setdefault("FIRMPATH_DATA_DIR", folder)
        django.setup()
        _write_all()


def _write_all() -> None:
    for page in pages():
        text = page.write()
        if page.file.is_file() and page.file.read_text(encoding="utf-8") == text:
            print(f"{page.path} is current")
            continue
        page.file.write_text(text, encoding="utf-8", newline="\n")
        print(f"{page.path} is written anew")


if __name__ == "__main__":
    main()
