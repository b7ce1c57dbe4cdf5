# ruff: noqa: E501
"""Caption files and the text files of transcription programs, as they really come."""

from __future__ import annotations

import json

from nasty_cases import ALL_WORDS, TALK, Case, alone, seconds, speakers, text_case

TIMES = ("00:00:01.500", "00:00:04.000", "00:00:09.250", "00:00:12.000", "00:00:15.000", "01:00:18.000")
ENDS = ("00:00:03.900", "00:00:09.100", "00:00:11.000", "00:00:14.000", "00:00:17.000", "01:00:21.000")
STARTS = tuple(seconds(time) for time in TIMES)
MARSH, RUTH = "Marsh, Helen (Children's Services)", "Oyelaran, Tunde (Research)"


def cues(
    form: str, *, head: str = "WEBVTT\n\n", comma: bool = False, who: tuple[str, str] = (RUTH, MARSH)
) -> str:
    """The talk as cues; `form` has {n}, {a}, {b}, {who} and {words}."""
    parts = []
    for number, ((role, words), start, end) in enumerate(zip(TALK, TIMES, ENDS, strict=True), 1):
        a, b = (start.replace(".", ","), end.replace(".", ",")) if comma else (start, end)
        parts.append(form.format(n=number, a=a, b=b, who=who[role == "P"], words=words))
    return head + "\n\n".join(parts) + "\n"


TEAMS = "fbbdef90-042d-4d6b-86d5-8c9c38e7021c/{n}-0\n{a} --> {b}\n<v {who}>{words}</v>"


def split_cues() -> str:
    """One utterance over three cues, the last voice tag not closed."""
    out = ["WEBVTT", ""]
    for number, part in enumerate(("I'd had enough,", "so I rang HR &amp; said", "I'm off.")):
        close = "</v>" if number < 2 else ""
        out += [
            f"0a1b/7-{number}",
            f"00:00:0{number}.000 --> 00:00:0{number + 1}.000",
            f"<v P & Q>{part}{close}",
            "",
        ]
    out += ["0a1b/9-0", "00:00:05.000 --> 00:00:06.000", "<v Ruth>Why\nthen?</v>", ""]
    out += ["0a1b/11-0", "00:00:07.000 --> 00:00:08.000", "<v P & Q>It was time.</v>", ""]
    return "\n".join(out)


MARKED = """WEBVTT

00:01.000 --> 00:02.000 align:start position:0% line:90%
<v.loud.first Ruth><i>So</i> you <c.yellow.bg_blue>left</c> in <00:00:01.500>May?</v>

00:03.000 --> 00:04.000
<v Helen>Less than &lt;5 of us&nbsp;stayed &amp; that&#39;s &quot;enough&quot;.</v>

00:05.000 --> 00:06.000
<v Ruth>And then --> what?</v>

00:07.000 --> 00:08.000
<v Helen>I went.</v>
"""
MARKED_SAID = (
    ("Ruth", "So you left in May?"),
    ("Helen", 'Less than <5 of us stayed & that\'s "enough".'),
    ("Ruth", "And then --> what?"),
    ("Helen", "I went."),
)
TWO_VOICES = """WEBVTT

1
00:00:01.000 --> 00:00:05.000
<v Ruth>Why did you go?</v> <v Helen>The hours.</v>

2
00:00:06.000 --> 00:00:09.000
- <v Ruth>Only that?</v>
- <v Helen>Only that.</v>
"""
NOTES = 'WEBVTT - Recording of 3 May\nKind: captions\nLanguage: en-GB\n\nNOTE duration:"00:26:41"\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\nwidth:40%\n\n'
ZOOM_ODD = """WEBVTT\r
\r
1\r
00:00:01.000 --> 00:00:04.000\r
Dr Amara Nwosu: Why did you leave?\r
\r
2\r
00:00:05.000 --> 00:00:08.000\r
iPhone (2): It was the hours.\r
\r
3\r
00:00:08.000 --> 00:00:11.000\r
Two things: the hours and the pay.\r
\r
4\r
00:00:12.000 --> 00:00:14.000\r
Dr Amara Nwosu: In that order?\r
\r
5\r
00:00:15.000 --> 00:00:17.000\r
iPhone (2): Yes.\r
"""
ZOOM_SAID = (
    ("Dr Amara Nwosu", "Why did you leave?"),
    ("iPhone (2)", "It was the hours. Two things: the hours and the pay."),
    ("Dr Amara Nwosu", "In that order?"),
    ("iPhone (2)", "Yes."),
)


