"""Handing out pseudonyms: the same to the same one in all documents and runs, and to nobody else ever.

Who is known by which pseudonym is remembered under HMAC-SHA256(project secret, label and folded name), so
that the book of pseudonyms names nobody and survives the removal of documents. The secret also decides the
order of those who are new in a run: numbers follow neither the alphabet nor the list of participants nor
the order of the documents, from each of which they could be guessed, and stay dense.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from feedback.edits.people.corrections import Called, Corrections
from feedback.edits.people.invented import names_apart_from
from feedback.edits.people.pseudonyms import Key, People, person_of
from feedback.edits.telling.roles import kind_of
from feedback.edits.text.words import is_first_name, is_word, keys
from feedback.errors import FeedbackError
from feedback.masks import PARTICIPANT, PEOPLE, PLAIN, PSEUDONYM, TITLES, letters, number_of

if TYPE_CHECKING:
    import pandas as pd

LABELS, ROLES, NAMES = "labels", "roles", "names"
# In the book: the row by which a secret is known to be its own, and those whose owner withdrew.
CHECK, GONE = "secret", "gone "
_CASE = "participant"


@dataclass(frozen=True)
class Naming:
    """How pseudonyms are made.

    style: "labels" ([Person 4], [Place 2]), "roles" ([Manager 3], [Council B]) or "names" ([Rowan]). secret:
    without it numbers go by appearance. book: table `private/numbers` of the last run. corrections: what
    people said about who is who.
    """

    style: str = LABELS
    secret: bytes = b""
    book: pd.DataFrame | None = None
    corrections: Corrections = field(default_factory=Corrections)


@dataclass(frozen=True)
class Texts:
    """What stands in the texts already: masks (casefolded), and folded words, asked for only when needed."""

    masks: Collection[str] = ()
    words: Callable[[], Collection[str]] = frozenset


@dataclass
class Numbers:
    """The pseudonyms of a project's people, places and organisations.

    `book` has (style, pseudonym) under the mark of an identity; `written` the pseudonyms of names as the last
    run's key has them; `held` those that somebody has in this run, `used` all that ever were; `last` the last
    number of each title; `notes` what a person should know.
    """

    who: People
    naming: Naming
    texts: Texts
    book: dict[str, tuple[str, str]] = field(default_factory=dict)
    written: dict[Key, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    notes: list[str] = field(default_factory=list)

    def of(self, identity: Key) -> str:
        """The pseudonym of an identity, the next free one when it is new."""
        self.give([identity])
        one = self._one(identity)
        return self.chosen.get(one) or self.book[self._mark(one)][1]

    def participant(self, case: str) -> str:
        """The pseudonym of a participant of the study."""
        return self.of((_CASE, case))

    def give(self, identities: Iterable[Key], titles: Mapping[Key, str] | None = None) -> None:
        """Gives all of these their pseudonyms; `titles` says what some people are ("Manager").

        Who has one keeps it; then come those who had one under another form of their name; then the new.
        """
        everyone = [one for one in dict.fromkeys(map(self._one, identities)) if one not in self.chosen]
        self.held |= {self.book[mark][1] for one in everyone if (mark := self._mark(one)) in self.book}
        wanted = [one for one in everyone if self._mark(one) not in self.book]
        if self.naming.secret:
            wanted.sort(key=self._mark)
        for one in [one for one in wanted if not self._inherits(one)]:
            self._enter(one, self._next(one, (titles or {}).get(one, "")))

    def _one(self, identity: Key) -> Key:
        """A participant is known by the case id, whatever the name."""
        case = self.who.cases.get(identity[1:]) if identity[0] == "person" else None
        return identity if case is None else (_CASE, case)

    def _style_of(self, identity: Key) -> str:
        """Participants are numbered alike in "labels" and "roles"."""
        numbered = identity[0] == _CASE and self.naming.style != NAMES
        return LABELS if numbered else self.naming.style

    def _mark(self, identity: Key) -> str:
        return mark_of(self.naming.secret, self._style_of(identity), identity)

    def _enter(self, identity: Key, pseudonym: str) -> None:
        self.book[self._mark(identity)] = (self._style_of(identity), pseudonym)
        self.held.add(pseudonym)
        self.used.add(pseudonym)

    def _inherits(self, identity: Key) -> bool:
        """Whether it was known by a part of its name or as it was written, and nobody else has that now."""
        for pseudonym in self._earlier(*identity):
            if pseudonym not in self.held:
                for mark in [mark for mark, (_, shown) in self.book.items() if shown == pseudonym]:
                    del self.book[mark]
                self._enter(identity, pseudonym)
                return True
        return False

    def _earlier(self, label: str, *words: str) -> Iterator[str]:
        alone = [word for word in words if len(self.who.by_word.get(word, ())) == 1]
        parts = [(word,) for word in alone] if label == "person" and len(words) > 1 else []
        yield from (self.written[label, *form] for form in (words, *parts) if (label, *form) in self.written)

    @cached_property
    def chosen(self) -> dict[Key, str]:
        """What somebody chose to call people, by identity."""
        found: dict[Key, str] = {}
        for words, called in self.naming.corrections.call.items():
            self._check(called)
            found.update({self._one((label, *words)): called.pseudonym for label in PLAIN})
        return found

    def _check(self, called: Called) -> None:
        """Refuses a chosen pseudonym that is somebody else's or stands in the texts."""
        taken = any(shown == called.pseudonym for _, shown in self.book.values())
        words = [word for word in keys(called.pseudonym) if _tells(word)]
        heard = next((word for word in words if word in self.texts.words()), "") if words else ""
        stands = called.pseudonym.casefold() in self.texts.masks
        if taken or heard or stands:
            why = "is somebody else's already" if taken else "stands in the texts"
            raise FeedbackError(
                f"{called.where}: '{heard or called.pseudonym}' {why}", hint="choose another pseudonym"
            )

    def _next(self, identity: Key, title: str) -> str:
        if self.naming.style == NAMES and identity[0] in (_CASE, "person"):
            return next(name for name in self._names if name not in self.used)
        title = self._title(identity, title)
        lettered = self.naming.style != LABELS and title not in PEOPLE
        while True:
            self.last[title] += 1
            shown = f"[{title} {letters(self.last[title]) if lettered else self.last[title]}]"
            if shown.casefold() in self.texts.masks:
                self.notes.append(f"{shown} stands in the texts themselves, so nobody else is called that")
            elif shown not in self.used:
                return shown

    def _title(self, identity: Key, title: str) -> str:
        if identity[0] == _CASE:
            return PARTICIPANT
        if self.naming.style == LABELS:
            return PLAIN[identity[0]]
        return title or PLAIN["person"] if identity[0] == "person" else kind_of(identity)

    @cached_property
    def _names(self) -> Iterator[str]:
        return names_apart_from(self.texts.words(), secret=self.naming.secret)

    def rows(self) -> list[dict[str, str]]:
        """The book as rows of `private/numbers`: those without a mark are never given again."""
        rows = [{"mark": mark, "style": style, "pseudonym": it} for mark, (style, it) in self.book.items()]
        gone = self.used - {shown for _, shown in self.book.values()}
        rows += [{"mark": GONE + shown, "style": "", "pseudonym": shown} for shown in gone]
        rows.append({"mark": check_of(self.naming.secret), "style": "", "pseudonym": CHECK})
        return sorted(rows, key=lambda row: row["mark"])


