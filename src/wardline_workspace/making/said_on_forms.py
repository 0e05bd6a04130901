"""What an action refuses, said on the form that asked for it: beside the field where it is one, all of it at once."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping

from django import forms

from wardline.errors import Problem, WardlineError
from wardline_workspace.making.documents_checked import in_words
from wardline_workspace.making.files_received import NotTaken
from wardline_workspace.pages.changed_meanwhile import ChangedMeanwhile
from wardline_workspace.pages.refused import Refused

__all__ = ["on_form"]

FULL = (errno.ENOSPC, errno.EDQUOT)
DISK_IS_FULL = (
    "The disk of this machine is full. Nothing was kept. Tell your administrator, then choose the files again."
)


def on_form(
    form: forms.Form,
    act: Callable[[], object],
    *,
    field: str | None = None,
    field_of: Callable[[Problem], str | None] = lambda problem: None,
) -> bool:
    """Whether the action was done. `field` is where what is wrong is said if no other field is named.

    Where somebody else has changed the document meanwhile, `form.theirs` is what stands there now, and the form carries
    its version, so that sending it again is meant.
    """
    try:
        act()
    except ChangedMeanwhile as changed:
        form.theirs = str(changed.theirs["text"])
        form.data = _with(form.data, version=str(changed.theirs["version"]))
        form.add_error(None, changed.reason)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else field, refused.reason)
    except NotTaken as not_taken:
        for reason in str(not_taken).split("\n"):
            form.add_error(field, reason)
    except WardlineError as error:
        form.problems = error.problems
        for problem, said in zip(error.problems, in_words(error.problems), strict=True):
            form.add_error(field_of(problem) or field, said)
    except LookupError:
        form.add_error(field, "This cannot be changed here, as the document is written. Change it in the YAML itself.")
    except OSError as error:
        if error.errno not in FULL:
            raise
        form.add_error(field, DISK_IS_FULL)
    else:
        return True
    return False


def _with(data: Mapping[str, object], **values: str) -> Mapping[str, object]:
    copied = data.copy()  # type: ignore[attr-defined]
    for name, value in values.items():
        copied[name] = value
    return copied
