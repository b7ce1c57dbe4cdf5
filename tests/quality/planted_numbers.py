"""Numbers, valid and not, planted in sentences by a seeded generator, for `deidentify_measure.py`."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

SEED = 20261121
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A sentence in which text[start:end] was planted, of this kind, and whether it must be masked."""

    text: str
    start: int
    end: int
    kind: str
    must_go: bool = True


def planted(carrier: str, surface: str, kind: str, *, must_go: bool = True) -> Case:
    """The sentence with the surface in place of its braces."""
    start = carrier.index("{}")
    return Case(carrier.replace("{}", surface), start, start + len(surface), kind, must_go)


_CARRIERS = {
    "nhs": ("His NHS number is {}, on every form.", "NHS no. {} was on the letter.", "nhs {} i think"),
    "ni": ("Her National Insurance number is {}.", "NI: {}", "He gave {} as his NI number and left."),
    "register": (
        "My registration is {} if needed.",
        "Social Work England number {}",
        "I am {} on the register.",
    ),
    "phone": ("Ring me on {} after six.", "mobile {}", "You could reach the duty desk on {}, most days."),
    "postcode": ("They lived at {}, by the canal.", "It was the flats at {} again.", "postcode {}"),
    "email": ("Write to {} please.", "e-mail: {}", "my address is {} and not the work one"),
    "handle": ("Message me, {}, on Instagram.", "twitter {}", "Find me as {} on there."),
    "url": ("It is all on {} now.", "see {}", "The review is at {}, chapter two."),
    "plate": ("His car, reg {}, was outside.", "a grey Golf, {}, engine running", "number plate {}"),
    "caseref": ("The case ref is {}.", "case number {} went to panel", "It was under reference {} in May."),
    "dob": ("Date of birth {}.", "DOB: {}", "She was born on {}, in the flat."),
}
_NOT = (
    "We logged {} of them in the year.",
    "The template says {}, which is only an example.",
    "It came to {} in the end.",
)
# What looks like a number that identifies and is none: sums, shares, times, laws, roads, school years,
# grades, versions, and postcodes of areas or with letters that do not exist.
_PLAIN = (
    "£4,250", "£38k", "12,400", "61%", "14:30", "2015-16", "1:4", "3 out of 10", "section 47", "s.20",
    "S17", "A57", "M62", "Year 11", "KS2", "COVID-19", "9-1", "B12", "pp. 12-14", "SI 2010/959", "v2.3.1",
    "45p a mile", "1989", "24/7", "30,000 words", "ISO 9001", "0.75 FTE", "31 children", "PL-300", "1,000",
    "half past 6", "QX4 7AB", "ZZ9 9ZZ", "M1 4CO", "Form F2", "1st", "2020/21", "C2", "007", "1:1s",
)  # fmt: skip


def nhs(rng: random.Random, *, right: bool = True) -> str:
    """Ten digits whose last is right by the NHS's rule (modulus 11), or wrong."""
    while True:
        digits = [rng.randint(1, 9)] + [rng.randint(0, 9) for _ in range(8)]
        check = (11 - sum(d * (10 - i) for i, d in enumerate(digits)) % 11) % 11
        if check < 10:
            last = check if right else (check + rng.randint(1, 9)) % 10
            return "".join(map(str, [*digits, last]))


def _nhs(rng: random.Random) -> str:
    n, gap = nhs(rng), rng.choice(["", " ", "-"])
    return gap.join((n[:3], n[3:6], n[6:]))


def _ni(rng: random.Random) -> str:
    prefix = "GB"
    while prefix in ("BG", "GB", "NK", "KN", "TN", "NT", "ZZ"):
        prefix = rng.choice("ABCEGHJKLMNOPRSTWXYZ") + rng.choice("ABCEGHJKLMNPRSTWXYZ")
    d, gap = f"{rng.randint(0, 999999):06d}", rng.choice(["", " "])
    made = gap.join((prefix, d[:2], d[2:4], d[4:], rng.choice("ABCD")))
    return rng.choice([made, made, made.lower()])


def _phone(rng: random.Random) -> str:
    n = f"{rng.randint(0, 999):03d}"
    return rng.choice([
        f"07700 900{n}", f"07700900{n}", f"07700 900 {n}", f"+44 7700 900{n}", f"+44 (0)7700 900 {n}",
        f"020 7946 0{n}", f"0113 496 0{n}", f"(0161) 496 0{n}", f"0131-496-0{n}", f"01632 960{n}",
        f"029 2018 0{n}", f"028 9649 6{n}",
    ])  # fmt: skip


