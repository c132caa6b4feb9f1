"""Stories of an open collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kgretrieval.collection.handle import Handle
from kgretrieval.present.notebook import StoryCard, show_story

if TYPE_CHECKING:
    from kgretrieval.graph.records import StoryList


class Telling(Handle):
    """What `Collection` says of stories: articles about one event."""

    def stories(self, **asked: Any) -> StoryList:
        """Return stories, the largest first; asked for as in `find_stories` of the graph.

        ``since``, ``until``, ``source``, ``least`` (articles), ``newest``, ``k``.
        """
        from kgretrieval.graph.story_list import find_stories

        return find_stories(self._open_reader(), **asked)

    def story(self, identifier: str) -> StoryCard:
        """Return everything about the story with this id (any unambiguous prefix).

        Raises
        ------
        NotFoundError
            If there is none.
        """
        from kgretrieval.graph.story_list import story_card

        return show_story(story_card(self._open_reader(), identifier))
