"""WhatsApp, Messenger, Instagram and SMS, each against a stand-in of its API over real HTTP."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from connectors import texts
from connectors.channels.sms import spelt
from tests.e2e.platform_drivers import NUMBER, VERIFY_TOKEN, Driver, Page, Sms, WhatsApp, settings_of
from tests.platforms import Refusal, StandIn
from tests.stack import running

AWAY = float(os.environ.get("PISTE_AWAY", "3"))  # seconds that the platform is away; a minute by hand
STORED = """
SELECT (SELECT count(*) FROM people.conversations) + (SELECT count(*) FROM people.addresses)
    + (SELECT count(*) FROM people.deliveries) + (SELECT count(*) FROM people.messages)
"""
NAMES = ("whatsapp", "messenger", "instagram", "sms")


@pytest.fixture(scope="module")
def drivers() -> Iterator[dict[str, Driver]]:
    """A Piste with the four of them on."""
    meta, twilio = StandIn(), StandIn(lambda _: {"sid": "SM0", "status": "queued"})
    with running("platforms", **settings_of(meta, twilio)) as stack:
        pages = {name: Page(name, stack, meta) for name in ("messenger", "instagram")}
        yield {"whatsapp": WhatsApp("whatsapp", stack, meta), "sms": Sms("sms", stack, twilio), **pages}
    meta.close()
    twilio.close()


@pytest.fixture(params=NAMES)
def driver(request: pytest.FixtureRequest, drivers: dict[str, Driver]) -> Driver:
    found: Driver = drivers[request.param]
    return found


def as_sent(driver: Driver, text: str) -> str:
    """Return a sentence of ours as the platform's people read it."""
    return spelt(text) if driver.name == "sms" else text


def test_text_buttons_and_cards(driver: Driver) -> None:
    person = driver.person()
    welcome = driver.say(person, "salut")
    assert "moi c'est Piste" in welcome[0]
    if driver.name == "sms":
        assert "3 Cuisiner" in welcome[-1]
        cooks = driver.say(person, "3")
    else:
        cooks = driver.send(person, driver.press("Cuisiner", driver.offered("Cuisiner")))
        said = "SELECT count(*) FROM people.messages WHERE author = 'user' AND text = 'Cuisiner' AND conversation_id ="
        assert driver.count(f"{said} ({driver.LATEST})") == 1
    assert any("uisin" in text and "Source : " in text for text in cooks)
    cards = driver.say(person, "je cherche un forum des métiers à Besançon")
    assert any("Source : " in text for text in cards)
    assert driver.say(person, "autre chose")


def test_duplicated_deliveries_are_answered_once(driver: Driver) -> None:
    person = driver.person()
    driver.say(person, "salut")
    request = driver.request(person, driver.words("j'aime la cuisine"))
    before = len(driver.received(person))
    with ThreadPoolExecutor(4) as together:
        statuses = [one.status_code for one in together.map(driver.deliver, [request] * 6)]
    driver.settle()
    once = driver.received(person)[before:]
    assert driver.deliver(request).status_code == 200
    driver.settle()
    assert statuses == [200] * 6
    assert once
    assert driver.received(person)[before:] == once


def test_a_forged_signature_is_refused_and_nothing_stored(driver: Driver) -> None:
    before = driver.count(STORED)
    request = driver.request(driver.person(), driver.words("je suis qui je veux"), forged=True)
    answered = driver.deliver(request)
    assert answered.status_code == 401
    assert answered.json()["detail"] == texts.FORGED
    assert driver.deliver(request | {"headers": {}}).status_code == 401
    one, other = (driver.request(driver.person(), driver.words(text)) for text in ("salut", "bonsoir"))
    assert driver.deliver(one | {"content": other["content"]}).status_code == 401, "signed, but not this body"
    assert driver.count(STORED) == before


@pytest.mark.timeout(400)
def test_what_is_said_while_the_platform_is_away_leaves_in_order_once_it_is_back(driver: Driver) -> None:
    person = driver.person()
    driver.say(person, "salut")
    before = len(driver.received(person))
    seen = driver.count(f"SELECT last_seq FROM people.conversations WHERE id = ({driver.LATEST})")
    driver.api.go_away()
    for text in ("j'aime la cuisine", "je suis à Besançon", "j'ai le bac"):
        assert driver.deliver(driver.request(person, driver.words(text))).status_code == 200
        time.sleep(AWAY / 3)
    driver.api.come_back()
    driver.settle(120)
    received = driver.received(person)[before:]
    with driver.stack.database() as connection:
        said = connection.execute(
            "SELECT text, jsonb_array_length(cards) FROM people.messages WHERE author <> 'user' AND seq > %s"
            f" AND conversation_id = ({driver.LATEST}) ORDER BY seq",
            (seen,),
        ).fetchall()
    whole = "\n".join(received)
    place = 0
    for text, _ in said:
        first = as_sent(driver, text).split("\n")[0]
        place = whole.find(first, place)
        assert place >= 0, "lost, or out of order"
        place += len(first)
    assert len(said) > 3
    # By SMS a source is said once for all the cards of a message.
    sourced = [min(cards, 1) if driver.name == "sms" else cards for _, cards in said]
    assert whole.count("Source : ") == sum(sourced), "each card once"


