"""Parses the sentences given on standard input, one a line, with a trained model; runs on the bot's interpreter."""

import asyncio
import json
import logging
import sys
import time

import structlog
from rasa.core.agent import Agent


async def main() -> None:
    """Print one JSON object a sentence: intent, ranking, entities, whether it may tell of danger, milliseconds."""
    agent = Agent.load(sys.argv[1])
    for line in sys.stdin:
        started = time.perf_counter()
        parsed = await agent.parse_message(line.rstrip("\n"))
        spent = (time.perf_counter() - started) * 1000
        entities = [(entity["start"], entity["end"], entity["entity"]) for entity in parsed["entities"]]
        ranking = {one["name"]: one["confidence"] for one in parsed.get("intent_ranking", [])}
        unsure = bool(parsed.get("maybe_danger"))
        told = {"intent": parsed["intent"]["name"], "ranking": ranking, "entities": entities, "maybe_danger": unsure}
        print(json.dumps({**told, "milliseconds": spent}), flush=True)


structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
asyncio.run(main())
