"""The documents of the examples are changed all over, and changed back."""

from tests.architecture.repository import ROOT
from wardline.documents import change_yaml, parse_document

EVERY = 19  # of the values of a document; each change reads the whole document again


def test_values_all_over_the_mappings_of_the_examples_can_be_changed_and_changed_back():
    examples = sorted((ROOT / "examples").rglob("mapping*.yaml"))
    examples += sorted((ROOT / "examples").rglob("mappings/*.yaml"))
    assert examples
    for example in examples:
        text = example.read_text(encoding="utf-8")
        document = parse_document(text, example.name)
        for path in list(document.values)[::EVERY]:
            step = document.data
            for each in path:
                step = step[each]
            if isinstance(step, str):
                changed = change_yaml(text, {path: "Something else"})
                assert [line.partition("#")[2] for line in changed.splitlines() if line.lstrip().startswith("#")] == [
                    line.partition("#")[2] for line in text.splitlines() if line.lstrip().startswith("#")
                ]
                assert parse_document(change_yaml(changed, {path: step}), "again").data == document.data
