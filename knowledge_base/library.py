"""The library's front door, usable from a notebook: `KnowledgeBase.open().recommend(profile, now)`."""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from knowledge_base import geography, kept, loading, ranking, search
from knowledge_base.answers import Answer, AnswerMatcher, Asked, asked_in, bare, load_answers
from knowledge_base.database import ROOT, Pool, find_url, open_pool
from knowledge_base.encoder import Encoder, OnnxEncoder
from knowledge_base.encoder.export import identity_of
from knowledge_base.everyday import everyday_codes
from knowledge_base.families import rank_families, rank_sentence
from knowledge_base.french import plain_words
from knowledge_base.importers.occasions import event_type
from knowledge_base.importers.running import Order, Report, remove_set, run_import
from knowledge_base.learned import ANSWERS, FAMILIES, Learned, fit_answers, fit_matcher
from knowledge_base.matching.families import FamilyMatcher
from knowledge_base.naming import named_in
from knowledge_base.periods import Period, period_of
from knowledge_base.recommend import SURE_FROM, recommend
from knowledge_base.records import KINDS, Found, Item, Kind, Place, Profile, Recommendation, Tried
from knowledge_base.records.typed import Record
from knowledge_base.rehearsal import rehearse, sentences_for
from knowledge_base.routing import services_for
from knowledge_base.staging import Say
from knowledge_base.wishes import Wishes, wishes_of

ENCODERS = ROOT / "var" / "build" / "encoder"


