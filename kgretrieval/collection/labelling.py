"""The part of a collection that sorts documents by the user's own labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgretrieval.collection.handle import Handle
from kgretrieval.errors import UsageError

if TYPE_CHECKING:
    from kgretrieval.labelling.gather import Gathered
    from kgretrieval.labelling.records import Proposal, Takes, Trained
    from kgretrieval.store.decisions import Decision
    from kgretrieval.types import Label, Progress

Labels = Mapping[str, str] | Iterable[tuple[str, str]] | str | Path


class Labelling(Handle):
    """What `kgretrieval.Collection` offers for labels."""

    def train(
        self,
        name: str,
        labels: Labels | None = None,
        *,
        tags: bool = False,
        text: str = "",
        label: str = "",
        choose: Sequence[str] = (),
        model: str = "auto",
        precision: float = 0.9,
        file: str | Path | None = None,
        small: bool = False,
        rest: bool = False,
        progress: Callable[[Progress], None] | None = None,
        **settings: Any,
    ) -> Trained:
        """Train a model that sorts articles or pictures, and keep it in the collection.

        Parameters
        ----------
        name : str
            The question that its labels answer, such as ``"section"``.
        labels : optional
            Where examples are: a mapping or pairs of ids and labels, or of texts and labels; a table, JSON lines, a
            CSV of ids, or a folder with a folder for each label. By default what people said (`label`).
        tags : bool
            Take the tags and sections that documents were given as labels.
        text, label : str
            Names of the columns of a table.
        choose : sequence of str
            Train on these labels only.
        model : str
            ``"linear"``, ``"lstm"``, ``"cnn"``, ``"transformer"``, ``"picture"``, ``"early"``, ``"late"``, ``"auto"``.
        precision : float
            The share of right answers among those it is to be sure of; of the others it says nothing.
        file : path-like, optional
            Where to write the model, instead of into the collection.
        small : bool
            Keep the weights in 8 bits.
        rest : bool
            Learn from the articles without a label, too, where that helps on held-out examples: for few labels.
        progress : callable, optional
        **settings
            ``seed``, ``seconds``, ``vectors``, ``balanced``, ``epochs`` (`kgretrieval.classify.base.Settings`).

        Returns
        -------
        Trained
            The card of the model: its labels, what it was trained on, how good it is on held-out examples.

        Raises
        ------
        UsageError
            If there are too few examples, or no such model, label or column.
        NotFoundError, UnreadableError
            If examples are not there or cannot be read.
        LockedError
            If another process is training in this collection.
        """
        from kgretrieval.classify.base import Settings
        from kgretrieval.labelling.heads import checked_name
        from kgretrieval.labelling.train import new_file, train_model, wanted_takes

        checked_name(name)
        gathered = self._gather(name, labels, wanted_takes(model), tags=tags, text=text, label=label, choose=choose)
        if rest:
            from kgretrieval.classify.self_training import MOST
            from kgretrieval.labelling.gather import with_rest

            gathered = with_rest(self._open_reader(), gathered, most=MOST)
        return train_model(
            name,
            gathered,
            new_file(self.location, name) if file is None else Path(file),
            chosen=choose,
            model=model,
            settings=Settings(**settings),
            precision=precision,
            pictures=self._open_reader().manifest.encoder,
            small=small,
            shared=file is None,
            progress=progress,
        )

    def trained(self) -> list[Trained]:
        """Return the trained models of the collection, by name."""
        from kgretrieval.labelling.train import trained_models

        return trained_models(self._open_reader())

    def classify(
        self,
        *targets: str | Path,
        texts: Iterable[str] | None = None,
        model: str | Path = "",
        labels: Sequence[str] = (),
        name: str = "",
        pictures: bool = False,
        explain: bool = False,
        level: float | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Any:
        """Say what articles, pictures, files or folders are by a trained model, or by the names of labels.

        Without targets the whole collection is sorted: labels are kept, what the same version has looked at is left
        alone, and from then on every ingest sorts what is new.

        Parameters
        ----------
        *targets : str or path-like
            Ids of documents, text files, pictures, folders.
        texts : iterable of str, optional
            Texts themselves, instead.
        model : str or path-like
            The name of a trained model or its file.
        labels : sequence of str
            Names of labels, in words, instead of a model.
        name : str
            With `labels`: what they are called in the collection.
        pictures : bool
            With `labels`: sort pictures, not texts.
        explain : bool
            Say what moved each label.
        level : float, optional
            Be sure from this probability on, instead of the one chosen in training.
        progress : callable, optional

        Returns
        -------
        list of Sorted, or SortReport
            A list that a notebook shows as cards; for the whole collection how many documents have which label.

        Raises
        ------
        NotFoundError
            If there is no such model or target.
        UsageError
            If it is not clear what is to be sorted by what.
        LockedError
            If another process is writing to the collection.
        """
        from kgretrieval.labelling.apply import sort_collection
        from kgretrieval.labelling.choose import adopt, chosen_head
        from kgretrieval.labelling.records import SortedList
        from kgretrieval.labelling.sort import sort_targets, sort_texts
        from kgretrieval.present.labels_html import show_sorted

        encoder = self._own_encoder if labels else None
        head = chosen_head(self.location, str(model), labels, encoder, pictures=pictures, level=level, name=name)
        if texts is not None:
            return show_sorted(SortedList(sort_texts(head, texts, explain=explain)))
        if targets:
            found = sort_targets(head, targets, self._open_reader(), self._own_encoder, explain=explain)
            return show_sorted(SortedList(*found))
        with self._writing() as store:
            adopt(self.location, head, instead=str(model) == head.card.name)
            report = sort_collection(store, head, progress=progress)
            self._finish(store)
        return report

    def labels(self, identifier: str) -> tuple[Label, ...]:
        """Return what an article or picture is sorted under, what people said before what models say."""
        from kgretrieval.store.label_rows import labels_of
        from kgretrieval.store.read import full_id

        store = self._open_reader()
        full = full_id(store, identifier)
        return labels_of(store, [full]).get(full, ())

    def label(self, identifier: str, scheme: str, value: str, *, author: str = "", settle: bool = True) -> Decision:
        """Say what an article or a picture is: this wins over every model, and holds when the document comes again.

        It is a decision like others: it can be undone, and travels with them. With ``settle=False`` derived files are
        brought up to it by the next `settle` or ingest, for many answers in a row.
        """
        from kgretrieval.resolution.decide import decide

        with self._writing() as store:
            made = decide(store, "label", identifier, scheme, to=value, author=author)
            if settle:
                self._finish(store)
        return made

    def proposals(self, scheme: str, *, k: int = 10, kind: Takes = "text") -> list[Proposal]:
        """Return what a person should label next under a scheme; `kind` where no model is trained yet."""
        from kgretrieval.classify.head import load_head
        from kgretrieval.labelling.heads import head_file
        from kgretrieval.labelling.propose import propose

        file = head_file(self.location, scheme)
        return propose(self._open_reader(), scheme, load_head(file) if file.is_file() else None, takes=kind, k=k)

    def forget_model(self, name: str) -> None:
        """Remove a trained model of the collection and all that it said; what people said stays.

        Raises
        ------
        NotFoundError
            If there is none.
        """
        from kgretrieval.labelling.heads import extractor_of, find_head, head_file
        from kgretrieval.store.label_rows import forget_labels

        if not head_file(self.location, name).is_file():
            find_head(self.location, name)
        with self._writing() as store:
            head_file(self.location, name).unlink(missing_ok=True)
            forget_labels(store, extractor_of(name))
            self._finish(store)

    def _finish(self, store: Any) -> None:
        from kgretrieval.ingest.finish import finish

        finish(store)

    def _gather(
        self,
        name: str,
        labels: Labels | None,
        takes: Takes | None,
        *,
        tags: bool,
        text: str,
        label: str,
        choose: Sequence[str],
    ) -> Gathered:
        from kgretrieval.labelling import gather

        store = self._open_reader()
        if tags:
            if labels is not None:
                raise UsageError("labels come from tags or from examples; give one of them")
            return gather.from_tags(store, takes, choose)
        if labels is None:
            return gather.from_people(store, name, takes)
        if isinstance(labels, str | Path):
            return gather.from_file(Path(labels), store, self._own_encoder, text=text, label=label, takes=takes)
        rows, ids = gather.rows_of(labels)
        return gather.from_documents(store, rows, takes) if ids else gather.from_pairs(rows)
