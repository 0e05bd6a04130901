"""The findings of an added dive, opened once in a process and held ready for lists."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from wardline_workspace.cases.finding_index import FindingIndex
from wardline_workspace.cases.kept_findings import KeptFindings, is_kept, keep
from wardline_workspace.cases.readers import reader_of
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import check_may_be_opened, is_as_added
from wardline_workspace.pages.refused import Refused

__all__ = ["findings_of", "prepare_findings", "prepare_what_is_not_kept"]

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
        _held[known] = FindingIndex(added.slug, _kept(added), reader_of(added).obligations(added))
        while len(_held) > HELD_READY:
            _held.popitem(last=False)
        return _held[known]


def prepare_findings(added: AddedDive) -> None:
    """Keep the findings of a dive for lists, so that nobody waits for its first list. A release of totals has none."""
    try:
        check_may_be_opened(added)
        _kept(added)
    except Refused:
        pass  # whoever asks for the list is told why there is none


def prepare_what_is_not_kept() -> Iterator[str]:
    """Keep the findings of each dive of which none are kept, as after an upgrade; gives its title before.

    One that is not as it was added is passed over: its pages say so.
    """
    for dive in AddedDive.objects.filter(is_release=False):
        if not is_kept(_folder(), dive.manifest_sha256) and is_as_added(dive):
            yield dive.title
            prepare_findings(dive)


def _kept(added: AddedDive) -> KeptFindings:
    reader = reader_of(added)
    return keep(_folder(), added.manifest_sha256, added.slug, lambda: reader.listed(added))


def _folder() -> Path:
    return Path(settings.DEPLOYMENT.folder) / FOLDER
