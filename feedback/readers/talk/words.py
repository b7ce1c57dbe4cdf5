"""Word lists by which labels are told from speech."""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.replace("\n", " ").split())


# Kinds of speaker that transcripts name, in the singular; "_" stands for a space.
KINDS = _set("""
    interviewer interviewee participant respondent researcher facilitator moderator speaker question
    answer host guest client service_user observer interpreter translator chair group all both several
    everyone unknown unidentified all_participants all_speakers unknown_speaker unidentified_speaker
    unknown_participant unidentified_participant male_voice female_voice male_speaker female_speaker
    male_participant female_participant male_respondent female_respondent multiple_speakers int res resp
    par ip fg spk fac mod
""")
LETTERS = _set("i p q a r m f s")

# Words in front of a colon that head a note or a list and are no speakers, however often they stand there.
NO_SPEAKER = _set("""
    note notes nb ps re subject date time location venue place duration length title project study file
    recording from to cc bcc summary example examples context setting comment comments http https mailto
    warning pros cons source sources transcript transcription audio version total transcriber interview
    part section page reason reasons result results yes no so and but hello hi thanks sure exactly right
    laughter laughs pause silence mm mhm hmm cool great remember anyway also however because then well
    okay ok eg ie background introduction overview description instructions disclaimer confidential
    confidentiality important agenda purpose aim aims topic topics abstract keywords key legend
    conventions method format programme
    yeah yep nope absolutely definitely correct sorry please wow nice indeed obviously basically honestly
    personally firstly secondly thirdly lastly finally overall generally
    pay salary wages hours workload caseload training supervision benefits culture management leadership
    support location commute flexibility stress health wellbeing progression paperwork bureaucracy morale
    laugh laughing crosstalk inaudible unclear indistinct coughs sighs music applause overtalking silence
    break interruption phone door redacted name place
    start end begin duration page agenda outcome actions action decision decisions
""")
# People who may say a word in somebody else's interview, and are not the one who is interviewed.
OTHERS = _set("""
    husband wife partner mother father mum mom dad parent parents son daughter child children baby kid kids
    brother sister grandmother grandfather nan gran friend colleague manager supervisor nurse carer advocate
    solicitor support_worker interpreter secretary receptionist waiter stranger man woman boy girl visitor
    neighbour teacher doctor siri alexa zoom teams system operator recording transcriber narrator voice
""")
# Words that no label begins with.
NO_START = _set("""
    a an the this that these those my our your his her their its two three four five six one first
    second third another and but so because then also or if when what why how who where there here it he
    she they we you i'd i'm i've it's that's he's she's there's is was were are be with in on at for to
    of as from some all many most each every no not yes like just well ok okay hi hello dear
""")
# Words of a name that are written small.
PARTICLES = _set("van von der den de da dos del la le di al el bin ibn bint abu ap o of the st ter")

# What heads the columns of a transcript table.
TABLE_HEADS = _set("""
    time speaker text content timestamp timespan name who transcript utterance start end comment words
    said line no number # turn what was timecode
""")

# Words that are masked all over a text if somebody takes them for a name.
TOO_COMMON = _set("""
    a an the this that these those and but or nor so if as at by for from in into of off on out over to up
    with i me my you your he him his she her hers it its we us our they them their who whom what when where
    why how is am are was were be been do does did has had have can could would should shall not no yes all
    any some none both each here there then than too very just now oh mr mrs ms miss dr
""")
