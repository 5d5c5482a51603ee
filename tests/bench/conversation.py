"""The cost of a long conversation, and of each stage of a suggestion."""

import statistics
import time

from tests.stack import Conversation, Stack, running

TURNS = 200
AROUND = 3  # turns on each side of the one measured, in as many conversations at the same time
CONVERSATIONS = 5
SUGGESTIONS = 60
ROUND = ("j'aime la mécanique", "pourquoi ?", "autre chose", "merci", "mdr", "en fait j'aime cuisiner")
WISHES = (
    "réparer des scooters",
    "bidouiller des ordis",
    "faire des gâteaux",
    "souder",
    "coder des jeux",
    "la cuisine",
    "les moteurs",
    "aider les gens",
)


def conversations() -> None:
    """Run on a stack of its own."""
    with running("bench", MESSAGES_BURST="100000", CONVERSATIONS_BURST="100000") as stack:
        long_conversation(stack)
        suggestion(stack)
        stages(stack)


def long_conversation(stack: Stack) -> None:
    """Print what the 200th turn costs beside the 5th, the same words in both places."""
    print(f"\nA long conversation ({CONVERSATIONS} conversations of {TURNS} turns, interleaved; milliseconds a turn)")
    people = [stack.open() for _ in range(CONVERSATIONS)]
    spent: dict[int, list[float]] = {}
    for number in range(1, TURNS + AROUND + 1):
        for person in people:
            # Around both turns measured, the same sentence is said, so that only the length differs.
            text = "merci" if near(number) else ROUND[number % len(ROUND)]
            spent.setdefault(number, []).append(timed(person, text))
    early = statistics.median(value for number in range(5 - AROUND, 5 + AROUND + 1) for value in spent[number])
    late = statistics.median(value for number in range(TURNS - AROUND, TURNS + AROUND + 1) for value in spent[number])
    print(f"  5th turn {early:6.1f}   {TURNS}th turn {late:6.1f}   ratio {late / early:.2f} (stock Rasa: 3.7)")


def near(number: int) -> bool:
    """Say whether a turn is one of those measured."""
    return abs(number - 5) <= AROUND or abs(number - TURNS) <= AROUND


def suggestion(stack: Stack) -> None:
    """Print how long one person waits for suggestions."""
    print(f"\nA suggestion, one person ({SUGGESTIONS} turns; milliseconds)")
    spent = []
    for number in range(SUGGESTIONS):
        person = stack.open()
        person.say("j'ai 17 ans et j'habite à Besançon")
        spent.append(timed(person, f"j'aime {WISHES[number % len(WISHES)]}"))
    spent.sort()
    print(f"  p50 {spent[len(spent) // 2]:6.1f}   p95 {spent[int(len(spent) * 0.95)]:6.1f}   max {spent[-1]:6.1f}")


def stages(stack: Stack) -> None:
    """Print the mean of each stage, as /metrics gives it."""
    print("\nStages of all turns above, as /metrics gives them (mean milliseconds)")
    text = stack.people.get("/metrics").text
    sums, counts = (read(text, f"piste_stage_seconds_{kind}") for kind in ("sum", "count"))
    for name, total in sorted(sums.items(), key=lambda pair: -pair[1] / counts[pair[0]]):
        print(f"  {name:14} {1000 * total / counts[name]:7.1f}   ({counts[name]:.0f} times)")


def read(text: str, metric: str) -> dict[str, float]:
    """Read one metric by stage."""
    lines = [line for line in text.splitlines() if line.startswith(f"{metric}{{")]
    return {line.split('"')[1]: float(line.rsplit(" ", 1)[1]) for line in lines}


def timed(person: Conversation, text: str) -> float:
    """Return the milliseconds that a message takes to be answered."""
    started = time.perf_counter()
    person.say(text)
    return (time.perf_counter() - started) * 1000
