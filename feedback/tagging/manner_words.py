"""Kinds of words that tell how a statement is made: whose reason it gives, and whether it is denied."""

from __future__ import annotations

KINDS: dict[str, str] = {
    "NEG": (
        "not n't never no nobody none nothing neither nor hardly barely without cannot can't don't didn't "
        "wasn't isn't weren't won't wouldn't couldn't hasn't haven't hadn't doesn't aren't ain't "
        "shouldn't nope zero little"
    ),
    "SELF": "i me my mine myself i'm i've i'd i'll",
    "WE": "we us our we're we've we'd ourselves",
    "YOU": "you your you're you'd you've one",
    "OTHER": (
        "he she they him her them his their he'd she'd they'd they're he's she's they've others people "
        "everyone everybody someone somebody friend friends mate mates colleague colleagues sister "
        "brother mum dad wife husband partner neighbour teachers nurses staff students trainees lads "
        "girls woman man men women guy girl lad folk most many some several few loads plenty lots half "
        "those ones another other group cohort predecessor"
    ),
    "BOSS": "manager managers management boss bosses head director hr supervisor supervisors",
    "SAY": (
        "say says said saying tell tells told think thinks thought reckon reckons reckoned claim claimed "
        "claims believe believes believed insisted mention mentioned hear heard gather apparently rumour "
        "assume assumes"
    ),
    "LEAVE": (
        "leave leaves leaving left quit quits quitting resign resigned resigning go goes going gone went "
        "walk walked out away packed departure exit notice off"
    ),
    "STAY": "stay stayed staying stuck lasted managed coped remain remained carried kept keep",
    "WHY": (
        "because over due reason reasons why cause caused behind factor down about blame account decision "
        "decide driver"
    ),
    "IF": "if unless provided suppose supposing imagine once until should had were",
    "MOD": (
        "would could might may 'd should will 'll won't wouldn't couldn't possibly perhaps maybe probably"
    ),
    "PROB": (
        "problem problems issue issues trouble complaint complaints fault faults wrong bad concern "
        "difficulty criticism criticise grumble"
    ),
    "MATTER": (
        "matter mattered bother bothered bothers affect affected mind minded worry worried influence "
        "drive drove push pushed made make tempt forced scare scares"
    ),
    "BAD": (
        "bad badly poor poorly terrible awful unfair low lower difficult hard harder hardest dull boring "
        "bored lonely isolated exhausted tired stressed burnt unhappy dissatisfied upset worried scared "
        "worse worst overworked underpaid pressured overwhelmed unwelcome useless rubbish dreadful heavy "
        "bullied struggle struggled struggling hated hate hates complain complained complaining moan "
        "moaned moaning nightmare ill sick fed enough ruined burden unsupported excessive unreasonable"
    ),
    "GOOD": (
        "good great fine lovely nice happy kind brilliant excellent decent fair ok okay alright better "
        "best supported valued safe heard paid listened love loved enjoy enjoyed like liked wonderful"
    ),
    "Q": "was did were is do does why what who how",
    "NOTSO": "much rather instead opposed less far despite spite regardless forget mind",
    "ONLY": "only just simply merely alone all solely partly entirely",
    "TO_ME": (
        "bearing part role effect odds difference consideration thought thinking question matter motive list"
    ),
    "LATER": "one day eventually future someday ever soon years",
    "WISH": "wish wished hoping hoped",
    "BUT": "but although though however whereas while rather than instead despite yet except",
}
