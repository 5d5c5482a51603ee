"""Parses the sentences given on standard input, one a line, with a trained model; runs on the bot's interpreter."""

import asyncio
import json
import logging
import sys

import structlog
from rasa.core.agent import Agent


async def main() -> None:
    """Print one JSON object a sentence: its intent and entities."""
    agent = Agent.load(sys.argv[1])
    for line in sys.stdin:
        parsed = await agent.parse_message(line.rstrip("\n"))
        entities = [(entity["entity"], entity["value"]) for entity in parsed["entities"]]
        print(json.dumps({"intent": parsed["intent"]["name"], "entities": entities}), flush=True)


structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
asyncio.run(main())
