"""Small words that tell a name from another word: titles, heads of names, prepositions, verbs of speech."""

from __future__ import annotations

from feedback.edits.text.words import word_set

TITLES = word_set(
    "mr mrs ms miss mx mister dr doctor prof professor sir dame lady rev reverend cllr councillor "
    "pastor judge hhj dc pc dci sgt haji hajji"
)
# Titles before surnames in small letters; after the sure ones even a word is a name: "mr cash".
SMALL_TITLES = word_set("mr mrs ms miss mister dr cllr dc pc dci sgt pastor auntie aunty uncle")
SURE_TITLES = word_set("mr mrs")
# Titles only with a capital: "Auntie Carol", but "my auntie Carol".
KIN = word_set(
    "auntie aunty aunt uncle nana nanny gran granny grandma grandad grandpa sister father mama papa "
    "baba baby big little wee young unborn cousin"
)

ORGANISATION_HEADS = word_set(
    "council borough trust university college school academy primary infants juniors nursery hospital "
    "infirmary surgery clinic hospice prison church mosque partnership foundation association ltd "
    "limited plc llp services service hub charity society team committee institute locality high "
    "cottage lodge manor federation ward refuge hostel nest junior"
)
PLACE_HEADS = word_set(
    "road street avenue lane close drive crescent court house gardens terrace grove way place park "
    "square hill estate centre center green rise mews walk view flats bridge station heath common "
    "valley island rd ave cres"
)
HEADS_WITH_OF = word_set("university college borough city diocese school bishop bank royal isle church")
SAID = word_set("said says told asked goes went rang left came who sent wrote gave took sat looked thought")
# First names that open sentences as nouns: only speech or movement makes them people there.
NEGATED = word_set("didn wasn hadn couldn wouldn doesn hasn")
# What follows a family's name: "the Cox children", "a Boswell boy".
FAMILY_NOUNS = word_set(
    "family families boys girls boy girl children kids siblings sibling twins brothers sisters household "
    "clan lads lad baby pre household lot"
)
# Small letters after a name that make it an organisation: "the Holme Wood team", "Peterhead prison".
SMALL_HEADS = word_set(
    "team teams locality office hub prison hospital court school primary academy nursery council surgery "
    "clinic unit refuge hostel mosque patch site"
)
NOUNS = word_set(
    "summer autumn winter spring hope faith joy justice patience grace charity harmony destiny trinity "
    "honour honor mercy prudence verity april june august may amber ruby dawn sky star storm rain angel "
    "blessing precious happy"
)
# First names that open sentences as verbs.
VERBS = word_set(
    "will mark may rob bill sue drew chase grant pat nick bob josh chuck grace jack rich frank guy young just"
)
# Words that make no name of a head: "Primary School", "Family Court", "Children's Services".
GENERIC = word_set(
    "the a an our my your their his her this that local primary secondary high special sunday social city "
    "county borough district metropolitan unitary town parish children childrens child s family families "
    "foster fostering adoption nhs foundation care mental health adult adults youth young people early "
    "help long short term duty assessment intake referral front door first response contact new old big "
    "infant junior comprehensive grammar boarding state public private free medical community village "
    "crown magistrates supreme youth justice sure start human resources it legal support home housing no "
    "any right wrong one half all every same other main head own safeguarding protection looked after "
    "leaving and of in for with disability disabled safe back side full time north south east west "
    "central customer emergency out hours court school college university hospital council services "
    "service team centre house hub trust church police fire ambulance voluntary sector national royal "
    "england english british uk government study work working practice quality assurance improvement "
    "learning development training through court mash multi agency tribunal i we you it and so but then "
    "when"
)
PLACE_BEFORE = word_set(
    "in from near to at around outside across over towards via through into leaving live lives lived "
    "living moved between beyond central north south east west visiting off"
)
PERSON_NOUNS = word_set(
    "manager supervisor boss lead leader head director deputy colleague friend mate mentor tutor educator "
    "worker man woman boy girl lad lady guy bloke someone somebody sister brother mum mam dad husband "
    "wife partner son daughter cousin uncle aunt auntie nan gran niece nephew twin baby child kid kids "
    "girlfriend boyfriend named consultant coach teacher doctor nurse judge solicitor barrister advocate "
    "guardian admin receptionist practitioner student counsellor therapist psychologist ssw name "
    "neighbour landlord"
)
CALLED = frozenset(("called", "named", "call", "calls", "calling"))
EVERYONE = word_set("everyone everybody all there team both again folks guys you ladies gents colleagues")
ROLES = word_set(
    "minister secretary commissioner officer coordinator inspector member cabinet portfolio responsible "
    "strategy plan guidance policy framework form day week month year request application "
    "apology thanks time reason"
)
# What no organisation is called: "Strategy Meeting", "Core Group", "Child in Need Plan".
PROCEDURE = word_set(
    "meeting meetings conference review reviews plan plans order orders assessment assessments group "
    "groups core panel gateway legal visit visits programme scheme package procedure procedures "
    "framework practitioner social act bill policy work worker workers manager managers protection "
    "proceedings report reports referral referrals caseload supervision support care need lead senior "
    "principal advanced newly qualified chair duty desk level stage step phase sprint product owner "
    "master story stories board day days god lord jesus internet web"
)
# Before a first name in small letters: "my manager rose".
NEAR_PEOPLE = word_set(
    "manager supervisor boss colleague friend brother sister daughter son wife husband baby mum dad mam "
    "called named"
)
# After a name that is called: "Verity, can I say".
SPOKEN_TO = word_set("can could you i do would please will what are thank thanks did shall")
# Before what is no person: "a Scrum team", "using Jira".
BEFORE_THINGS = word_set("the a an our your this that each every any no some using use uses used daily")
ME = frozenset(("me", "him", "her", "them", "us"))
GREETINGS = word_set("hi hiya hello hey dear thanks cheers regards sincerely love morning bye")
# What follows a name at the beginning of a sentence, where its capital says nothing.
AFTER_NAME = word_set(
    "said says say goes went was is had has told asked came left who would did does and s gave got took "
    "rang wrote sat looked knew just never always used left started thought wanted kept made called sent "
    "didn wasn hadn couldn wouldn doesn isn hasn won"
)
# What follows when an ordinary word opens a sentence: "Will you", "May I", "Mark my words".
AFTER_WORD = word_set(
    "you we i he she they it that this there the a an be not my your our their his her to of from up down "
    "in on out off with for as about at is are any all more some"
)
MONTHS = word_set("january february march april may june july august september october november december")
BEFORE_MONTH = word_set(
    "in last next this by since until till from of early late mid before after during around to and or "
    "every end"
)
PARTICLES = word_set("de da di do dos van von der den du la le el al bin ibn ap ab mac mc o st y e ul ur")
EVERY_SPEAKER = word_set(
    "i p q a r m f int interviewer interviewee participant respondent speaker researcher facilitator "
    "moderator unknown host guest man woman male female person voice caller narrator answer question "
    "transcript anonymous user dictaphone recording all both group"
)
# Sounds and slurred words that no dictionary has, and that are no names.
SOUNDS = word_set(
    "aargh argh aye blah cause coulda cos cuz dunno erm eurgh fella gonna gotta haha hehe hiya hmm hmmm "
    "innit kinda lemme loads lol mhmm mmhmm mmm nah naw nope oops ooh outta pffft phew shoulda sorta "
    "summat tbh ugh umm wanna whoa woulda yeah yeh yep yup yous youse alright anyways thingy whatsit "
    "telly quid caseload canny caseloads safeguarding inbox laptop webinar wellbeing screenshot email "
    "emails online website meself hisself handbrake untick etcetera etc devs onboard onboarding gush "
    "config repo admin covid lockdown furlough wifi whatsapp facebook insta snapchat tiktok youtube "
    "google sharepoint"
)
# Words that open the sentence after a letter: "plan C. That was", "Mrs K. The".
NO_SURNAMES = (
    GENERIC
    | AFTER_WORD
    | AFTER_NAME
    | word_set(
        "two three please thanks yes ok okay because if now also well oh what how why they she he my me "
        "us will may just"
    )
)
