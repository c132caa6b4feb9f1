"""`kg label`: a person says what documents are, and a model learns."""

from __future__ import annotations

import sys
from collections import deque
from typing import TYPE_CHECKING, Any

import click

from kgretrieval.cli.options import author_option, index_option, json_option
from kgretrieval.cli.output import say, show
from kgretrieval.errors import KgError, UsageError

if TYPE_CHECKING:
    from kgretrieval.collection import Collection
    from kgretrieval.labelling.records import Proposal
    from kgretrieval.store.decisions import Decision

_KINDS = {"article": "text", "picture": "picture"}
_HELP = "a number, or a new label; Enter: later, u: undo, q: quit; =LABEL where a label is itself a number or a letter"


@click.command(
    epilog="\b\nExamples:\n  kg label section\n  kg label section a:3f9c21 Sport\n  kg label section -k 50 --json\n"
    "  kg label scene --kind picture --every 20"
)
@click.argument("name")
@click.argument("id_", metavar="[ID]", required=False)
@click.argument("value", metavar="[LABEL]", required=False)
@click.option("-k", "k", metavar="N", type=click.IntRange(1), default=10, show_default=True, help="Proposals at most.")
@click.option(
    "--every",
    metavar="N",
    type=click.IntRange(0),
    default=10,
    show_default=True,
    help="Learn after N answers; 0: never.",
)
@click.option(
    "--kind",
    type=click.Choice(list(_KINDS)),
    default="article",
    show_default=True,
    help="What is to be labelled first.",
)
@click.option("--model", metavar="KIND", default="", help="The kind of model that learns (see kg train).")
@click.option("--ask", is_flag=True, help="Ask also where the answers come from a pipe.")
@author_option
@index_option
@json_option
def label(
    name: str,
    id_: str | None,
    value: str | None,
    k: int,
    kind: str,
    ask: bool,
    index: str | None,
    as_json: bool,
    **how: Any,
) -> None:
    """Show the examples worth labelling next, take answers, and learn.

    NAME is the question: section, spam, mood. On a terminal one document after the other is shown; elsewhere, or with
    --json, those worth labelling are listed. With ID and LABEL that document gets that label. What you say wins over
    every model, holds when a document comes again, and can be undone (kg decisions --undo).
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        if id_ is not None:
            if not value:
                raise UsageError(f"say what {id_} is: kg label {name} {id_} LABEL")
            show([collection.label(id_, name, value, author=how["author"])], as_json=as_json)
        elif not as_json and (ask or (sys.stdin.isatty() and sys.stdout.isatty())):
            Session(collection, name, _KINDS[kind], k, **how).run()
        else:
            proposals = collection.proposals(name, k=k, kind=_KINDS[kind])  # type: ignore[arg-type]
            if proposals or as_json:
                show(proposals, as_json=as_json)
            else:
                click.echo(f"Everything is labelled as {name}.")


class Session:
    """One sitting: documents are shown, answers are kept at once, and every few of them a model learns."""

    def __init__(
        self, collection: Collection, name: str, takes: str, k: int, *, every: int, model: str, author: str
    ) -> None:
        self.collection = collection
        self.name = name
        self.takes = takes
        self.k = k
        self.every = every
        self.model = model or {"text": "linear", "picture": "picture"}[takes]
        self.author = author
        self.known = list(_names(collection, name))
        self.taken: list[int] = []
        self.later: set[str] = set()
        self.answered = 0

    def run(self) -> None:
        """Ask until there is nothing left or the person has enough."""
        say(_HELP)
        try:
            waiting: deque[Proposal] = deque()
            while waiting or (waiting := self._next()):
                if not self._ask(waiting.popleft()):
                    break
                if self.every and self.answered >= self.every:
                    self._learn()
                    waiting.clear()
            else:
                say(f"Nothing is left to label as {self.name}.")
            if self.answered and self.every:
                self._learn()
        finally:
            if self.taken:
                self.collection.settle()
            say(f"{len(self.taken)} answered")

    def _next(self) -> deque[Proposal]:
        wanted = self.k + len(self.later)
        found = self.collection.proposals(self.name, k=wanted, kind=self.takes)  # type: ignore[arg-type]
        return deque(one for one in found if one.id not in self.later)

    def _ask(self, proposal: Proposal) -> bool:
        """Take one answer; False where the person has enough."""
        # Of a picture everything is shown, itself too where the terminal can.
        pictured = bool(proposal.path)
        show(self.collection.show(proposal.id) if pictured else [proposal], as_json=False, pictures=pictured)
        while True:
            if self.known:
                say("  ".join(f"[{number}] {known}" for number, known in enumerate(self.known, start=1)))
            try:
                answer = click.prompt("", prompt_suffix="> ", default="", show_default=False, err=True).strip()
            except click.Abort:
                return False
            if answer == "q":
                return False
            if answer == "u":
                self._undo()
                continue
            value = self._meant(answer)
            if value is None:
                continue
            if not value:
                self.later.add(proposal.id)
                return True
            return self._keep(proposal, value)

    def _meant(self, answer: str) -> str | None:
        """Return the label that an answer means, None where it means none."""
        if answer.startswith("="):
            return answer[1:].strip()
        if answer.isdigit():
            if 1 <= int(answer) <= len(self.known):
                return self.known[int(answer) - 1]
            say(f"there is no label {answer}; give 1 to {len(self.known)}, or ={answer}")
            return None
        if len(answer) == 1:
            say(f"{answer!r} is no answer; {_HELP}")
            return None
        return answer

    def _keep(self, proposal: Proposal, value: str) -> bool:
        made = self.collection.label(proposal.id, self.name, value, author=self.author, settle=False)
        self.taken.append(made.id)
        self.answered += 1
        value = made.payload["value"]
        if value not in self.known:
            self.known.append(value)
        return True

    def _undo(self) -> None:
        if not self.taken:
            say("nothing to undo")
            return
        undone = self.collection.undo(self.taken.pop())
        self.answered = max(0, self.answered - 1)
        say(f"undone: {undone.payload['document']} is not {undone.payload['value']}")

    def _learn(self) -> None:
        """Train on all that was said so far, and say how it went."""
        self.answered = 0
        try:
            card = self.collection.train(self.name, model=self.model).card
        except KgError as error:
            say(f"nothing learned yet: {error}")
            return
        held = card.measures
        figures = f"accuracy {held['accuracy']:.2f}, sure of {held['sure']:.0%}" if "accuracy" in held else ""
        say(f"learned from {sum(card.examples.values())} answers: {figures}")


def _names(collection: Collection, scheme: str) -> list[str]:
    """Return the labels that people or the model of the collection know already, ordered."""
    trained = [one.card.labels for one in collection.trained() if one.card.name == scheme]
    said = {one.payload["value"] for one in collection.decisions() if _is_label(one, scheme)}
    return sorted(said.union(*trained))


def _is_label(decision: Decision, scheme: str) -> bool:
    return decision.action == "label" and decision.payload["scheme"] == scheme and not decision.undone_at
