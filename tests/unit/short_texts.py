"""Texts of every length that vectors are made of: none, one word, a sentence, more than a model reads."""

TEXTS = [
    "I left because my caseload was too high.",
    "Pay.",
    "",
    "The training was brilliant, honestly the best I have had anywhere, and I use it every single day.",
    "We had no desk, no laptop and no induction.",
    "pay",
    "My manager never asked how I was doing " * 30,
]