def test_refused_for_a_moment_it_is_sent_again(driver: Driver) -> None:
    person = driver.person()
    driver.say(person, "salut")
    driver.api.refuse(driver.refused(503), 2)
    assert driver.say(person, "j'aime la cuisine")
    driver.api.refuse(Refusal(429, {"error": {"code": 4}}, {"Retry-After": "2"}))
    since = time.monotonic()
    assert driver.say(person, "et les animaux")
    assert time.monotonic() - since >= 2


def test_what_is_not_read_gets_a_polite_answer(driver: Driver) -> None:
    person = driver.person()
    driver.say(person, "salut")
    assert driver.send(person, driver.voice()) == [as_sent(driver, texts.UNREAD["voice"])]


def test_who_hides_their_number_on_whatsapp_is_answered_by_meta_s_own_id(drivers: dict[str, Driver]) -> None:
    driver, person = drivers["whatsapp"], "FR.13491208655302741918"
    assert "moi c'est Piste" in driver.say(person, "salut")[0]
    sent = [one.form for one in driver.api.taken() if driver.is_ours(one)][-1]
    assert sent["recipient"] == person
    assert "to" not in sent


def test_nothing_is_lost_while_the_token_is_no_good(driver: Driver) -> None:
    person = driver.person()
    driver.say(person, "salut")
    refused = {"code": 20003} if driver.name == "sms" else {"error": {"code": 190}}
    driver.api.refuse(Refusal(401, refused))
    assert driver.deliver(driver.request(person, driver.words("j'aime la cuisine"))).status_code == 200
    before = len(driver.received(person))
    deadline = time.monotonic() + 30
    while not driver.count("SELECT count(*) FROM people.outbox WHERE attempts > 0"):
        assert time.monotonic() < deadline, "never refused"
        time.sleep(0.1)
    with driver.stack.database() as connection:  # the operator gave another token, and a minute passed
        connection.execute("UPDATE people.outbox SET next_attempt = now()")
    driver.settle()
    assert len(driver.received(person)) > before
    log = (driver.stack.instance.logs / "gateway.log").read_text(errors="replace")
    assert "Remedy: the" in log


def test_a_stop_word_is_honoured(driver: Driver) -> None:
    person = driver.person()
    driver.say(person, "salut")
    assert driver.say(person, "Stop") == [as_sent(driver, texts.STOPPED)]
    assert driver.say(person, "start") == [as_sent(driver, texts.STARTED_AGAIN)]


def test_who_left_is_written_to_no_more(driver: Driver) -> None:
    person = driver.person()
    driver.say(person, "salut")
    gone = (
        {"code": 21610} if driver.name == "sms" else {"error": {"code": 131026 if driver.name == "whatsapp" else 551}}
    )
    driver.api.refuse(Refusal(400, gone))
    assert driver.say(person, "j'aime la cuisine") == []
    assert driver.say(person, "me revoilà, j'aime les animaux")


def test_no_number_stands_in_clear_and_no_word_in_a_log(driver: Driver) -> None:
    person = driver.person()
    driver.say(person, "salut, mon mot secret est abracadabrantesque")
    with driver.stack.database() as connection:
        tables = connection.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('people', 'rasa')"
        ).fetchall()
        holding = "SELECT 1 FROM {} t WHERE t::text LIKE %s LIMIT 1"
        found = [name for (name,) in tables if connection.execute(holding.format(name), (f"%{person}%",)).fetchone()]
    assert found == []
    for log in driver.stack.instance.logs.glob("*.log*"):
        written = log.read_text(errors="replace")
        assert person not in written, log.name
        assert "abracadabrantesque" not in written, log.name


def test_meta_checks_that_the_webhook_is_ours(drivers: dict[str, Driver]) -> None:
    people = drivers["whatsapp"].stack.people
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1158201444"}
    for name in ("whatsapp", "messenger", "instagram"):
        assert people.get(f"/webhooks/{name}", params=asked).text == "1158201444"
        assert people.get(f"/webhooks/{name}", params=asked | {"hub.verify_token": "x"}).status_code == 401
    assert people.get("/webhooks/sms").status_code == 405


def test_after_a_silent_day_whatsapp_gets_a_template_and_pages_nothing(drivers: dict[str, Driver]) -> None:
    for name in ("whatsapp", "messenger"):
        driver = drivers[name]
        person = driver.person()
        driver.say(person, "salut")
        before = len(driver.received(person))
        with driver.stack.database() as connection:
            connection.execute(
                "UPDATE people.addresses SET heard_at = heard_at - interval '25 hours' WHERE heard_at ="
                " (SELECT max(heard_at) FROM people.addresses)"
            )
            connection.execute(
                "INSERT INTO people.turns (id, conversation_id, kind, text, next_attempt, created_at)"
                " SELECT gen_random_uuid(), conversation_id, 'event', '/EXTERNAL_welcome', now(), now()"
                " FROM people.messages ORDER BY created_at DESC LIMIT 1"
            )
        time.sleep(1.5)
        driver.settle()
        later = driver.received(person)[before:]
        if name == "messenger":
            assert later == []
        else:
            assert later
            forms = [
                one.form for one in driver.api.taken(f"/{NUMBER}/messages") if driver.address_of(one.form) == person
            ]
            assert all(form["type"] == "template" for form in forms[-len(later) :])
