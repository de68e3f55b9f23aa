"""Which facts the user gives for which file: options, sidecars, `--facts` and the `facts.toml` of added folders.

For a source that the corpus knows, files of facts are the whole truth and replace what was stored (a line that was
deleted from one was deleted for a reason), options alone amend it, and nothing said changes nothing.

Claims of a release of one's own are weaker than facts that somebody looked up. So they take the place of all files, and
never replace what is known of a picture from elsewhere, nor from an earlier release: the first publication counts.
"""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType

from provcheck.corpus.walking import FoundFile
from provcheck.facts import find_sidecar, known_facts, load_facts, load_sidecar, merge_facts
from provcheck.media.recognition import PICTURE_SUFFIXES, VIDEO_SUFFIXES
from provcheck.presence import is_file
from provcheck.records import Facts, Skipped

_FACTS_NAME = "facts.toml"


class GivenFacts:
    """The facts of one ingest.

    Reads all files of facts at once, so that a mistake in one is found before hours of work. Only a sidecar of a file
    that is not named like media is left until the file proves to be media: it may be the TOML file of something else.

    Parameters
    ----------
    facts_file : Path, optional
        What `--facts` names.
    options : Facts, optional
        Facts of all files.
    own : mapping of Path to Facts
        What releases of one's own claim of their files.

    Raises
    ------
    FactsError
        When a file of facts is wrong.
    """

    def __init__(
        self,
        files: Sequence[FoundFile],
        *,
        facts_file: Path | None,
        options: Facts | None,
        own: Mapping[Path, Facts] = MappingProxyType({}),
    ) -> None:
        self._own = own
        self._paths = [file.path for file in files]
        self._options = options or Facts()
        self._given = load_facts(facts_file.absolute()) if facts_file else None
        self._folders = {
            folder: load_facts(folder / _FACTS_NAME)
            for folder in _folders_with_facts(files)
            if not (facts_file and facts_file.samefile(folder / _FACTS_NAME))
        }
        self._walked = {file.root for file in files if not file.named}
        self._sidecars = {file.path: _read_sidecar(file.path) for file in files if _is_named_like_media(file.path)}

    def for_new(self, file: FoundFile) -> Facts:
        """Return the facts of a file that becomes a source."""
        claimed = self._own.get(file.path)
        return merge_facts(lower=claimed or self._from_files(file) or Facts(), higher=self._options)

    def for_known(self, file: FoundFile, stored: Facts) -> Facts:
        """Return what the facts of a known source are from now on."""
        if claimed := self._own.get(file.path):
            is_renewed = stored.release == claimed.release
            return merge_facts(lower=claimed, higher=self._options) if is_renewed else stored
        return merge_facts(lower=self._from_files(file) or stored, higher=self._options)

    def unmatched(self) -> tuple[Skipped, ...]:
        """Return the entries that fit none of the files, of `--facts` and of the folders that were added."""
        in_folders = [read for folder, read in self._folders.items() if self._is_walked(folder)]
        read = [self._given, *in_folders] if self._given else in_folders
        return tuple(entry for facts_file in read for entry in facts_file.unmatched(self._paths))

    def _from_files(self, file: FoundFile) -> Facts | None:
        nearest = next((self._folders[folder] for folder in _folders_of(file) if folder in self._folders), None)
        sidecar = self._sidecars[file.path] if file.path in self._sidecars else _read_sidecar(file.path)
        given = self._given.for_path(file.path) if self._given else None
        in_folder = nearest.for_path(file.path) if nearest else None
        if sidecar is None and given is None and in_folder is None:
            return None
        return known_facts(sidecar=sidecar, given_file=given, folder_file=in_folder)

    def _is_walked(self, folder: Path) -> bool:
        return any(folder.is_relative_to(root) for root in self._walked)


def _folders_with_facts(files: Sequence[FoundFile]) -> list[Path]:
    folders = {folder for file in files for folder in _folders_of(file)}
    return sorted(folder for folder in folders if is_file(folder / _FACTS_NAME))


def _folders_of(file: FoundFile) -> list[Path]:
    """Return the folders around a file, from the nearest up to the one that was added."""
    return list(takewhile(lambda folder: folder.is_relative_to(file.root), file.path.parents))


def _read_sidecar(path: Path) -> Facts | None:
    sidecar = find_sidecar(path)
    return load_sidecar(sidecar) if sidecar else None


def _is_named_like_media(path: Path) -> bool:
    return path.suffix.lower() in PICTURE_SUFFIXES | VIDEO_SUFFIXES
