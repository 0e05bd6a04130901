"""docs/reference/standards-language.md says what the language is: its examples are read, its keys are all there."""

import re
from datetime import date
from pathlib import Path

import pytest

from wardline.obligations import BasisKind, Owner, Topic, sentence
from wardline.standards import Standard, read_obligations, read_standard, run_examples
from wardline.standards import language as shapes

PAGE = Path("docs/reference/standards-language.md")
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```standard\n((?:(?!```).*\n)*)```\n\n((?:> .*\n)+)", TEXT)
DEFAULTS = {
    "id": "shown",
    "title": "Shown",
    "topic": "initial response",
    "owed by": "force",
    "basis": {"kind": "force policy", "title": "A policy"},
}
SHAPES = [shapes.StandardKeys, shapes.ExampleKeys, shapes.BasisKeys, *shapes.KINDS.values()]


def test_every_example_has_its_sentence():
    assert TEXT.count("```standard") == len(EXAMPLES) > 10


@pytest.mark.parametrize(("text", "said"), EXAMPLES)
def test_the_sentence_under_an_example_is_the_one_that_is_written(text, said):
    written = [sentence(obligation) for obligation in read_obligations(text, defaults=DEFAULTS)]
    assert written == [line.removeprefix("> ") for line in said.splitlines()]


@pytest.mark.parametrize("text", [text for text, _ in EXAMPLES if "examples:" in text])
def test_its_worked_examples_hold(text):
    standard = Standard(
        name="shown",
        title="Shown",
        version="1",
        in_force_from=date(2025, 1, 1),
        case_type="missing episode",
        obligations=read_obligations(text, defaults=DEFAULTS),
    )
    results = run_examples(standard)
    assert results
    assert [result.found for result in results if not result.holds] == []


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_key_is_told(shape):
    keys = {info.alias or name for name, info in shape.model_fields.items()}
    assert {key for key in keys if f"`{key}`" not in TEXT} == set()


@pytest.mark.parametrize("words", [Topic, Owner, BasisKind])
def test_every_word_of_a_closed_list_is_told(words):
    assert {word.value for word in words if f"`{word.value}`" not in TEXT} == set()


def test_required_keys_are_said_to_be():
    required = {info.alias or name for name, info in shapes.ObligationKeys.model_fields.items() if info.is_required()}
    told = set(re.findall(r"^\| `([^`]+)` \| required \|", TEXT, re.MULTILINE))
    assert required <= told
    assert not {"unless", "per", "since", "for", "examples"} & told


def test_a_whole_standard_on_the_page_loads(tmp_path):
    path = tmp_path / "standard.yaml"
    path.write_text(EXAMPLES[0][0], encoding="utf-8")
    assert read_standard(path).name == "our-own/reviews"
