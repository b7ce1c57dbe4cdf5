"""Families, health, inspections, known events and days that point at one person: small grammars of each.

A grammar is made of a number or a word for one of a kind, the noun it counts, and what is said of it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import regex

from feedback.edits.telling.indirect_words import MONTH_NAME, NUMBER_WORD


class Rule(NamedTuple):
    """What `pattern` matches (its group "it", if it has one) is of this kind; `safe` says it safely."""

    kind: str
    pattern: Any
    safe: str


def _rule(kind: str, pattern: str, safe: str) -> Rule:
    return Rule(kind, regex.compile(f"(?i){pattern}"), safe)


_NUMBER = rf"(?:{NUMBER_WORD}|\d{{1,2}})"
_FEW = r"(?:two|three|both|2|3)"
# Four and more are a family that few have; from sixteen on they are somebody's caseload.
_MANY = (
    r"(?:four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"(?:(?<![\d.,/:])(?:[4-9]|1[0-5])))"
)
_KIN = (
    r"(?:brother|sister|sibling|son|daughter|grandchild|cousin|aunt|aunty|auntie|uncle|nephew|niece|"
    r"half[- ]?(?:brother|sister|sibling)|step[- ]?(?:brother|sister|son|daughter|child)|grandson|"
    r"granddaughter)"
)
_CHILDREN = (
    rf"(?:{_KIN}(?:s|ren)?|children|child|kids|babies|boys|girls|weans|bairns|under[- ](?:fives|ones))"
)
_PARENT = (
    r"(?:mother|father|mum|dad|mam|mom|parents?|husband|wife|partner|gran|nan|nana|grandad|grandmother|"
    r"grandfather|grandparents?|twin)"
)
_OWN = r"(?:her|his|their|my|our|the|its)"
_ADJ = (
    r"(?:(?!(?:years?|months?|weeks?|days?|hours?|of|and|or|to|in|on|other|different)\b)[\p{L}'’-]+\s){0,2}"
)
_CASES = r"(?!\s?(?:each|allocated|per\b|on\s(?:my|her|his|our|their|the)\s(?:caseload|books|list)))"
_HELD = (
    r"(?<!\b(?:hold|holding|held|caseload of|caseloads of|caseload was|allocated|covering|have had|than)\s)"
)
# What is rare to be said of a relation.
_FATE = (
    r"(?:adopted|removed|fostered|taken|in care|in prison|in jail|inside|locked up|sectioned|killed|"
    r"murdered|"
    r"drowned|stillborn|buried|died|dead|deaf|blind|disabled|autistic|deported|missing|trafficked|"
    r"the (?:same|lot)|from that|married)"
)
_UNUSUAL_FAMILY = "in an unusual family"
_FAMILY = (
    rf"\b{_HELD}{_MANY}\s{_ADJ}{_CHILDREN}\b{_CASES}(?:\sin\s{_NUMBER}\s\w+)?",
    rf"\b(?:{_NUMBER}|some|none|all|both|one)\sof\s{_OWN}\s(?:own\s)?{_NUMBER}\b(?!\s(?:years?|months?|"
    rf"weeks?))",
    rf"\b(?:{_NUMBER}|all|both)\sof\s(?:them|us)\b(?=[^.!?\n]{{0,30}}\b(?:{_FATE}|gone|managers?|"
    rf"workers?|teachers|nurses|police)\b)[^.!?;:\n,]{{0,60}}",
    rf"\b(?:{_FEW}|one|an?|{_OWN}|{_MANY})\s{_ADJ}(?:{_KIN}s?|{_PARENT}|children|kids|babies)"
    rf"\s(?:[\p{{L}}'’]+\s){{0,3}}?{_FATE}\b"
    rf"(?:[^.!?;:\n,]{{0,40}})",
    r"\b(?:(?:sets?|pairs?) of\s)?(?:identical\s)?(?:twins?|triplets?|quads|quadruplets|quintuplets)"
    r"\b(?!\s(?:room|bed|track|town|set))",
    rf"\b(?:sibling group|family|household|mother|father|mum|mam|dad|one|youngest|eldest|oldest|middle)"
    rf"\sof\s{_MANY}\b"
    rf"(?!\s(?:years|months|weeks|us|them|the)\b)",
    rf"\b{_NUMBER}\s(?:different\s)?(?:dads|fathers|mums|mothers|husbands|wives|marriages|generations)\b",
    rf"\b{_MANY}\s(?:\w+\s)?(?:placements|foster (?:homes|carers|placements)|schools|children['’]s homes)"
    rf"\b",
    rf"\b{_OWN}\s(?:{_KIN}|{_PARENT})(?:['’]s|\s(?:is|was))\s(?:the|also|one of|on the|in the)"
    rf"\b[^.!?;:\n,]{{0,80}}",
    rf"\b{_OWN}\s{_PARENT}\b[^.!?\n]{{0,30}}\b(?:both|also)\s[^.!?;:\n,]{{0,60}}",
    rf"\b(?:both|all)\s(?:\w+\s)?(?:of\s)?{_OWN}\s(?:parents|{_KIN}s|children)\b[^.!?;:\n,]{{0,80}}",
    rf"\b{_OWN}\sown\s{_NUMBER}\b(?!\s\w)",
    rf"\b(?:is|was|being|were|are|['’]s)\s(?:{_OWN}|\p{{L}}+['’]s)\s(?:own\s|late\s)?(?:{_KIN}|{_PARENT})"
    r"(?:[- ]in[- ]law)?\b(?!['’])",
    rf"\b{_OWN}\s(?:{_KIN}|{_PARENT})\s(?:being|used to be|works as|worked as)\s[^.!?;:\n,]{{0,80}}",
    r"\bmarried\s(?:to\s)?(?:the|my|our|her|his|a)\s[^.!?;:\n,]{0,60}",
    r"\b(?:only|one such|such a|another)\sfamily\b[^.!?;:\n,]{0,80}",
    rf"\b(?:a|the)\s(?:boy|girl|lad|lass|child|woman|man|mother|mum|baby)\swith\s(?:no|one|{_NUMBER}|an?)"
    rf"\s(?!of\b)[^.!?;:\n,]{{3,60}}",
)

_CONDITION = (
    r"(?:multiple sclerosis|(?-i:MS(?!\s[Tt]eams)|ME|HIV|COPD|IBS|PTSD|OCD|ADHD|ASD|PCOS|EDS)|"
    r"epilep(?:sy|tic)|"
    r"dyslexi[ac]|"
    r"dyspraxi[ac]|autis(?:m|tic)|asperger['’]?s|neurodivergent|diabet(?:es|ic)|cancer|leuk(?:a)?emia|"
    r"lymphoma|"
    r"chemo(?:therapy)?|dialysis|hearing aids?|cochlear implant|lip[- ]?reads?|guide dog|wheelchair|"
    r"crutches|prosthe(?:tic|sis)|artificial leg|amput\w+|stammer|stutter|bipolar|schizophreni[ac]|"
    r"psychosis|"
    r"lupus|crohn['’]?s|colitis|stoma|fibromyalgia|parkinson['’]?s|alzheimer['’]?s|dementia|"
    r"cerebral palsy|spina bifida|down['’]?s syndrome|sickle cell|thalassaemia|cystic fibrosis|"
    r"miscarriages?|stillbirth|ivf|heart attack|transplant|kidney|tumour|deaf|blind|partially sighted|"
    r"visually impaired|registered disabled|one arm|one leg|one eye|limp|lost (?:the|an?|my|his|her|a)"
    r" (?:other|leg|arm|eye|hand|foot))"
)
_HEALTH = (
    rf"\b(?:i|i['’]m|i['’]ve|im|ive|my|me|he|she|he['’]s|she['’]s|his|her|who|who['’]s|with|the one|"
    rf"(?-i:\p{{Lu}}\p{{Ll}}+)(?:['’]s)?)\b"
    rf"[^.!?;\n]{{0,45}}?\b(?P<it>(?:the\s(?:one|woman|man|worker|lad|girl)"
    rf"\swith\s[^.!?;\n]{{0,15}}?)?\b{_CONDITION})\b",
    r"\b(?:only|one)\s(?:working|good)\s(?:leg|arm|eye|hand|ear|kidney|lung)\b",
    r"\b(?:signed off|off sick|went off|off work)\swith\s(?!stress|a cold|flu|covid)[^.!?;:\n,]{3,40}",
    rf"(?:^|[(:,]\s?)(?P<it>{_CONDITION})\b(?=[),.;]|$)",
)

_MEDIA = (
    r"(?:news|papers?|telly|tv|television|radio|headlines|front pages?|local rag|tabloids?|sunday papers|"
    r"(?-i:(?:Daily\s)?(?:Echo|Gazette|Mail|Post|Argus|Mirror|Sun|Times|Guardian|Herald|Chronicle|"
    r"Express|Telegraph|"
    r"Star|Record|Courier|Evening\s\p{Lu}\p{Ll}+|BBC|ITV|Sky|Panorama|Newsnight|Dispatches|Radio\s\w+)))"
)
_EVENT = (
    rf"(?:\b(?:the|that|my|our|a|one)\s[\p{{L}}'’ -]{{2,40}}?,?\s)?\b(?:was|were|is|been|it['’]?s|in|on|"
    rf"made|hit|got|all over|went)\s"
    rf"(?:\w+\s){{0,2}}?(?:in|on|over|made|hit|all over|onto)?\s?(?:all\s)?(?:the\s|national\s|local\s|"
    rf"every\s){{1,2}}{_MEDIA}\b[^.!?;\n]{{0,20}}",
    r"\b(?:in|on|by|to)\s(?:the\s)?(?-i:(?:Daily\s)?(?:Echo|Gazette|Argus|Mail|BBC|ITV|Panorama|"
    r"Newsnight|Dispatches|Radio\s\d|Facebook|Twitter|TikTok|YouTube))\b[^.!?;\n]{0,20}",
    r"\b(?:thing|post|posts|row|video|clip|comments?|page|group|rant|photo|stuff)\s(?:on|about|all over)"
    r"\s(?:facebook|fb|twitter|tiktok|x|insta(?:gram)?|youtube|social media)\b",
    r"\b(?:front page|headline news|high[- ]profile|went viral|national scandal|made national|"
    r"on panorama|on newsnight)\b[^.!?;:\n,]{0,40}",
    r"\b(?:serious case review|case review|(?:child )?(?:safeguarding )?practice review|inquest|"
    r"public inquiry|"
    r"murder trial|manslaughter|coroner['’]?s (?:court|report)|domestic homicide review)"
    r"s?\b[^.!?;:\n]{0,50}",
    r"\b(?:you can|you['’]ll|you could|go and|just)?\s?(?:look (?:it|her|him|me|us|that|them) up|"
    r"google (?:it|her|him|me|that|us)|(?:you['’]ll have|you(?:['’]ve| have| will have| may have|"
    r" might have)?) (?:seen|heard of|read about) (?:it|him|her|that))\b[^.!?;:\n]{0,20}",
    r"\blook up\s(?!to\b)[^.!?;:\n]{4,60}",
    r"\b(?:was|were|got|been)\s(?:murdered|stabbed|shot|jailed|arrested|convicted|sentenced|kidnapped|"
    r"burn(?:t|ed) (?:down|out))\b[^.!?;:\n]{0,30}",
)

_VERDICT = (
    r"(?:inadequate|outstanding|requir(?:es?|ed|ing) improvement|needs improvement|special measures|"
    r"(?-i:RI)|failing)"
)
_INSPECTED = (
    r"(?:ofsted|ilacs|inspect(?:ion|ors?|ed|orate)|estyn|(?-i:CIW|CQC|HMIP|RQIA)|judge?ment|rating|rated|"
    r"grading)"
)
_INSPECTION = (
    rf"\b(?:been\s|just\s|was\s|were\s|had\s|have\s)*(?:rated|judged|graded|found|went|gone|go|dropped|"
    rf"fell|slid|moved|got|came out|put|placed|called|declared|deemed)\b"
    rf"[^.!?\n]{{0,40}}?\b{_VERDICT}(?!\s(?:staff\w*|supervision|resourc\w+|training|support|pay|time|"
    rf"cover|facilit\w+|housing))\b[^.!?;:\n,]{{0,60}}",
    rf"\b{_INSPECTED}\b[^\n]{{0,60}}\n?[^\n]{{0,30}}?\b{_VERDICT}\b[^.!?;:\n]{{0,40}}",
    rf"\b{_VERDICT}\b[^.!?\n]{{0,40}}?\b(?:{_INSPECTED}|authority|council)\b",
    r"\b(?:an?|the|its|their|our|second|third|first|double|another|that|this)\s(?:(?:second|third|first|"
    r"double)\s)?"
    r"(?:inadequate|requires improvement|outstanding)\b(?=[.,;!?)]|\s(?:and|in|when|again|that|last|"
    r"came|for)\b|$)",
    r"(?<=[\p{Ll},;]\s)(?-i:Inadequate|Requires Improvement|Outstanding)\b(?=[.,;!?)]|\s(?:and|in|"
    r"twice|when|again)\b|$)",
    r"\b(?:improvement notice|intervention from the (?:dfe|department)|(?:dfe|government)"
    r" (?:commissioner|intervention|advisers?)|commissioners? (?:came|sent|went|were|was) in|"
    r"(?:taken|took) (?:over|into) (?:by )?(?:a|the) trust|stripped of|children['’]s services were taken)"
    r"\b[^.!?;:\n]{0,40}",
)

_FEAST = (
    r"(?:good friday|easter (?:sunday|monday|saturday)|boxing day|christmas (?:eve|day)|"
    r"new year['’]?s (?:eve|day)|"
    r"hogmanay|bonfire night|guy fawkes|halloween|valentine['’]?s(?: day)?|st\.? (?:patrick|david|andrew|"
    r"george)['’]?s day|"
    r"mother(?:['’]s|ing)? (?:day|sunday)|father['’]?s day|remembrance (?:sunday|day)|shrove tuesday|"
    r"pancake day|ash wednesday|"
    r"maundy thursday|palm sunday|burns night|may day|(?:early |late )?may bank holiday|"
    r"august bank holiday|"
    r"eid(?:[- ]al[- ](?:fitr|adha))?|diwali|vaisakhi|yom kippur|rosh hashanah|passover|"
    r"chinese new year|lunar new year|nowruz|orthodox (?:christmas|easter)|epiphany|"
    r"midsummer['’]?s? (?:day|eve|night)|"
    r"christmas|easter|ramadan|hanukkah|chanukah)"
)
_DAY_NAME = (
    r"(?:good friday|easter (?:sunday|monday|saturday)|boxing day|christmas (?:eve|day)|"
    r"new year['’]?s (?:eve|day)|hogmanay|"
    r"bonfire night|halloween|valentine['’]?s day|st\.? (?:patrick|david|andrew|george)['’]?s day|"
    r"mother(?:['’]s|ing) (?:day|sunday)|"
    r"father['’]?s day|remembrance (?:sunday|day)|shrove tuesday|ash wednesday|maundy thursday|"
    r"palm sunday|burns night|may day|yom kippur|eid day)"
)
_NTH = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|"
    r"fourteenth|fifteenth|"
    r"sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ](?:first|second|third|fourth|fifth|"
    r"sixth|seventh|eighth|ninth)|"
    r"thirtieth|thirty[- ]first)"
)
_DATE = (
    rf"\b{_DAY_NAME}\b(?:,?\s(?:19|20)\d\d)?",
    rf"\b(?:the\s)?(?:{_NUMBER}|a|the|few|couple of)\s(?:days?|nights?|weeks?)\s(?:before|after)"
    rf"\s{_FEAST}\b",
    rf"\b(?:the\s)?(?:day|night|morning|week)\s(?:before|after|of)\s{_FEAST}\b",
    rf"\b(?:the\s)?(?:first|second|third|last|final|1st|2nd|3rd)\s(?:week|weekend|day|monday|tuesday|"
    rf"wednesday|thursday|friday|saturday|sunday)"
    rf"\s(?:of|in)\s{MONTH_NAME}\b(?:\s(?:19|20)\d\d)?",
    rf"\b(?:on|by|until|till|since|from|is|was|before|after)\s(?P<it>the\s{_NTH})(?=[.,;:!?)]|$|\s(?:and|"
    rf"but|we|i|he|she|they|at|when|with|for)\b)",
    r"\b(?:turn(?:s|ed)|was)\s(?:\w+\s)?(?:\d{2}|eighteen|sixteen|twenty[- ]?one)\s(?:on|last|this)"
    r"\s(?P<it>(?:last\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
)


RULES: tuple[Rule, ...] = (
    *(_rule("family", pattern, _UNUSUAL_FAMILY) for pattern in _FAMILY),
    *(_rule("health", pattern, "with a health condition or disability") for pattern in _HEALTH),
    *(_rule("event", pattern, "a case that became known") for pattern in _EVENT),
    *(_rule("inspection", pattern, "after an inspection") for pattern in _INSPECTION),
    *(_rule("date", pattern, "around that time of year") for pattern in _DATE),
)