def saved_captions(who: tuple[str, str], clock: str = "[{who}] 10:14:{s:02}\n{words}\n") -> str:
    """Zoom's saved captions."""
    return "\n".join(
        clock.format(who=who[role == "P"], s=7 * number, words=words)
        for number, (role, words) in enumerate(TALK)
    )


def otter(name: str, line: str = "{who}  {t}  \n{words}\n") -> str:
    """Otter's text: hours after 59:59, a footer."""
    clocks = ("0:03", "0:09", "12:40", "59:58", "1:00:07", "1:02:03")
    body = "\n".join(
        line.format(who="Ruth E" if role == "I" else name, t=clock, words=words)
        for (role, words), clock in zip(TALK, clocks, strict=True)
    )
    return body + "\nTranscribed by https://otter.ai\n"


def noscribe(times: bool) -> str:
    """noScribe's text, with or without times."""
    head = "P07\n\nTranscribed with noScribe vers. 0.6.1\nAudio source: C:/Users/rs/P07.m4a\n(Start: 00:00:00 | Language: English)\n\n"
    lines = (
        f"{'S00' if role == 'I' else 'S01'}: {f'[{time[:8]}] ' if times else ''}{words}"
        for (role, words), time in zip(TALK, TIMES, strict=True)
    )
    return head + "\n\n".join(lines) + "\n"


def noscribe_vtt() -> str:
    """noScribe's captions: the head is a note."""
    head = "WEBVTT P07\n\nNOTE\nTranscribed with noScribe vers. 0.6.1\nAudio source: P07.m4a\n\nNOTE media: P07.m4a\n\n"
    return cues("{n}\n{a} --> {b}\n<v {who}>{words}", head=head, who=("S00", "S01"))


def atrain(kind: str) -> str:
    """aTrain's three text files: plain, with times, for MAXQDA."""
    out = "Transcription for 250311 1015-intervi\n"
    for (role, words), time in zip(TALK, TIMES, strict=True):
        stamp = "" if kind == "plain" else f"[{time[:8]}] - "
        gap = "\n\n" if kind == "maxqda" else "\n"
        out += f"{gap}{'SPEAKER_00' if role == 'I' else 'SPEAKER_01'}\n{stamp}{words}{' ' if kind == 'maxqda' else chr(10)}"
    return out


def whisper_json() -> bytes:
    """Whisper's own result."""
    pieces = [
        {"id": n, "start": seconds(TIMES[n]), "end": seconds(ENDS[n]), "text": " " + words, "tokens": [50364]}
        for n, (_, words) in enumerate(TALK)
    ]
    whole = "".join(piece["text"] for piece in pieces)
    return json.dumps({"text": whole, "segments": pieces, "language": "en"}).encode()


def whisper_tsv() -> bytes:
    """Whisper's table in milliseconds."""
    rows = [
        f"{round(seconds(TIMES[n]) * 1000)}\t{round(seconds(ENDS[n]) * 1000)}\t{w}"
        for n, (_, w) in enumerate(TALK)
    ]
    return ("start\tend\ttext\n" + "\n".join(rows) + "\n").encode()


