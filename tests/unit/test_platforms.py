"""Messages as each platform takes them: within its limits, nothing lost, everything that can be pressed is there."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import texts
from connectors.channels import messenger, sms, twilio_sms, whatsapp
from connectors.channels.platform import Part, reference_of
from connectors.channels.wording import choices_of, clipped
from connectors.schemas import Message

API = "http://127.0.0.1:9"
SECRET = "secret-of-the-application"


def of_whatsapp(template: str = "piste_suite") -> whatsapp.WhatsApp:
    return whatsapp.WhatsApp(number_id="1", token="t", app_secret=SECRET, verify_token="v", template=template, api=API)


def of_page(name: str = "messenger") -> messenger.Messenger:
    return messenger.Messenger(name, token="t", app_secret=SECRET, verify_token="v", api=API)


def of_sms() -> sms.Sms:
    provider = twilio_sms.Twilio(
        account="AC1", token=SECRET, sender="+33700000000", public_url="https://piste.example/", api=API
    )
    return sms.Sms(provider)


# Sentences of all lengths, and what hardly anybody writes.
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
sentences = st.lists(words, max_size=400).map(" ".join) | st.text(max_size=3000)
titles = st.text("abcdefghijklmnopqrstuvwxyzéèàêçœ' -", min_size=1, max_size=70).filter(str.strip)
buttons = st.lists(st.tuples(titles, st.integers(0, 10**6)), max_size=30, unique_by=lambda pair: pair[1])


@st.composite
def messages(draw: st.DrawFn) -> Message:
    cards = [
        {
            "kind": "event", "id": str(number), "title": draw(titles), "why": draw(titles), "text": draw(sentences),
            "source": "Exemple", "verified_at": "2026-11-01T10:00:00+01:00",
            "actions": [
                *({"title": title, "payload": f"/a{number}"} for title, number in draw(buttons)[:4]),
                {"title": "Voir le site", "url": "https://exemple.fr/page"},
                {"title": "Appeler", "url": "tel:+33381000000"},
            ],
        }
        for number in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    offered = [{"title": title, "payload": f"/b{number}"} for title, number in draw(buttons)]
    return Message.model_validate({
        "id": "00000000-0000-0000-0000-000000000000", "seq": 1, "author": "bot", "author_name": "Piste",
        "text": draw(sentences), "buttons": offered, "cards": cards, "created_at": "2026-11-01T10:00:00+01:00",
    })  # fmt: skip


def references(message: Message) -> set[str]:
    payloads = [button.payload for button in message.buttons]
    payloads += [action.payload for card in message.cards for action in card.actions if action.payload]
    return set(map(reference_of, payloads))


def strings(found: Any) -> list[str]:
    if isinstance(found, dict):
        return [text for value in found.values() for text in strings(value)]
    if isinstance(found, list):
        return [text for value in found for text in strings(value)]
    return [found] if isinstance(found, str) else []


def all_words(parts: list[Part]) -> str:
    return "".join("".join(strings(parts)).split())


@settings(max_examples=150, deadline=None)
@given(messages())
def test_whatsapp_gets_what_it_takes(message: Message) -> None:
    parts = list(of_whatsapp().parts(message, in_window=True))
    found: list[str] = []
    for part in parts:
        if part["type"] == "text":
            assert 0 < len(part["text"]["body"]) <= 4096
            continue
        shown, action = part["interactive"], part["interactive"]["action"]
        assert 0 < len(shown["body"]["text"].strip()) <= len(shown["body"]["text"]) <= 1024
        if shown["type"] == "button":
            replies = [one["reply"] for one in action["buttons"]]
            assert 1 <= len(replies) <= 3
            assert all(0 < len(one["title"]) <= 20 for one in replies)
            assert len({one["title"] for one in replies}) == len(replies)
            found += [one["id"] for one in replies]
        else:
            (section,) = action["sections"]
            assert 1 <= len(section["rows"]) <= 10
            assert len({row["title"] for row in section["rows"]}) == len(section["rows"])
            assert all(len(row["title"]) <= 24 and len(row.get("description", "")) <= 72 for row in section["rows"])
            found += [row["id"] for row in section["rows"]]
    assert set(found) == references(message)
    for word in message.text.split():
        assert "".join(word.split()) in all_words(parts)


@settings(max_examples=100, deadline=None)
@given(messages(), st.sampled_from(["messenger", "instagram"]))
def test_messenger_and_instagram_get_what_they_take(message: Message, name: str) -> None:
    page = of_page(name)
    size = messenger.utf8 if name == "instagram" else len
    parts = list(page.parts(message, in_window=True))
    found: list[str] = []
    for part in parts:
        if "attachment" in part:
            payload = part["attachment"]["payload"]
            assert 0 < size(payload["text"].strip()) <= size(payload["text"]) <= 640
            assert 1 <= len(payload["buttons"]) <= 3
            assert all(0 < len(one["title"]) <= 20 for one in payload["buttons"])
            found += [one["payload"] for one in payload["buttons"] if one["type"] == "postback"]
            continue
        assert 0 < size(part["text"].strip()) <= size(part["text"]) <= messenger.LONGEST_TEXT[name]
        quick = part.get("quick_replies", [])
        assert len(quick) <= 13
        assert all(0 < len(one["title"]) <= 20 for one in quick)
        assert not quick or part is parts[-1], "any message after them hides them"
        found += [one["payload"] for one in quick]
    assert set(found) == references(message)
    assert page.parts(message, in_window=False) == []
    for word in message.text.split():
        assert "".join(word.split()) in all_words(parts)


@settings(max_examples=150, deadline=None)
@given(messages())
def test_sms_are_three_segments_at_most(message: Message) -> None:
    for part in of_sms().parts(message, in_window=True):
        body = part["text"]
        assert body.strip()
        plain = all(one in sms.ALPHABET or one in sms.DOUBLE for one in body)
        size = len(body) + sum(one in sms.DOUBLE for one in body) if plain else len(body.encode("utf-16-le")) // 2
        assert size <= 3 * (153 if plain else 67)


def test_french_is_written_in_the_alphabet_of_telephones() -> None:
    said = "« Ça t'intéresse ? » Où êtes-vous, près du cœur de la forêt… 12 € 👍 – Noël"
    written = '"Ça t\'intéresse ?" Où etes-vous, près du coeur de la foret... 12 €  - Noel'
    assert sms.spelt(said) == written
    assert sms.units(sms.spelt(said)) == len(sms.spelt(said)) + 1
    assert sms.spelt("مرحبا") == "مرحبا"


def test_buttons_are_numbers_by_sms_unless_a_number_means_a_card() -> None:
    base = {"id": "00000000-0000-0000-0000-000000000000", "seq": 1, "author": "bot", "author_name": "Piste",
            "text": "Ton âge ?", "created_at": "2026-11-01T10:00:00+01:00",
            "buttons": [{"title": "Oui", "payload": "/a"}, {"title": "Non", "payload": "/b"}]}  # fmt: skip
    (part,) = of_sms().parts(Message.model_validate(base), in_window=True)
    assert part["text"] == "Ton age ?\n\n1 Oui\n2 Non"
    card = {"kind": "place", "id": "1", "title": "Mission Locale", "why": "Tu as 17 ans.", "source": "Annuaire",
            "verified_at": "2026-11-01T10:00:00+01:00",
            "actions": [{"title": "Pas pour moi", "payload": "/c"}]}  # fmt: skip
    many = base | {"buttons": [{"title": f"Choix {letter}", "payload": f"/{letter}"} for letter in "abcdefghijk"]}
    (part,) = of_sms().parts(Message.model_validate(many), in_window=True)
    assert part["text"].endswith("9 Choix i\n- Choix j\n- Choix k"), "no number of two digits: they are not read"
    event = card | {"kind": "event", "title": "Forum", "actions": [{"title": "Me le rappeler", "payload": "/d"}]}
    shown = base | {"cards": [card, event, event]}
    said = "".join(part["text"] for part in of_sms().parts(Message.model_validate(shown), in_window=True))
    assert said.endswith(
        "Source : Annuaire\n\nRéponds avec un numéro, par exemple : Pas pour moi 1, Me le rappeler 1\n"
        "Réponds : Oui, Non"
    )
    assert [line for line in said.split("\n") if line[:2] in ("1.", "2.")] == [
        "1. Mission Locale", "1. Forum", "2. Forum",
    ], "each kind is counted from one, as the dialogue does"  # fmt: skip


def test_what_cards_share_is_said_once_by_sms() -> None:
    card = {"kind": "job_family", "id": "1", "title": "Vétérinaire", "subtitle": "Soins aux animaux", "source": "ROME",
            "why": "Parce que tu as dit « les animaux ».", "verified_at": "2026-11-01T10:00:00+01:00"}  # fmt: skip
    message = Message.model_validate({
        "id": "00000000-0000-0000-0000-000000000000", "seq": 1, "author": "bot", "author_name": "Piste",
        "text": "Voilà :", "cards": [card, card | {"id": "2", "title": "Toiletteur", "subtitle": None}],
        "created_at": "2026-11-01T10:00:00+01:00"})  # fmt: skip
    (part,) = of_sms().parts(message, in_window=True)
    first = '1. Vétérinaire\nSoins aux animaux\nParce que tu as dit "les animaux".'
    assert part["text"] == f"Voilà :\n\n{first}\n\n2. Toiletteur\n\nSource : ROME"


def test_after_a_day_whatsapp_gets_its_template_alone() -> None:
    said = {"id": "00000000-0000-0000-0000-000000000000", "seq": 1, "author": "bot", "author_name": "Piste",
            "text": "C'est demain :\nle forum", "created_at": "2026-11-01T10:00:00+01:00",
            "buttons": [{"title": "J'y vais", "payload": "/a"}]}  # fmt: skip
    message = Message.model_validate(said)
    (part,) = of_whatsapp().parts(message, in_window=False)
    assert part["template"]["name"] == "piste_suite"
    assert part["template"]["components"][0]["parameters"] == [{"type": "text", "text": "C'est demain : le forum"}]
    assert list(of_whatsapp(template="").parts(message, in_window=False)) == []


def test_titles_cut_alike_stay_apart() -> None:
    offered = [{"title": f"Une formation de cuisine numéro {number}", "payload": f"/{number}"} for number in range(3)]
    message = Message.model_validate({
        "id": "00000000-0000-0000-0000-000000000000", "seq": 1, "author": "bot", "author_name": "Piste", "text": "",
        "buttons": offered, "created_at": "2026-11-01T10:00:00+01:00"})  # fmt: skip
    labels = [choice.label for choice in choices_of(message.buttons, 20)]
    assert labels == ["Une formation de…", "Une formation… 2", "Une formation… 3"]
    assert clipped("Anticonstitutionnellement", 20) == "Anticonstitutionnel…"
    (part,) = of_whatsapp().parts(message, in_window=True)
    assert part["interactive"]["body"]["text"].startswith(texts.CHOOSE)
    assert "numéro 2" in part["interactive"]["body"]["text"]
