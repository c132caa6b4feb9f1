"""What a collection says of a person that can be seen: pronouns and roles."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from kgretrieval.store.store import Store

#: More documents of one person are not asked.
_MOST = 200

_HOLDERS = "SELECT DISTINCT holder, name, document FROM mention WHERE entity = ? ORDER BY document, holder LIMIT ?"


def words_for(store: Store, entity_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return for each of these entities the pronouns that mean it and the roles it is given, as often as they stand.

    In lower case; of an entity that many documents mention only the first of them are read.
    """
    found: dict[str, list[str]] = defaultdict(list)
    with store.reading() as connection:
        for entity in entity_ids:
            pronouns = f"""SELECT LOWER(r.text) FROM ({_HOLDERS}) m
                JOIN reference r ON r.holder = m.holder AND r.name = m.name"""
            roles = f"SELECT s.roles FROM ({_HOLDERS}) m JOIN said s ON s.holder = m.holder AND s.name = m.name"
            found[entity] += (text for (text,) in connection.execute(pronouns, (entity, _MOST)))
            for (listed,) in connection.execute(roles, (entity, _MOST)):
                found[entity] += (role.lower() for role in json.loads(listed))
    return dict(found)
