"""A restarted database goes unnoticed by who asks next, however many connections it took away."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import psycopg

from connectors.database import make_pool
from knowledge_base.database import open_pool
from tests.stack import Stack

AT_ONCE = 4


def lose_all(stack: Stack, name: str) -> None:
    with psycopg.connect(stack.instance.database_url, autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s", (name,)
        ).fetchall()
    assert len(ended) >= AT_ONCE


def test_the_library_asks_again_after_all_its_connections_died(stack: Stack) -> None:
    with open_pool(stack.instance.database_url, size=AT_ONCE) as pool:

        def ask(_: int) -> None:
            with pool.connection() as connection:
                connection.execute("SELECT pg_sleep(0.3)")

        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(ask, range(AT_ONCE)))
        lose_all(stack, "piste-knowledge")
        ask(0)


def test_the_gateway_asks_again_after_all_its_connections_died(stack: Stack) -> None:
    async def story() -> None:
        async with make_pool(stack.instance.database_url, AT_ONCE, "test-pools") as pool:

            async def ask() -> None:
                async with pool.connection() as connection:
                    await connection.execute("SELECT pg_sleep(0.3)")

            await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
            lose_all(stack, "piste-test-pools")
            await ask()

    asyncio.run(story())
