"""The store: finished runs in parts, found by key, and what is still to be done."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pandas as pd

from ..errors import InputError
from .design import keyed
from .finished_run import YEARLY, Ended
from .lock import locked
from .part import (
    POSITION,
    PartError,
    encode_tables,
    index_of,
    name_of,
    read_index,
    stacked,
)
from .registration import read_registration
from .store_place import DESIGN, FOLDER, LOCK, PARTS, REASON, SET_ASIDE, check_store
from .whole_file import TEMPORARY, flush, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from ..evidence.registry import Registry
    from .design import Design
    from .planned_run import PlannedRun


class Store:
    """Runs of a registered design, in a folder.

    Parameters
    ----------
    folder : Path
        The folder that holds `store/`.

    Raises
    ------
    InputError
        If there is no store, or it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / FOLDER
        check_store(folder)
        self.registration = read_registration(self.root / DESIGN, folder)
        self.broken: dict[str, str] = {}
        self._places: dict[str, tuple[str, int]] = {}
        self._ended: dict[str, Ended] = {}
        self.look()

    def look(self) -> None:
        """Read the index of every part; what cannot be used is told in `broken`."""
        self.broken, self._places, self._ended = {}, {}, {}
        known = set(self.registration.keys())
        for path in self._parts():
            try:
                index = read_index(path)
            except FileNotFoundError:
                continue  # compacted by its owner meanwhile
            except (PartError, OSError) as error:
                self.broken[path.name] = str(error)
                continue
            foreign = sum(each.key not in known for each in index)
            if foreign:
                self.broken[path.name] = (
                    f"foreign: {foreign} of its {len(index)} runs are not of this design"
                )
            else:
                self._enter(path.name, index)

    def _parts(self) -> list[Path]:
        folder = self.root / PARTS
        if not folder.is_dir():
            return []
        return sorted(each for each in folder.iterdir() if not each.name.endswith(TEMPORARY))

    def _enter(self, name: str, index: list[Ended]) -> None:
        """Remember the runs of a part; a run that is done takes the place of one that failed."""
        for position, each in enumerate(index):
            before = self._ended.get(each.key)
            if before is None or (before.failure and not each.failure):
                self._ended[each.key] = each
                self._places[each.key] = (name, position)

    @property
    def ended(self) -> dict[str, Ended]:
        """How runs ended, done or failed, by key."""
        return dict(self._ended)

    def done(self) -> list[str]:
        """Return the keys of runs that have tables, in the order of registration."""
        return [
            key
            for key in self.registration.keys()  # noqa: SIM118 - no mapping
            if key in self._ended and not self._ended[key].failure
        ]

    def failed(self) -> list[str]:
        """Return the keys of runs that failed, in the order of registration."""
        return [
            key
            for key in self.registration.keys()  # noqa: SIM118 - no mapping
            if key in self._ended and self._ended[key].failure
        ]

    def pending(self, registry: Registry, *, retry_failed: bool = False) -> list[PlannedRun]:
        """Return the runs that are still to be made, in the order of registration.

        Parameters
        ----------
        retry_failed : bool, optional
            Whether runs that failed are to be made again.
        """
        skip = set(self.done()) | (set() if retry_failed else set(self.failed()))
        return [run for run in self.registration.planned(registry) if run.key not in skip]

    def check_same(self, registry: Registry) -> None:
        """Refuse to mix runs of other sources or evidence.

        Raises
        ------
        InputError
            If something that decides numbers has changed, with every file and
            record; or if the register of planned runs was altered.
        """
        changed = self.registration.changed(registry)
        if changed:
            raise InputError(
                [
                    f"{self.folder}: its runs were made with other sources or evidence. Changed:",
                    *(f"  {each}" for each in changed),
                    "Runs of both do not belong together: go back to those, or give another --out.",
                ]
            )
        again = keyed(
            self.registration.planned(registry),
            registry,
            self.registration.outcomes,
            self.registration.keeps,
        )
        if [run.key for run in again.runs] != self.registration.keys():
            raise InputError(
                f"{self.root / DESIGN}: rows do not fit their keys, so the file was altered. "
                "Restore it, or start anew with another --out."
            )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer, with unfinished and unusable files out of the way.

        Parts may be added inside the block.

        Raises
        ------
        InputError
            If another process is writing, or nothing can be written.
        """
        with locked(self.root / LOCK):
            try:
                self._tidy()
            except OSError as error:
                raise InputError(
                    f"{self.folder}: nothing can be written there ({error.strerror}). Make room, "
                    "or make it writable."
                ) from error
            yield

    def _tidy(self) -> None:
        """Remove what was left half-written, and set aside what cannot be used."""
        (self.root / PARTS).mkdir(exist_ok=True)
        for path in (*self.root.glob(f".*{TEMPORARY}"), *self.root.glob(f"*/.*{TEMPORARY}")):
            path.unlink(missing_ok=True)
        self.registration = read_registration(self.root / DESIGN, self.folder)
        self.look()
        for name, reason in self.broken.items():
            self._set_aside(name, reason)
        self.broken = {}

    def _set_aside(self, name: str, reason: str) -> None:
        """Move a part that cannot be used out of the way, with the reason beside it."""
        aside = self.root / SET_ASIDE
        aside.mkdir(exist_ok=True)
        target, number = aside / name, 1
        while target.exists():
            number += 1
            target = aside / f"{number}-{name}"
        write_whole(target.with_name(target.name + REASON), f"{reason}\n".encode())
        (self.root / PARTS / name).rename(target)
        flush(aside)

    def extend(self, design: Design) -> int:
        """Register the runs of a design that the store lacks; return how many are new."""
        with locked(self.root / LOCK):
            self.registration = read_registration(self.root / DESIGN, self.folder)
            before = len(self.registration.runs)
            self.registration = self.registration.extended(design, self.folder)
            if len(self.registration.runs) > before:
                self.registration.write(self.root / DESIGN)
        return len(self.registration.runs) - before

    def add(self, part: bytes) -> list[Ended]:
        """Write a part, and return how its runs ended.

        Raises
        ------
        InputError
            If it cannot be written; the store is as it was before.
        """
        name, index = name_of(part), index_of(part)
        try:
            write_whole(self.root / PARTS / name, part)
        except OSError as error:
            raise InputError(
                f"{self.folder}: a part with {len(index)} finished run(s) cannot be written "
                f"({os.strerror(error.errno or 0)}). The {len(self.done())} runs stored before "
                "are safe. Make room, then go on with the line below."
            ) from error
        self._enter(name, index)
        return index

    def compact(self) -> None:
        """Put all finished runs into one part, in order of key."""
        parts = self._parts()
        if len(parts) <= 1:
            return
        keys = sorted(self._ended)
        names = sorted({YEARLY, *self.registration.keeps})
        tables = {
            name: stacked(self.root / PARTS, name, [self._places[key] for key in keys])
            for name in names
        }
        whole = {name: table for name, table in tables.items() if table is not None}
        part = encode_tables([self._ended[key] for key in keys], whole)
        self.add(part)
        for path in parts:
            if path.name != name_of(part):  # it is there already after an interrupted compaction
                path.unlink()
        self._places = {key: (name_of(part), position) for position, key in enumerate(keys)}

    def _stacked(self, name: str, keys: list[str]) -> pa.Table | None:
        return stacked(self.root / PARTS, name, [self._places[key] for key in keys])

    def table(self, name: str = YEARLY, design: Design | None = None) -> pd.DataFrame:
        """Return one table of all runs that are done.

        Parameters
        ----------
        name : str, optional
            `yearly`, or a further table that the runs keep.
        design : Design, optional
            Only the runs of this design.

        Returns
        -------
        pandas.DataFrame
            Columns `key, scenario, seed, scale, first_year, last_year`, one for
            each record that rows set, then those of the table (`year, table,
            item, group, persons`); sorted by key, then as the run counted. The
            same whatever the order and number of sessions that made it.

        Raises
        ------
        InputError
            If the runs do not keep that table.
        """
        counted = self.rows(name, design)
        runs = self.runs().set_index("key").drop(columns=["status", "seconds"])
        left = runs.loc[counted["key"]].reset_index()
        return pd.concat([left, counted.drop(columns="key")], axis=1)

    def rows(self, name: str = YEARLY, design: Design | None = None) -> pd.DataFrame:
        """Return one table of all runs that are done, without what each run was set to.

        Parameters
        ----------
        name : str, optional
            `yearly`, or a further table that the runs keep.
        design : Design, optional
            Only the runs of this design.

        Returns
        -------
        pandas.DataFrame
            Column `key`, then those of the table; sorted by key, then as the
            run counted.

        Raises
        ------
        InputError
            If the runs do not keep that table.
        """
        if name not in {YEARLY, *self.registration.keeps}:
            raise InputError(
                f"{self.folder}: its runs do not keep a table {name!r}. Kept: "
                f"{', '.join((YEARLY, *self.registration.keeps))}."
            )
        wanted = None if design is None else {run.key for run in design.runs}
        keys = sorted(key for key in self.done() if wanted is None or key in wanted)
        rows_of_all = self._stacked(name, keys)
        if rows_of_all is None:
            return pd.DataFrame({"key": pd.Series(dtype=object)})
        table: pd.DataFrame = rows_of_all.to_pandas()
        places = table.pop(POSITION).to_numpy()
        table.insert(0, "key", pd.Series(keys, dtype=object).to_numpy()[places])
        return table

    def runs(self) -> pd.DataFrame:
        """Return the design as a table, with how each run ended.

        Returns
        -------
        pandas.DataFrame
            Columns as in `Design.frame`, then `status` (`done`, `failed` or
            `planned`) and `seconds`.
        """
        records = [
            {**{k: v for k, v in row.items() if k != "values"}, **row["values"]}
            for row in self.registration.runs
        ]
        frame = pd.DataFrame(records)
        failed = set(self.failed())
        frame["status"] = [
            "failed" if key in failed else "done" if key in self._ended else "planned"
            for key in frame["key"]
        ]
        frame["seconds"] = [
            self._ended[key].seconds if key in self._ended else float("nan") for key in frame["key"]
        ]
        return frame
