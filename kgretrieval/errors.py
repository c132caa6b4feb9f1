"""What can go wrong, said so that a person can act on it.

::

    KgError
    ├── UsageError            an argument makes no sense (empty query, unknown format)
    ├── NotFoundError         a path, an id or a name that is not there
    │   └── CollectionNotFoundError
    ├── UnreadableError       a file that cannot be read as what it should be
    │   └── PictureError
    ├── CollectionError       the collection on disk does not fit what was asked
    │   └── LockedError       another process writes to it
    └── ModelError            an encoder that is unknown, missing or not the collection's own

A message holds what was wrong, the value seen and what to do, in one line.
The command line prints that line and exits with `exit_code`.
"""

from __future__ import annotations


class KgError(Exception):
    """The root of every error that this package raises on purpose."""

    exit_code = 1


class UsageError(KgError):
    """An argument makes no sense: an empty query, an unknown format."""

    exit_code = 2


class NotFoundError(KgError):
    """A path, an id or a name that is not there."""


class CollectionNotFoundError(NotFoundError):
    """There is no collection at the place named, or none that can be guessed."""


class UnreadableError(KgError):
    """A file cannot be read as what it should be."""


class PictureError(UnreadableError):
    """A file is no picture, is damaged, or is too large to decode safely."""


class CollectionError(KgError):
    """The collection on disk does not fit what was asked of it."""


class LockedError(CollectionError):
    """Another process is writing to the collection."""


class ModelError(KgError):
    """An encoder is unknown, its weights are missing, or it is not the collection's own."""