def mark_of(secret: bytes, style: str, identity: Key) -> str:
    """Under what the pseudonym of an identity is kept; nobody without the secret can find out whose it is."""
    return hmac.digest(secret, "\0".join((style, *identity)).encode(), "sha256").hex()


def marks_of_case(secret: bytes, case_id: str) -> set[str]:
    """The marks under which a participant may stand in the book."""
    return {mark_of(secret, style, (_CASE, case_id)) for style in (LABELS, NAMES)}


def marks_of_name(secret: bytes, label: str, surface: str) -> set[str]:
    """The marks under which a name, as it is written in the key, may stand in the book."""
    words = person_of(surface) if label == "person" else keys(surface)
    return {mark_of(secret, style, (label, *words)) for style in (LABELS, ROLES, NAMES)}


def check_of(secret: bytes) -> str:
    """The mark of the book's own row, by which its secret is known."""
    return mark_of(secret, "", (CHECK,))


def _tells(word: str) -> bool:
    """Whether a word of a pseudonym may be somebody's name: not Manager, a number or a letter."""
    titles = {part.casefold() for title in TITLES for part in title.split()}
    if word in titles or not word.isalpha() or len(word) == 1:
        return False
    return is_first_name(word) or not is_word(word)


def numbers(
    who: People,
    case_ids: Iterable[str] = (),
    known: pd.DataFrame | None = None,
    *,
    naming: Naming | None = None,
    texts: Texts | None = None,
) -> Numbers:
    """The numbering for a run over the participants `case_ids`.

    known: the last run's key (`private/pseudonyms`). Raises FeedbackError when the book was not written with
    this secret, and for a pseudonym that somebody chose and that is taken or stands in the texts.
    """
    result = Numbers(who, naming or Naming(), texts or Texts())
    _open_book(result)
    for row in [] if known is None else known.to_dict("records"):
        _remember(result, str(row["label"]), str(row["surface"]), str(row["pseudonym"]), row["case_id"])
    result.used |= set(result.chosen.values())
    result.give([(_CASE, case) for case in sorted(set(case_ids))])
    return result


def _open_book(result: Numbers) -> None:
    book, secret = result.naming.book, result.naming.secret
    rows = [] if book is None else list(zip(book["mark"], book["style"], book["pseudonym"], strict=True))
    if rows and (check_of(secret), CHECK) not in {(mark, shown) for mark, _, shown in rows}:
        raise FeedbackError(
            "private/secret is not the secret that this project's pseudonyms were given with",
            hint="restore it from a backup; without it, delete private/numbers.parquet, and all get new ones",
        )
    for mark, style, shown in rows:
        if shown == CHECK:
            continue
        if not mark.startswith(GONE):
            result.book[mark] = (style, shown)
        _count(result, shown)


def _count(result: Numbers, pseudonym: str) -> None:
    """Sees to it that a pseudonym of an earlier run is given to nobody else."""
    result.used.add(pseudonym)
    match = PSEUDONYM.fullmatch(pseudonym)
    if match:
        result.last[match["title"]] = max(result.last[match["title"]], number_of(match["number"]))


def _remember(result: Numbers, label: str, surface: str, pseudonym: str, case: object) -> None:
    """A row of the key: who was written so may be known by another form of the name now."""
    match = PSEUDONYM.fullmatch(pseudonym)
    styles = {style for style, shown in result.book.values() if shown == pseudonym}
    if match is None and not styles:
        return
    _count(result, pseudonym)
    if match and match["title"] == PARTICIPANT:
        if isinstance(case, str) and result.naming.style != NAMES:
            result.book.setdefault(result._mark((_CASE, case)), (LABELS, pseudonym))
    elif (result.naming.style in styles) if result.book else result.naming.style == LABELS:
        words = person_of(surface) if label == "person" else keys(surface)
        result.written.setdefault((label, *words), pseudonym)
