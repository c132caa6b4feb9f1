"""The part of a collection with which people overrule the machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kgretrieval.collection.handle import Handle

if TYPE_CHECKING:
    from kgretrieval.resolution.questions import ReviewItem
    from kgretrieval.store.decisions import Decision
    from kgretrieval.store.store import Store

Taken = TypeVar("Taken")


class Deciding(Handle):
    """What `kgretrieval.Collection` offers for decisions."""

    def review(self, *, limit: int = 20) -> list[ReviewItem]:
        """Return names that may be one or two, with reasons and sentences: what a person should look at first."""
        from kgretrieval.resolution.review import review

        return review(self._open_reader(), limit=limit)

    def answer(self, identifier: str, *, accept: bool, author: str = "", settle: bool = True) -> Decision:
        """Accept or reject what a question of `review` proposes; `settle` as in `decide`."""
        from kgretrieval.resolution.review import answer

        return self._decided(lambda store: answer(store, identifier, accept=accept, author=author), settle=settle)

    def decide(self, action: str, *things: str, to: str = "", author: str = "", settle: bool = True) -> Decision:
        """Overrule the machine; the decision holds when articles come again, and can be undone.

        Parameters
        ----------
        action : str
            ``"merge"``, ``"apart"``, ``"split"``, ``"rename"``, ``"type"``, ``"hide"``, ``"confirm"`` or ``"link"``
            (`kgretrieval.resolution.decide.ACTIONS`).
        *things : str
            Names or ids of entities; ids of facts to hide or confirm, of documents to split off.
        to : str
            The new name or type, the id in Wikidata, or the entity that is meant in the documents split off.
        author : str
            Who decides.
        settle : bool
            Bring it about at once; else the next `settle` or ingest does, for many decisions in a row.

        Raises
        ------
        UsageError
            If there is no such action, or it does not fit what it is about.
        NotFoundError
            If something is not there.
        """
        from kgretrieval.resolution.decide import decide

        return self._decided(lambda store: decide(store, action, *things, to=to, author=author), settle=settle)

    def undo(self, number: int) -> Decision:
        """Undo the decision of this number: everything is as if it had never been taken."""
        from kgretrieval.resolution.decide import undo

        return self._decided(lambda store: undo(store, number))

    def decisions(self) -> list[Decision]:
        """Return everything that was decided, the oldest first, what was undone included."""
        from kgretrieval.store.decisions import decisions

        return decisions(self._open_reader())

    def export_decisions(self) -> list[dict[str, Any]]:
        """Return all decisions as objects that mean the same in another collection (`import_decisions`)."""
        from kgretrieval.resolution.travel import exported

        return exported(self._open_reader())

    def import_decisions(self, file: str | Path) -> int:
        """Take over the decisions of a file of JSON lines that are not here yet; return how many they were."""
        from kgretrieval.resolution.travel import take_over

        return self._decided(lambda store: take_over(store, Path(file)))

    def link(self, file: str | Path, *, author: str = "") -> int:
        """Take ids of Wikidata from a CSV with the columns ``name`` and ``wikidata``: names with one id are one."""
        from kgretrieval.resolution.travel import link_table

        return self._decided(lambda store: link_table(store, Path(file), author=author))

    def settle(self) -> None:
        """Bring about what was decided with ``settle=False``."""
        self._decided(lambda store: None)

    def _decided(self, take: Callable[[Store], Taken], *, settle: bool = True) -> Taken:
        from kgretrieval.ingest.finish import finish

        with self._writing() as store:
            taken = take(store)
            if settle:
                finish(store)
        return taken
