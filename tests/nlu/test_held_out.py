"""What the trained model understands of sentences that it has never seen, written by others than its training data."""

import csv

import pytest
from sklearn.metrics import roc_auc_score

from deploy import build
from tests.nlu.held_out import DANGER, FALSE_ALARM, HERE, Row, entity_f1, held_out, share, understood

# What the model reaches, less what chance moves; raised as it gets better, never lowered.
ACCURACY = 0.93
SMS_LOSS = 0.05
OUT_OF_SCOPE_AUROC = 0.97
ENTITY_F1 = 0.915
DANGER_HEARD = 0.92
DANGER_ASKED = 0.97
ALARMED, ASKED = 0.01, 0.03
FALSE_ALARMS = 0.10


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return held_out(build.train())


@pytest.fixture(scope="module")
def ordinary(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.is_ordinary]


def test_intents_of_unseen_sentences_are_understood(ordinary: list[Row]) -> None:
    wrong = [row for row in ordinary if row.found["intent"] != row.intent]
    shown = "\n".join(f"{row.intent} → {row.found['intent']}: {row.text}" for row in wrong)
    assert 1 - share(ordinary, wrong) >= ACCURACY, shown


def test_sms_loses_little() -> None:
    with (HERE / "pairs.tsv").open() as handle:
        pairs = list(csv.DictReader(handle, delimiter="\t"))
    right = []
    for written in ("plain", "sms"):
        found = understood([pair[written] for pair in pairs], build.train())
        right.append(sum(one["intent"] == pair["intent"] for one, pair in zip(found, pairs, strict=True)) / len(pairs))
    assert right[0] - right[1] <= SMS_LOSS, right


def test_what_is_out_of_scope_is_told_from_the_rest(ordinary: list[Row]) -> None:
    scores = [row.found["ranking"].get("out_of_scope", 0.0) for row in ordinary]
    assert roc_auc_score([row.intent == "out_of_scope" for row in ordinary], scores) >= OUT_OF_SCOPE_AUROC


def test_entities_stand_where_readers_see_them(rows: list[Row]) -> None:
    assert entity_f1(rows) >= ENTITY_F1


def test_danger_is_heard(rows: list[Row]) -> None:
    danger = [row for row in rows if row.intent in DANGER]
    missed = [row for row in danger if not row.alarms]
    assert 1 - share(danger, missed) >= DANGER_HEARD, [row.text for row in missed]
    unseen = [row for row in danger if not row.asks]
    assert 1 - share(danger, unseen) >= DANGER_ASKED, [row.text for row in unseen]


def test_the_ordinary_seldom_alarms(ordinary: list[Row]) -> None:
    alarmed = [row for row in ordinary if row.alarms]
    assert share(ordinary, alarmed) < ALARMED, [row.text for row in alarmed]
    asked = [row for row in ordinary if row.asks and not row.alarms]
    assert share(ordinary, asked) <= ASKED, [row.text for row in asked]


def test_what_only_sounds_like_danger_seldom_alarms(rows: list[Row]) -> None:
    harmless = [row for row in rows if row.intent == FALSE_ALARM]
    alarmed = [row for row in harmless if row.alarms]
    assert share(harmless, alarmed) <= FALSE_ALARMS, [row.text for row in alarmed]
