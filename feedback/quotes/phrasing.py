"""The turns of phrase that make a passage unfit for print, or worse: in one place, to be mended."""

from __future__ import annotations

import re

WORD = re.compile(r"\w+(?:['’-]\w+)*")
UNREADABLE = re.compile(
    r"\[?(inaudible|unclear|unintelligible|indistinct|crosstalk|overlapping|redacted)\b", re.I
)
OFF_RECORD = re.compile(
    r"\boff the record\b|\b(do not|don[’']?t) (quote|print|publish) (me|that|this|it|any)|"
    r"\b(do not|don[’']?t) (write|put) (that|this|it) (down|in|on)\b|\bnot for (the )?(tape|record|"
    r"publication)|"
    r"\bbetween (you and me|ourselves|these (four )?walls)\b|\b(keep|leave) (that|this|it) out( of|[.!?,])|"
    r"\b(strike|scratch) that\b|\b(turn|switch) (the recorder|the recording) off",
    re.I,
)
TO_INTERVIEWER = re.compile(
    r"\b(as|like) i (said|say|mentioned|told)|\byou (just )?(asked|said|mentioned|were (saying|asking))\b|"
    r"\byour (\w+ )?question|\bcan i (just )?(say|ask)\b|\b(good|interesting|difficult|tough|"
    r"hard) question\b|"
    r"\b(do|did|are|were) you (mean|asking|saying|want)|\bcould you (repeat|say)|\bnext question|"
    r"\blet me (think|see|explain|give)|\bthank(s| you)\b|\brecording (this|now)|\bthis (interview|"
    r"recording)\b|"
    r"\b(to )?answer (that|this|your|the) |\bwhat else\b|\bwhere was i\b|\bsend me\b|\bi forg[eo]t what|"
    r"\bi don[’']?t know (if|whether) (that|this) (answers|makes)|\bread into that\b|\bmy name is\b|"
    r"\byou([’']ll| will)? (cover|come to|get to) (it|that|this) later|"
    r"\byou(?:[’']ve| have)? (focused|raised|brought|picked|wrote|sent) (on|this|that|it|up|me)\b|"
    r"\byour (findings|research|study|survey|project|paper|slides?|notes|pad|list|form)\b|"
    r"\bwritten (down )?there\b|\b(participant|speaker) \d+|\bsorry,|\b(yes|no),? it (did|does|is|was)\b|"
    r"\byou want(ed)? (my|me|feedback)\b|\byou (shared|listed|showed)\b",
    re.I,
)
THROWAWAY = re.compile(
    r"^\W*(?:(?:yeah|yes|yep|yup|no|nope|nah|ok|okay|right|so|well|um+|uh+|er+|erm|hm+|mm+|oh|ah|and|but|"
    r"exactly|absolutely|definitely|sure|true|correct|indeed|anyway|totally|maybe|probably|i know|i see|"
    r"i think so|i guess so|i don[’']?t know|i suppose|i suppose so|of course|not really|that[’']?s (it|"
    r"all|right|"
    r"true)|you know|i mean|really|honestly|fine|good|great|all good|same|got it|fair enough|god|"
    r"gosh)\b\W*)+$",
    re.I,
)
REPLY = re.compile(
    r"^\W*(yeah|yes|yep|no|nope|okay|ok|right|exactly|absolutely|definitely|sure|true|agreed?|not really|"
    r"of course|oh|ah|hm+|mm+|um+|uh+|er+|erm|see|look|now|well|anyway|i (also )?(dis)?agree|"
    r"same)\b(?! (one|body|matter|way|longer))",
    re.I,
)
# A sentence that begins so needs the one before it.
LEANS = re.compile(
    r"^\W*(and|but|or|nor|how|to|at least|at most|which|whose|"
    r"because|[’']?cause|[’']?cos|cuz|that|that[’']s|this|these|"
    r"those|they|they[’']\w+|them|he|he[’']\w+|she|she[’']\w+|his|her|him|their|theirs|its|then|than|otherwise|"
    r"also|too(?! (?:many|much|few|little|often|long))|neither|"
    r"either|same|hence|therefore|thus|instead|except|plus|including|such|especially|likewise|though|"
    r"although that|yet|still|not|like|similarly|however|meanwhile|both|another|whereas|etc|"
    r"(the|an)?other|first|firstly|second|secondly|third|thirdly|finally|lastly|next|"
    r"the (same|other|latter|former|second|third|next|last one|only one)|for (example|instance)|"
    r"in (other words|this|that|those|these|such|addition|contrast|turn)|"
    r"(on|in) the (other|contrary|same)|at (that|this)|after (that|this)|from (that|there|this)|"
    r"with (that|this)|"
    r"to (that|this)|by (that|this)|about (that|this)|(as|even) (well|so)|on top of (that|it|this)|"
    r"apart from (that|this)|"
    r"as a result|of (those|these|that|them)|(some|one|two|most|all|none|many|each|half) of (them|those|"
    r"these|that|it)|"
    r"there(?! (is|are|was|were|has|have|had|will|would|could|should|might|must|may|can|isn|wasn|weren|"
    r"aren|"
    r"used|seems|seemed|comes|came|never|just|always|wouldn|won|hasn|hadn|haven|needs|simply|really)\b|"
    r"[’']))\b",
    re.I,
)
IT = re.compile(r"^\W*(it|it[’']\w+)\b", re.I)
EXPLAINS_ITSELF = re.compile(
    r"^\W*(so |well,? |honestly,? |i think )*it(?:[’']s| is| was|[’']d be| would be| isn[’']t|"
    r" wasn[’']t| has been|"
    r" takes| took| helps| helped| means a lot| matters| feels| felt| seems| seemed| makes| made)"
    r"(?: [\w'’-]+){0,5}? "
    r"(to|that|who|when|how|having|being)\b",
    re.I,
)
# "It wasn't the caseload" says what it is about.
IT_WAS_NOT = re.compile(
    r"^\W*it(?:[’']s| is| was)?(?:n[’']?t| wasn[’']?t| isn[’']?t| weren[’']?t| not| never) "
    r"(?:about |because of |for )?(?:the|my|our|any)\b",
    re.I,
)
THAN_THAT = re.compile(r"\b(?:than|of|about|like|from|with|for) (?:that|this)(?=[.,;!?])", re.I)
SO = re.compile(r"^\W*so\b(?! (much|many|few|little|often))", re.I)
FILLER = re.compile(
    r"\b(um+|uh+|er|erm|hm+|you know|i mean|sort of|kind of|basically|literally|or something|and stuff|"
    r"whatever|like,)",
    re.I,
)
STUTTER = re.compile(r"\b(\w+(?: \w+)?)(?:,|…|\.\.\.| -| –)? \1\b", re.I)
MEANT_TWICE = {
    "had",
    "that",
    "very",
    "really",
    "no",
    "so",
    "never",
    "long",
    "years",
    "always",
    "many",
    "her",
}
THE_OTHER = re.compile(r"\bthe others?(?=[.,;!?])", re.I)
OWN_VOICE = re.compile(r"\b(i|me|my|mine|we|us|our|ours|myself|ourselves)\b", re.I)
NUMBER_MASK = re.compile(
    r"\[[^\]]*(number|phone|e-?mail|postcode|address|date of birth|url|link)[^\]]*\]", re.I
)
ASIDE = re.compile(r"[\[(](?:[a-z][\w ,]*)[\])]")
BROKEN_END = re.compile(r"(\.\.\.?|…|[-–—,:;])[\"'”’)\]]*$")
ENDED = re.compile(r"[.!?][\"'”’)\]]*$")
QUESTION = re.compile(r"\?[)\]]*$")
HANGING_END = re.compile(
    r"\b(and|but|or|so|the|a|an|to|of|with|because|which|that|my|our|their|for|in|on|at|if|when|is|was|"
    r"were|are|"
    r"i|we|they|um|uh|er|like|just|very|as|than|by|from)$",
    re.I,
)
STARTS = re.compile(r"^[\"'“‘(\[]*[A-Z0-9£]")