class KnowledgeBase:
    """Search and recommendation over one database with one encoder. Safe to share between threads."""

    def __init__(self, pool: Pool, encoder: Encoder) -> None:
        self.pool = pool
        self.encoder = encoder
        self.matcher = Learned(pool, FAMILIES, FamilyMatcher.from_bytes)
        self.answers = {one.id: one for one in load_answers()}
        self._answer_matcher = Learned(pool, ANSWERS, AnswerMatcher.from_bytes)

    @classmethod
    def open(cls, url: str | None = None, encoders: Path = ENCODERS, threads: int = 1) -> "KnowledgeBase":
        """Open the running database (or `url`) with the encoder that EMBED_MODEL names, as `make index` built it."""
        encoder = OnnxEncoder(encoders / identity_of(os.environ.get("EMBED_MODEL") or None), threads)
        return cls(open_pool(url or find_url()), encoder)

    def close(self) -> None:
        """Give the connections back."""
        self.pool.close()

    def build(self, today: date, *, demo: bool, say: Say = lambda _: None, kept: Path | None = None) -> None:
        """Bring the index up to date; what has not changed is skipped. `kept` is a folder of fitted matchers."""
        loading.build(self.pool, self.encoder, today, demo=demo, say=say)
        fit_matcher(self.pool, self.encoder, say, kept)
        fit_answers(self.pool, self.encoder, say, kept)

    def run_import(self, order: Order, **told: Callable[..., Any]) -> Report:
        """Import published data; see `python -m knowledge_base import --help` and docs/importers.md."""
        report = run_import(self.pool, self.encoder, order, **told)
        if not order.dry_run:
            fit_matcher(self.pool, self.encoder, told.get("say", lambda _: None))
        return report

    def remove_set(self, name: str) -> int:
        """Remove what an import or a feed brought; returns how many items that were."""
        count = remove_set(self.pool, self.encoder, name)
        fit_matcher(self.pool, self.encoder, lambda _: None)
        return count

    def keep(self, record: Record, now: datetime) -> Item:
        """Keep what somebody typed; the very next search finds it. One of the same id is replaced."""
        return kept.keep(self.pool, self.encoder, record, now)

    def forget(self, item_id: str) -> bool:
        """Remove what somebody typed; false where nothing of that id is kept."""
        return kept.forget(self.pool, item_id)

    def rehearse(self, record: Record, sentences: Sequence[str], now: datetime) -> list[Tried]:
        """Say at which rank something would be found for sentences; nothing of it stays in the index."""
        return rehearse(self.pool, self.encoder, self.matcher.get(), record, sentences, now)

    def sentences_for(self, item: Item) -> list[str]:
        """Return what young people drawn to an item would say."""
        return sentences_for(self.pool, self.encoder, self.matcher.get(), item)

    def search(self, text: str, kind: Kind = "job_family", top: int = 10, now: datetime | None = None) -> list[Found]:
        """Return what is nearest to a text, best first; what a sentence refuses comes last."""
        if kind != "job_family":
            return search.find(self.pool, self.encoder, text, kind, top, now or datetime.now(UTC))
        matcher = self.matcher.get()
        titles = {one.code: one.title for one in matcher.traits}
        ranking = rank_sentence(matcher, self.encoder, text)
        return [Found(f"job-{code}", code, titles[code], score) for code, score in ranking.best(top)]

    def rank(
        self, queries: Sequence[ranking.Pair], corpus: Sequence[ranking.Pair], top: int = 20
    ) -> Iterator[list[tuple[str, float]]]:
        """Rank any corpus of (id, text) for any queries with the same matcher."""
        return ranking.rank(self.matcher.get(), self.encoder, queries, corpus, top)

    def recommend(self, profile: Profile, now: datetime, kinds: Sequence[Kind] = KINDS) -> Recommendation:
        """Propose job families, trainings, events and places for a person, with reasons."""
        return recommend(self.pool, self.encoder, self.matcher.get(), profile, now, kinds)

    def wishes(self, text: str, ignored: tuple[tuple[int, int], ...] = ()) -> Wishes:
        """Say what a sentence likes and refuses."""
        return wishes_of(text, ignored)

    def means_something(self, wish: str, at_least: float = SURE_FROM) -> bool:
        """Say whether a job family answers these words at all; small talk and leftovers do not."""
        ranking = rank_families(self.matcher.get(), self.encoder, Wishes((wish,)))
        return ranking.confidence >= at_least

    def offering(self, places: Sequence[Place]) -> list[Place]:
        """Return those places near which something of ours is: of namesakes, the one that is likely meant."""
        with self.pool.connection() as connection:
            return [place for place in places if geography.has_offers(connection, place)]

    def event_type(self, text: str) -> str | None:
        """Return the type of event that a text names first, « portes ouvertes », if it names one."""
        found = event_type(text)
        return found if found != "other" else None

    def job_called(self, name: str) -> str | None:
        """Return the id of the trade that a name means: its everyday sense, else the nearest; None for no trade."""
        if codes := everyday_codes(name):
            return f"job-{codes[0]}"
        found = self.search(name, "job_family", 1) if self.means_something(name) else []
        return found[0].item_id if found else None

    def items_named(
        self, text: str, kind: Kind, now: datetime, place: Place | None = None
    ) -> list[tuple[Item, float | None]]:
        """Return what a text calls by its own name or campaign, and how far it is, kilometres."""
        found = named_in(self.pool, self.encoder, text, kind, now, place)
        return [(hit.item, hit.distance_km) for hit in found]

    def features(self, texts: Sequence[str]) -> np.ndarray:
        """Return what confidence is judged from, shape (texts, 6); for calibration."""
        plain = [plain_words(text) for text in texts]
        return self.matcher.get().answers(plain, search.encode_wishes(self.encoder, texts)).features

    def answers_to(self, question: str, top: int = 3) -> list[tuple[Answer, float]]:
        """Return the answers nearest to a question and their scores, best first; sure from `answers.SURE`.

        It is read with and without its greeting, « attends » or thanks: the reading nearest to an answer counts.
        """
        matcher = self._answer_matcher.get()
        found = max(
            matcher.best_of_each(list(dict.fromkeys((question, bare(question)))), self.encoder, top),
            key=lambda scored: scored[0][1],
        )
        return [(self.answers[one], score) for one, score in found]

    def asked_in(self, text: str, *, of_rights: bool = False, told: bool = False) -> list[Asked]:
        """Return what a message surely asks of our answers, and where; see `answers.asked`."""
        matcher = self._answer_matcher.get()
        return asked_in(text, lambda texts: matcher.best_of_each(texts, self.encoder), of_rights=of_rights, told=told)

    def services_for(self, age: int | None, situations: Collection[str]) -> list[str]:
        """Return the kinds of service for a case, best first; none when too little is known."""
        return services_for(age, situations)

    def period(self, text: str, now: datetime) -> Period | None:
        """Return when, if a message says it."""
        return period_of(text, now)

    def places_named(self, text: str, department: str | None = None) -> list[Place]:
        """Return what a place name or postcode may mean, likeliest first; several when a person must choose."""
        return geography.find_places(self.pool, text, department=department)

    def places_like(self, text: str) -> list[Place]:
        """Return the places whose names are nearest to a name that nobody knows."""
        return geography.places_like(self.pool, text)

    def item(self, item_id: str) -> Item | None:
        """Return one item by its id."""
        with self.pool.connection() as connection:
            row = connection.execute("SELECT * FROM knowledge.items WHERE id = %s", (item_id,)).fetchone()
        return search.item_of(row) if row else None

    def is_indexed(self) -> bool:
        """Say whether the catalogue is there and every text has its vector."""
        with self.pool.connection() as connection:
            row = connection.execute(
                "SELECT (SELECT count(*) FROM knowledge.models) = 2 AND EXISTS (SELECT FROM knowledge.texts)"
                " AND NOT EXISTS (SELECT FROM knowledge.texts WHERE encoder IS DISTINCT FROM %s) AS indexed",
                (self.encoder.identity,),
            ).fetchone()
        return bool(row and row["indexed"])

    def stats(self) -> dict[str, int]:
        """Count items by kind, texts, and vectors of this encoder."""
        with self.pool.connection() as connection:
            rows = connection.execute("SELECT kind, count(*) AS n FROM knowledge.items GROUP BY kind").fetchall()
            counts = {row["kind"]: row["n"] for row in rows}
            for name, where in (("texts", ""), ("embeddings", "WHERE encoder = %(encoder)s"), ("gazetteer", "")):
                row = connection.execute(
                    f"SELECT count(*) AS n FROM knowledge.{name} {where}", {"encoder": self.encoder.identity}
                ).fetchone()
                counts[name] = row["n"] if row else 0
        return counts
