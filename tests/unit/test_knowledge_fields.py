"""Fields of the knowledge forms: what is read of them, what is refused, and that nothing typed breaks them."""

from datetime import date, time
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.console.knowledge.typed import Typed, clock_of, day_of, only, url_of
from connectors.templating import safe_url


def typed(**fields: str) -> Typed:
    """Return a form of these fields."""
    return Typed({name: [value] for name, value in fields.items()})


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_as_browsers_and_as_the_french_write_it(day: date) -> None:
    assert day_of(day.isoformat()) == day
    assert day_of(f"{day:%d/%m}/{day.year}") == day
    assert day_of(f"{day.day}.{day.month}.{day.year}") == day


@given(st.text(max_size=30))
def test_whatever_is_typed_as_a_day_or_an_hour_is_one_or_is_refused(words: str) -> None:
    form = typed(day=words, hour=words)
    found, clock = form.day("day"), form.clock("hour")
    assert found is None or isinstance(found, date)
    assert clock is None or isinstance(clock, time)
    for name, value in (("day", found), ("hour", clock)):
        if value is None and " ".join(words.split()).isprintable() and words.strip():
            assert name in form.wrong or not form.text(name, 60)


@pytest.mark.parametrize(
    "words", ["30/02/2027", "2027-13-01", "00/01/2027", "14/03/27", "demain", "٣/٣/٢٠٢٧", "9" * 40]
)
def test_what_is_no_day_of_the_calendar_is_none(words: str) -> None:
    assert day_of(words) is None


@given(st.times())
def test_an_hour_is_read_in_every_usual_way(hour: time) -> None:
    exact = hour.replace(second=0, microsecond=0)
    for words in (f"{hour:%H:%M}", f"{hour:%H:%M:%S}", f"{hour.hour}h{hour:%M}", f"{hour.hour} h {hour:%M}"):
        assert clock_of(words) == exact
    assert clock_of(f"{hour.hour}h") == exact.replace(minute=0)


@pytest.mark.parametrize("words", ["24:00", "9h60", "midi", "9", "-1:00", "٩:٠٠"])
def test_what_is_no_hour_is_none(words: str) -> None:
    assert clock_of(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
        "https://", "https:///x", "http://[", "https://a b.fr", "https://exemple.fr\\@autre.fr", "//exemple.fr/x",
        "https://banque.fr@autre.fr/", "https://user:pass@exemple.fr", "https://localhost/x", "https://exemple",
        "https://exemple.fr:port/", "mailto:a@exemple.fr", "tel:0384000000", "https://exemple..fr", "https://-a.fr",
        'https://exemple.fr/"onclick=x', "https://exemple.fr/<script>", "java\tscript:alert(1)",
    ],
)  # fmt: skip
def test_an_address_that_is_dangerous_or_none_is_refused(words: str) -> None:
    assert url_of(words) is None


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("https://www.exemple.fr/a?b=1#c", "https://www.exemple.fr/a?b=1#c"),
        ("www.exemple.fr", "https://www.exemple.fr"),
        ("exemple.fr/inscription", "https://exemple.fr/inscription"),
        ("http://métiers.fr/é", "http://métiers.fr/é"),
        ("https://exemple.fr:8443/", "https://exemple.fr:8443/"),
    ],
)
def test_an_address_is_kept_and_completed(words: str, address: str) -> None:
    assert url_of(words) == address


SCHEMES = st.sampled_from(["", "http:", "https:", "javascript:", "data:", "//", "https://", "HTTP://", "file://"])


@given(SCHEMES, st.text(max_size=40))
def test_whatever_is_typed_as_an_address_is_a_safe_one_or_none(scheme: str, rest: str) -> None:
    address = url_of(scheme + rest)
    if address is not None:
        assert safe_url(address) == address
        parts = urlsplit(address)
        assert parts.scheme.lower() in ("http", "https")
        assert parts.hostname
        assert "@" not in parts.netloc


@given(st.text(max_size=700))
def test_words_come_back_on_one_line_without_what_hides(words: str) -> None:
    form = typed(title=words)
    kept = form.text("title", 600)
    if kept is not None:
        assert kept == " ".join(kept.split())
        assert not set(kept) & set("\0\x1b\u202e\u200b\ud800")
        assert len(kept) <= 600


def test_what_is_too_long_or_missing_is_said_once() -> None:
    form = typed(title="x" * 121)
    assert form.text("title", 120) is None
    assert form.text("summary", 120, "Il manque le texte.") is None
    assert form.wrong == {
        "title": "C'est trop long : 121 caractères, pour 120 au plus.",
        "summary": "Il manque le texte.",
    }
    assert form("title") == "x" * 121  # nothing typed is lost


def test_choices_and_numbers_are_those_offered() -> None:
    form = typed(type="other", age="12", year="１２", car="maybe")
    assert form.one_of("type", {"other": "Autre"}) == "other"
    assert form.number("age", 0, 99) == 12
    assert form.number("year", 0, 99) is None
    assert form.yes("car") is None
    assert form.yes("absent") is None
    assert set(form.wrong) == {"year", "car"}


@pytest.mark.parametrize(
    ("words", "phone"), [("0384000000", "03 84 00 00 00"), ("+41 22 000 00 00", "+41 22 000 00 00")]
)
def test_a_phone_is_written_in_pairs(words: str, phone: str) -> None:
    assert typed(phone=words).phone("phone") == phone


@pytest.mark.parametrize("words", ["12", "0384", "appelez-nous", "03 84 00 00 0x"])
def test_what_nobody_could_call_is_refused(words: str) -> None:
    form = typed(phone=words, email=words)
    assert form.phone("phone") is None
    assert form.mail("email") is None
    assert set(form.wrong) == {"phone", "email"}


def test_a_form_is_its_texts_and_nothing_of_the_page() -> None:
    assert only(
        [("title", "a"), ("families", "A1"), ("families", "A2"), ("file", object()), ("csrf", "x")], ("csrf",)
    ) == {
        "title": ["a"],
        "families": ["A1", "A2"],
    }
