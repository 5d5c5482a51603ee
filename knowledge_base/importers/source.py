"""What an import reads: a file, a folder or a zip, a piece at a time, within limits.

Nothing is extracted to disk and nothing is read whole: memory stays the same for a kilobyte and for a gigabyte.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import IO

from knowledge_base.errors import BadFile

MEGABYTE = 1_000_000
LONGEST_LINE = MEGABYTE
LARGEST_SET = 8_000 * MEGABYTE
MOST_MEMBERS = 2_000
# Text compresses about tenfold, sparse spreadsheets a hundredfold; a zip bomb, a thousandfold and more.
HIGHEST_RATIO = 200

Advance = Callable[[int], None]  # told how many bytes have just been read


@dataclass(frozen=True)
class Member:
    """One file of a source. `name` is what reports call it."""

    name: str
    path: Path
    inside: str | None = None  # its name in the zip `path`


@dataclass(frozen=True)
class Source:
    """The files of one import."""

    path: Path
    members: tuple[Member, ...]
    encoding: str = "utf-8-sig"
    advance: Advance = lambda _: None

    def matching(self, pattern: str) -> list[Member]:
        """Return the members whose file name fits a shell pattern, whatever its case."""
        return [one for one in self.members if fnmatch(Path(one.name).name.lower(), pattern.lower())]

    def of_kind(self, *patterns: str) -> Sequence[Member]:
        """Return the members that fit any of the patterns; a lone file is what it was given for, whatever its name."""
        return [member for pattern in patterns for member in self.matching(pattern)] or self.members[:1]

    def one(self, pattern: str) -> Member:
        """Return the one member that fits, or say which file is missing."""
        found = self.matching(pattern)
        if not found:
            raise BadFile(
                self.path.name, 0, f"no file named {pattern}. Remedy: give the whole folder or zip as published"
            )
        return found[-1]  # names carry versions: the last is the latest

    @contextmanager
    def bytes_of(self, member: Member) -> Iterator["Counted"]:
        """Open a member for reading within the limits."""
        if member.inside is None:
            with member.path.open("rb") as handle:
                yield Counted(handle, member.name, self.advance, LARGEST_SET)
            return
        with zipfile.ZipFile(member.path) as archive:
            packed = archive.getinfo(member.inside).compress_size
            most = min(LARGEST_SET, max(MEGABYTE, packed * HIGHEST_RATIO))
            with _unpacking(member.name):
                unpacked = archive.open(member.inside)
            with unpacked:
                yield Counted(unpacked, member.name, self.advance, most)

    def lines(self, member: Member) -> Iterator[str]:
        """Yield a member's lines as text, each checked for length and encoding."""
        with self.bytes_of(member) as handle:
            number = 0
            while raw := handle.readline(LONGEST_LINE + 1):
                number += 1
                if len(raw) > LONGEST_LINE:
                    raise BadFile(
                        member.name,
                        number,
                        f"a line of more than {LONGEST_LINE:,} bytes. Remedy: is it the right file?",
                    )
                yield self._decoded(raw, member.name, number)

    def _decoded(self, raw: bytes, name: str, number: int) -> str:
        if b"\0" in raw:
            raise BadFile(name, number, "holds zero bytes: not text in UTF-8. Remedy: save it as CSV UTF-8")
        encoding = self.encoding if number == 1 else self.encoding.removesuffix("-sig")
        try:
            return raw.decode(encoding)
        except UnicodeError as error:
            byte = f"byte {raw[error.start]:#04x}" if isinstance(error, UnicodeDecodeError) else "what it holds"
            raise BadFile(
                name, number, f"{byte} is not {self.encoding}. Remedy: --encoding windows-1252, or save it as UTF-8"
            ) from error

    def size(self) -> int:
        """Return how many bytes there are to read, unpacked sizes as the zip announces them."""
        total = 0
        for member in self.members:
            if member.inside is None:
                total += member.path.stat().st_size
        if self.path.suffix == ".zip":
            with zipfile.ZipFile(self.path) as archive:
                total += sum(archive.getinfo(one.inside).file_size for one in self.members if one.inside)
        return total

    def dated(self) -> date:
        """Return the day the file was obtained, as the file system knows it: the newest of its members."""
        newest = max((one.path.stat().st_mtime for one in self.members), default=self.path.stat().st_mtime)
        return datetime.fromtimestamp(newest).astimezone().date()


def open_source(path: Path, encoding: str = "utf-8-sig", advance: Advance = lambda _: None) -> Source:
    """List what is to be read; raise BadFile for what is not there, empty, encrypted or out of bounds."""
    if not path.exists():
        raise BadFile(str(path), 0, "no such file or folder. Remedy: check the path")
    if path.is_dir():
        members = [Member(str(one.relative_to(path)), one) for one in sorted(path.rglob("*")) if one.is_file()]
    elif zipfile.is_zipfile(path) and path.suffix.lower() != ".xlsx":
        members = _zip_members(path)
    else:
        members = [Member(path.name, path)]
    if not members:
        raise BadFile(path.name, 0, "is empty. Remedy: download it again")
    if len(members) > MOST_MEMBERS:
        raise BadFile(
            path.name,
            0,
            f"holds {len(members):,} files, more than {MOST_MEMBERS:,}. Remedy: give the one folder of the set",
        )
    _check_encoding(path, encoding)
    return Source(path, tuple(members), encoding, advance)


def _zip_members(path: Path) -> list[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:  # the last: a version yet to come
        raise BadFile(path.name, 0, f"is not a readable zip ({error}). Remedy: download it again") from error
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise BadFile(path.name, 0, "is compressed in an unusual way. Remedy: unpack it and give the folder")
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadFile(path.name, 0, "is encrypted. Remedy: unpack it with its password and give the folder")
    if sum(entry.file_size for entry in entries) > LARGEST_SET:
        raise BadFile(path.name, 0, f"would unpack to more than {LARGEST_SET:,} bytes. Remedy: is it the right file?")
    return [Member(entry.filename, path, entry.filename) for entry in sorted(entries, key=lambda one: one.filename)]


def _check_encoding(path: Path, encoding: str) -> None:
    try:
        "é".encode(encoding)
    except (LookupError, UnicodeError) as error:
        raise BadFile(path.name, 0, f"unknown encoding {encoding!r}. Remedy: utf-8 or windows-1252") from error


@contextmanager
def _unpacking(name: str) -> Iterator[None]:
    """Say of a damaged file that it is."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise BadFile(name, 0, f"cannot be unpacked ({error}). Remedy: download it again") from error


class Counted:
    """A binary file that tells progress, and stops at a limit whatever the archive announced."""

    def __init__(self, handle: IO[bytes], name: str, advance: Advance, most: int) -> None:
        self._handle = handle
        self._name = name
        self._advance = advance
        self._left = most

    def read(self, size: int = -1) -> bytes:
        """Read at most a megabyte at a time."""
        with _unpacking(self._name):
            data = self._handle.read(MEGABYTE if size < 0 else min(size, MEGABYTE))
        return self._told(data)

    def readline(self, size: int) -> bytes:
        """Read one line of at most `size` bytes."""
        with _unpacking(self._name):
            data = self._handle.readline(size)
        return self._told(data)

    def _told(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise BadFile(
                self._name,
                0,
                "unpacks to far more than its size: a zip bomb? Remedy: download it again from its publisher",
            )
        self._advance(len(data))
        return data