TEAMS_SAID = speakers(RUTH, MARSH)
SRT = "{n}\n{a} --> {b}\n{who}: {words}"
PAIR = ("Ruth E", "Beth Aldous")
CASES = [
    text_case("teams-now.vtt", cues(TEAMS).replace("\n", "\r\n"), TEAMS_SAID, starts=STARTS),
    text_case("teams-notes-and-styles.vtt", cues(TEAMS, head=NOTES), TEAMS_SAID, starts=STARTS),
    text_case("teams-bom.vtt", "\ufeff" + cues(TEAMS), TEAMS_SAID),
    text_case("teams-utf16.vtt", cues(TEAMS), TEAMS_SAID, encoding="utf-16"),
    text_case("teams-off-spec.vtt", cues(TEAMS).replace("00:00:0", "0:0:").replace("00:00:1", "0:0:1"), TEAMS_SAID, starts=STARTS),
    text_case("teams-split.vtt", split_cues(), (("P & Q", "I'd had enough, so I rang HR & said I'm off."), ("Ruth", "Why then?"), ("P & Q", "It was time."))),
    text_case("teams-without-speakers.vtt", cues("{a} --> {b}\n{words}"), ALL_WORDS),
    text_case("stream-confidence.vtt", cues("NOTE Confidence: 0.89\n\n8a-{n}\n{a} --> {b}\n{words}"), ALL_WORDS),
    text_case("marked-up.vtt", MARKED, MARKED_SAID, starts=(1, 3, 5, 7)),
    text_case("two-voices-in-a-cue.vtt", TWO_VOICES, (("Ruth", "Why did you go?"), ("Helen", "The hours."), ("Ruth", "Only that?"), ("Helen", "Only that."))),
    text_case("no-blank-lines.vtt", cues("{a} --> {b}\n<v {who}>{words}</v>").replace("\n\n", "\n").replace("WEBVTT\n", "WEBVTT\n\n", 1), TEAMS_SAID),
    text_case("zoom.vtt", ZOOM_ODD, ZOOM_SAID),
    text_case("zoom-every-cue.vtt", cues("{n}\n{a} --> {b}\n{who}: {words}", who=PAIR), speakers(*PAIR), starts=STARTS),
    text_case("zoom-saved.txt", saved_captions(PAIR), speakers(*PAIR)),
    text_case("zoom-saved-pronouns.txt", saved_captions(("Siobhan Kerr (she/her)", "P14")).replace("\n", "\r\n"), speakers("Siobhan Kerr (she/her)", "P14")),
    text_case("zoom-chatlike.txt", saved_captions(PAIR, "10:14:{s:02} {who}: {words}\n"), speakers(*PAIR)),
    text_case("otter.txt", otter("Beth Aldous"), speakers("Ruth E", "Beth Aldous"), starts=(3, 9, 760, 3598, 3607, 3723)),
    text_case("otter-unknown-speaker.txt", otter("Unknown Speaker"), speakers("Ruth E", "Unknown Speaker")),
    text_case("otter.srt", cues(SRT, head="", comma=True, who=PAIR), speakers(*PAIR), starts=STARTS),
    text_case("whisper.srt", cues("{n}\n{a} --> {b}\n{words}", head="", comma=True), ALL_WORDS),
    text_case("whisperx.srt", cues("{n}\n{a} --> {b}\n[{who}]: {words}", head="", comma=True, who=("SPEAKER_01", "SPEAKER_00")), speakers("SPEAKER_01", "SPEAKER_00")),
    text_case("font-tags.srt", cues('{n}\n{a} --> {b}\n<font color="#fff">{{\\an8}}{who}: {words}</font>', head="", comma=True, who=PAIR), speakers(*PAIR)),
    text_case("mac-line-ends.srt", cues(SRT, head="", comma=True, who=PAIR).replace("\n", "\r"), speakers(*PAIR)),
    text_case("numberless.srt", cues("{a} --> {b}\n{who}: {words}", head="", comma=True, who=PAIR), speakers(*PAIR)),
    text_case("dots-for-commas.srt", cues(SRT, head="", who=PAIR), speakers(*PAIR)),
    text_case("whisper-minutes.vtt", cues("{a} --> {b}\n{words}").replace("00:00:", "00:"), ALL_WORDS),
    Case("whisper.tsv", whisper_tsv, ALL_WORDS),
    Case("whisper.json", whisper_json, ALL_WORDS),
    text_case("whisper.txt", "\n".join(words for _, words in TALK) + "\n", ALL_WORDS),
    text_case("noscribe.txt", noscribe(True), speakers("S00", "S01"), starts=tuple(int(s) for s in STARTS)),
    text_case("noscribe-untimed.txt", noscribe(False), speakers("S00", "S01")),
    text_case("noscribe.vtt", noscribe_vtt(), speakers("S00", "S01"), starts=STARTS),
    text_case("atrain.txt", atrain("plain"), speakers("SPEAKER_00", "SPEAKER_01")),
    text_case("atrain-timestamps.txt", atrain("times"), speakers("SPEAKER_00", "SPEAKER_01"), starts=tuple(int(s) for s in STARTS)),
    text_case("atrain-maxqda.txt", atrain("maxqda"), speakers("SPEAKER_00", "SPEAKER_01")),
    text_case("one-cue.vtt", "WEBVTT\n\n00:00.000 --> 00:05.000\nI left because of the hours.", alone("I left because of the hours.")),
]  # fmt: skip
