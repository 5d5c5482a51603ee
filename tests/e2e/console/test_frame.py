"""The console's frame: signed in or not, a session that ends, forms of other sites."""

from datetime import timedelta

import pytest

from connectors.conversations import hash_token
from tests.console import World, now


def test_without_a_session_a_page_leads_to_the_sign_in_and_back(world: World) -> None:
    answered = world.stack.people.get("/console/?etat=attente", headers={"Accept": "text/html"})
    assert answered.status_code == 303
    assert answered.headers["Location"] == "/console/connexion?vers=%2Fconsole%2F%3Fetat%3Dattente"


@pytest.mark.parametrize("hours", [("seen_at", 2), ("created_at", 12)])
def test_a_session_ends(world: World, hours: tuple[str, int]) -> None:
    someone = world.account("administrator")
    column, length = hours
    assert someone.get("/console/").headers["Location"] != "/console/connexion?vers=%2Fconsole%2F"
    with world.stack.database() as connection:
        connection.execute(
            f"UPDATE people.staff_sessions SET {column} = %s WHERE hash = %s",
            (now() - timedelta(hours=length), hash_token(someone.token)),
        )
    assert someone.get("/console/").headers["Location"] == "/console/connexion?vers=%2Fconsole%2F"


def test_a_closed_account_is_out_at_once(world: World) -> None:
    someone = world.account("administrator")
    with world.stack.database() as connection:
        connection.execute("UPDATE people.staff SET disabled_at = %s WHERE id = %s", (now(), someone.id))
    assert "connexion" in someone.get("/console/").headers["Location"]