def _postcode(rng: random.Random) -> str:
    areas = ("M14", "LS8", "B11", "SE15", "E1", "NG7", "CF24", "G33", "BT15", "KY2", "W1T", "EC1V", "SA1")
    pair = "".join(rng.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
    made = f"{rng.choice(areas)}{rng.choice([' ', ' ', ''])}{rng.randint(0, 9)}{pair}"
    return rng.choice([made, made, made.lower()])


def _word(rng: random.Random, n: int = 6) -> str:
    return "".join(rng.choice("bcdfglmnprst") + rng.choice("aeiou") for _ in range(n // 2))


def _email(rng: random.Random) -> str:
    one, two, where = _word(rng), _word(rng), _word(rng, 8)
    return rng.choice([
        f"{one}.{two}@{where}.org", f"{one}{rng.randint(1, 99)}@{where}.gov.uk", 
        f"{one}_{two}@{where}.co.uk".upper(),
        f"{one} at {where} dot org", f"{one} dot {two} at {where} dot co dot uk", f"{one}(at){where}.org",
        f"{one} [at] {where} [dot] com",
    ])  # fmt: skip


def _handle(rng: random.Random) -> str:
    return f"@{_word(rng)}_{rng.randint(1, 99)}"


def _url(rng: random.Random) -> str:
    site, page = _word(rng, 8), _word(rng)
    return rng.choice(
        [f"https://{site}.org.uk/reviews/{page}", f"www.{site}.co.uk/{page}", f"{site}.org/{page}"]
    )


def _plate(rng: random.Random) -> str:
    three = "".join(rng.choice("ABCDEFGHJKLMNOPRSTUVWXYZ") for _ in range(3))
    year = rng.choice([*range(2, 26), *range(51, 76)])
    return f"{rng.choice(['MV', 'YJ', 'LB', 'SN', 'CE', 'BX'])}{year:02d}{rng.choice([' ', ''])}{three}"


def _caseref(rng: random.Random) -> str:
    n, year = rng.randint(10000, 99999), rng.randint(2015, 2025)
    return rng.choice([f"CSC-{year}-{n}", f"{n}/{year % 100}", f"LCS {n}21", f"ZW21C0{n % 10000:04d}"])


def _dob(rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1950, 2022)
    name = MONTHS[month - 1]
    return rng.choice([
        f"{day:02d}/{month:02d}/{year}", f"{day}.{month}.{year % 100:02d}", f"{day} {name} {year}",
        f"{4 + day % 16}th of {name} {year}", f"{year}-{month:02d}-{day:02d}", f"{name} {day}, {year}",
        f"{day} {name[:3]} {year}",
    ])  # fmt: skip


def _register(rng: random.Random) -> str:
    n = str(rng.randint(100000, 199999))
    return rng.choice([f"SW{n}", f"SW {n}", f"SW {n[:3]} {n[3:]}", f"sw{n}", f"SW{n[1:]}"])


_MAKERS: dict[str, tuple[int, Callable[[random.Random], str]]] = {
    "nhs": (20, _nhs), "ni": (15, _ni), "register": (12, _register), "phone": (22, _phone),
    "postcode": (15, _postcode), "email": (15, _email), "handle": (5, _handle), "url": (6, _url),
    "plate": (8, _plate), "caseref": (8, _caseref), "dob": (14, _dob),
}  # fmt: skip


def numbers() -> list[Case]:
    """200 sentences: 140 with a number that identifies, 60 with one that does not and must stay."""
    rng = random.Random(SEED)
    found = [
        planted(_CARRIERS[kind][i % 3], make(rng), kind)
        for kind, (many, make) in _MAKERS.items()
        for i in range(many)
    ]
    wrong = [nhs(rng, right=False) for _ in range(10)]
    wrong += [
        f"{rng.choice(['BG', 'GB', 'NK', 'ZZ', 'DA'])} 12 34 {rng.randint(10, 99)} C" for _ in range(10)
    ]
    plain = [*wrong, *_PLAIN]
    return found + [planted(_NOT[i % 3], made, "none", must_go=False) for i, made in enumerate(plain)]
