"""What people send, as each platform delivers and signs it: read, ignored, or refused."""

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from fastapi import Request
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from connectors.channels.platform import Forged, Heard
from tests.unit.test_platforms import SECRET, of_page, of_sms, of_whatsapp

TELEPHONE = "+33611111111"


def asked(body: bytes, headers: dict[str, str], path: str = "/webhooks/x") -> Request:
    """Make a request as the gateway receives it."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    listed = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope = {"type": "http", "method": "POST", "path": path, "headers": listed, "query_string": b"", "scheme": "http"}
    return Request(scope, receive)


def signed(body: bytes) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["entry", "changes", "value", "messages", "messaging", "sender", "message", "from", "id",
                         "type", "text", "body", "mid", "postback", "payload", "attachments", "interactive",
                         "statuses", "errors", "status", "referral", "reply_to", "from_user_id"]),
        inner, max_size=5,
    ),
    max_leaves=30,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(anything)
async def test_whatever_is_signed_is_read_or_ignored(found: Any) -> None:
    body = json.dumps(found).encode()
    for platform in (of_whatsapp(), of_page()):
        assert all(isinstance(one, Heard) for one in await platform.hear(asked(body, signed(body))))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(["From", "Body", "MessageSid", "NumMedia", "OptOutType", "MediaContentType0"]),
                       st.text(max_size=12) | st.just(TELEPHONE)), st.booleans())  # fmt: skip
async def test_whatever_twilio_signs_is_read_or_ignored(fields: dict[str, str], is_signed: bool) -> None:
    body = urlencode(fields, errors="replace").encode()
    sent = dict(parse_qsl(body.decode(), keep_blank_values=True))
    url = "https://piste.example/webhooks/sms"
    made = RequestValidator(SECRET if is_signed else "other").compute_signature(url, sent)
    request = asked(body, {"X-Twilio-Signature": made}, "/webhooks/sms")
    if not is_signed:
        with pytest.raises(Forged):
            await of_sms().hear(request)
        return
    assert all(isinstance(one, Heard) for one in await of_sms().hear(request))


@pytest.mark.parametrize("signature", [None, "", "sha256=", "sha256=" + "0" * 64, "é"])
async def test_what_is_not_signed_by_meta_is_refused(signature: str | None) -> None:
    headers = {} if signature is None else {"X-Hub-Signature-256": signature}
    for platform in (of_whatsapp(), of_page()):
        with pytest.raises(Forged):
            await platform.hear(asked(b"{}", headers))


async def test_several_people_in_one_webhook_of_whatsapp() -> None:
    told = [
        {"from": "331", "id": "a", "type": "text", "text": {"body": "salut"}},
        {"from": "332", "id": "b", "type": "interactive", "interactive": {"list_reply": {"id": "ref", "title": "x"}}},
        {"from": "333", "id": "c", "type": "audio", "audio": {"id": "1"}},
        {"from": "334", "id": "d", "type": "reaction", "reaction": {"emoji": "👍"}},
        {"from": "335", "id": "e", "type": "button", "button": {"text": "Oui", "payload": "x"}},
        {"from": "336", "id": "f", "type": "image", "image": {"id": "1", "caption": "c'est quoi ?"}},
        {"from": "337", "id": "g", "type": "text", "text": {"body": "à tous"}, "group_id": "G1"},
    ]
    value = {"metadata": {"phone_number_id": "1"}, "messages": told}
    others = {"metadata": {"phone_number_id": "2"}, "messages": told}
    body = json.dumps({"entry": [{"changes": [{"value": value}, {"value": others}, {"value": {"statuses": []}}]}]})
    heard = await of_whatsapp().hear(asked(body.encode(), signed(body.encode())))
    assert heard == [
        Heard("331", "a", text="salut"),
        Heard("332", "b", reference="ref"),
        Heard("333", "c", unread="voice"),
        Heard("335", "e", text="Oui"),
        Heard("336", "f", text="c'est quoi ?"),
    ]


async def test_who_hides_their_number_on_whatsapp_is_heard_and_answered() -> None:
    hidden = {"from_user_id": "FR.13491208655302741918", "id": "a", "type": "text", "text": {"body": "salut"}}
    shown = {**hidden, "from": "33600000000", "id": "b"}
    value = {"metadata": {"phone_number_id": "1"}, "messages": [hidden, shown]}
    body = json.dumps({"entry": [{"changes": [{"value": value}]}]}).encode()
    heard = await of_whatsapp().hear(asked(body, signed(body)))
    assert [one.address for one in heard] == ["FR.13491208655302741918"] * 2, "the same person, number told or not"


async def test_what_whatsapp_could_not_deliver_is_logged_by_its_code(caplog: pytest.LogCaptureFixture) -> None:
    failed = {"id": "a", "status": "failed", "recipient_id": "33600000000",
              "errors": [{"code": 131026, "title": "Message undeliverable to 33600000000"}]}  # fmt: skip
    value = {"metadata": {"phone_number_id": "1"}, "statuses": [failed, {"id": "b", "status": "read"}]}
    body = json.dumps({"entry": [{"changes": [{"value": value}]}]}).encode()
    assert await of_whatsapp().hear(asked(body, signed(body))) == []
    assert "[131026]" in caplog.text
    assert "33600000000" not in caplog.text


async def test_what_a_page_hears() -> None:
    events = [
        {"sender": {"id": "1"}, "message": {"mid": "a", "text": "salut"}},
        {"sender": {"id": "1"}, "message": {"mid": "b", "text": "Oui", "quick_reply": {"payload": "ref"}}},
        {"sender": {"id": "1"}, "postback": {"mid": "c", "payload": "ref2", "title": "Non"}},
        {"sender": {"id": "9"}, "message": {"mid": "d", "text": "de nous", "is_echo": True}},
        {"sender": {"id": "1"}, "message": {"mid": "e", "attachments": [{"type": "audio"}]}},
        {"sender": {"id": "1"}, "message": {"mid": "f", "is_deleted": True}},
        {"sender": {"id": "1"}, "read": {"watermark": 1}},
        {"sender": {"id": "1"}, "message": {"mid": "g", "attachments": [{"type": "story_mention"}]}},
        {"sender": {"id": "1"}, "message": {"mid": "h", "text": "😍", "reply_to": {"story": {"id": "5"}}}},
        {"sender": {"id": "1"}, "message": {"mid": "i", "is_unsupported": True}},
        {
            "sender": {"id": "1"},
            "message": {"mid": "j", "attachments": [{"type": "image", "payload": {"sticker_id": 3}}]},
        },
        {"sender": {"id": "1"}, "postback": {"mid": "k", "payload": "start", "referral": {"ref": "AB2CD3"}}},
        {"sender": {"id": "1"}, "timestamp": 7, "referral": {"ref": "AB2CD3", "source": "SHORTLINK"}},
        {"sender": {"id": "1"}, "timestamp": 8, "reaction": {"mid": "a", "emoji": "👍"}},
    ]
    body = json.dumps({"object": "page", "entry": [{"messaging": events}]}).encode()
    assert await of_page().hear(asked(body, signed(body))) == [
        Heard("1", "a", text="salut"),
        Heard("1", "b", reference="ref"),
        Heard("1", "c", reference="ref2"),
        Heard("1", "e", unread="voice"),
        Heard("1", "i", unread="other"),
        Heard("1", "j", unread="sticker"),
        Heard("1", "k", start="AB2CD3"),
        Heard("1", "1 7", start="AB2CD3"),
    ]


async def test_what_sms_hears_and_refuses() -> None:
    form = {"From": "+33611111111", "MessageSid": "SM1", "Body": "bonjour à toi", "NumMedia": "0"}
    url = "https://piste.example/webhooks/sms"

    async def hear(fields: dict[str, str], signature: str | None = None) -> Any:
        made = RequestValidator(SECRET).compute_signature(url, fields) if signature is None else signature
        headers = {"X-Twilio-Signature": made, "Content-Type": "application/x-www-form-urlencoded"}
        return await of_sms().hear(asked(urlencode(fields).encode(), headers, "/webhooks/sms"))

    assert await hear(form) == [Heard("+33611111111", "SM1", text="bonjour à toi")]
    assert await hear(form | {"OptOutType": "STOP"}) == [Heard("+33611111111", "SM1", stopped=True)]
    said_yes = form | {"OptOutType": "START", "Body": "YES"}
    assert await hear(said_yes) == [Heard("+33611111111", "SM1", text="YES")], "an answer, not a new welcome"
    media = form | {"Body": "", "NumMedia": "1", "MediaContentType0": "audio/amr"}
    assert await hear(media) == [Heard("+33611111111", "SM1", unread="voice")]
    for sender in ("36180", "Banque", "whatsapp:+33611111111"):
        assert await hear(form | {"From": sender}) == [], "nobody that an SMS would reach"
    assert await hear({"Body": "x"}) == []
    for signature in ("", "x", RequestValidator("other").compute_signature(url, form)):
        with pytest.raises(Forged):
            await hear(form, signature)
