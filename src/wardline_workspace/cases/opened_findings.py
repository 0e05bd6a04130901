"""The findings of an added dive, opened once in a process and held ready for lists."""

from __future__ import annotations

import threading
from collections import OrderedDict

from django.conf import settings

from wardline_workspace.cases.finding_index import FindingIndex
from wardline_workspace.cases.listed_findings import keep_listed
from wardline_workspace.cases.readers import reader_of
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import check_may_be_opened

__all__ = ["findings_of"]

HELD_READY = 4
FOLDER = "listed"
_held: OrderedDict[tuple[str, str], FindingIndex] = OrderedDict()
_opening = threading.Lock()  # so that a dive is not read twice at the same time


def findings_of(added: AddedDive) -> FindingIndex:
    """The findings of a dive. The dives opened last are held. Raises Refused where a release is not opened."""
    check_may_be_opened(added)
    known = (added.slug, added.manifest_sha256)
    if (held := _held.get(known)) is not None:  # whoever looks at another dive does not wait while one is read
        return held
    with _opening:
        if (held := _held.get(known)) is not None:
            return held
        reader = reader_of(added)
        folder = settings.DEPLOYMENT.folder / FOLDER
        listed = keep_listed(folder, added.manifest_sha256, lambda: reader.listed(added))
        _held[known] = FindingIndex(added.slug, listed, reader.obligations(added))
        while len(_held) > HELD_READY:
            _held.popitem(last=False)
        return _held[known]
