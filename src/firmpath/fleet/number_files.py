"""Numbers that were laid aside in a file, 8 octets for each: all that are asked for, or none."""

import errno
import os
from io import FileIO
from typing import Final

import numpy as np

from firmpath.fleet.device_ids import Numbers

_OCTETS: Final = np.dtype(np.uint64).itemsize


def read_numbers(file: FileIO, first: int, into: Numbers) -> None:
    """Fill an array with the numbers of a file, from the `first` on.

    :raises OSError: the file has not so many; whatever stood in the array otherwise would pass for Devices.
    """
    file.seek(first * _OCTETS)
    if file.readinto(into.data) != into.nbytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
