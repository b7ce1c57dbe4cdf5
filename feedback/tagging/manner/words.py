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

# Classes of words for `manner_frame`: each word has one.
FRAME_WORDS: dict[str, str] = {
    "I": "i ah",
    "ME": "me my mine myself our ours us ourselves wor",
    "WE": "we",
    "YOU": "you your yours yourself yer",
    "HE": "he she they him her them his their theirs hers himself herself themselves those",
    "FOLK": (
        "people everyone everybody others someone somebody anyone anybody folk folks most many some "
        "several few loads lots plenty half ones ppl whoever another other else lot"
    ),
    "PEER": (
        "colleague colleagues staff nurse nurses teacher teachers worker workers student students trainee "
        "trainees junior juniors driver drivers cleaner cleaners developer developers tester testers "
        "volunteer volunteers peer peers leaver leavers registrar registrars midwife midwives carer "
        "carers employee employees assistant assistants starter starters graduate graduates predecessor "
        "successor replacement cohort guy guys girl girls lad lads woman women man men lady ladies boy "
        "boys person bloke blokes receptionist receptionists porter porters engineer engineers chef chefs "
        "temp temps newcomer newcomers"
    ),
    "KIN": (
        "friend friends mate mates sister brother mother father mum dad wife husband partner neighbour "
        "neighbours son daughter cousin cousins aunt uncle flatmate girlfriend boyfriend grandmother nan "
        "gran niece nephew"
    ),
    "BOSS": (
        "manager managers management boss bosses head heads director hr supervisor supervisors leader "
        "lead leads matron chair coordinator coach chief owner deputy gaffer trust council company school "
        "agency office trainer mentor tutor consultant doctor gp union payroll employer trustees "
        "leadership ceo principal"
    ),
    "SERVED": (
        "patient patients child children kid kids parent parents customer customers relatives family "
        "families client clients resident residents user users pupil pupils baby babies public"
    ),
    "IT": "it its that this which system thing",
    "THERE": "there here",
    "THE": "the a an",
    "NOT": (
        "not n't never no nobody none nothing neither nor hardly barely scarcely without cannot cant dont "
        "didnt wasnt isnt werent wont wouldnt couldnt hasnt havent hadnt doesnt arent aint nah nope "
        "wisnae least rather instead less opposed far little unrelated nowhere immaterial irrelevant"
    ),
    "IF": "if unless provided providing suppose supposing imagine should had were once until",
    "WOULD": ("would could might may will wouldn't couldn't won't wd wld possibly perhaps maybe potentially"),
    "SAY": (
        "say says said saying tell tells told telling think thinks thought reckon reckons reckoned claim "
        "claims claimed believe believes believed insist insists insisted mention mentioned hear heard "
        "gather apparently rumour assume assumes assumed according blame blames blamed cite cites cited "
        "report reports wrote complain complains complained complaining swears"
    ),
    "LEAVE": (
        "leave leaves leaving left quit quits quitting resign resigned resigning go goes going gone went "
        "walk walked off out away departure notice"
    ),
    "STAY": "stay stayed staying lasted managed coped remain remained kept keep carried stuck",
    "WHY": ("because over due reason reasons why cause caused cos behind factor down owing account"),
    "FEEL": (
        "feel felt feels struggle struggled struggling struggles hate hated hates love loved loves cried "
        "cry crying cope afford stand want wanted wants find found finds worry worried worries like likes "
        "liked fed scared frightened suffered minded mind minds"
    ),
    "BE": "was is are am been being be",
    "HAVE": "have has got get gets getting having",
    "GIVE": (
        "gave give gives given sent send sends made make makes asked ask asks moved move moves promised "
        "took take takes changed cancelled refused offered let lets closed stopped put"
    ),
    "MATTER": (
        "problem problems issue issues matter mattered bother bothered bothers affect affected influence "
        "part role drove push pushed complaint complaints fault faults trouble"
    ),
}
