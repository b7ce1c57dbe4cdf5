"""Words of what identifies together with other things: numbers, bands, rare roles, beliefs, languages."""

from __future__ import annotations

_UNITS = (
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LONGEST_FIRST = "|".join(sorted(_UNITS[1:], key=len, reverse=True))
NUMBER_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_UNITS[1:10])}))?|(?:{_LONGEST_FIRST}))"
BANDS = (
    (1, "a baby"),
    (5, "a young child"),
    (11, "of primary school age"),
    (16, "a young teenager"),
    (20, "in their late teens"),
)
DECADES = ("", "", "twenties", "thirties", "forties", "fifties", "sixties", "seventies")
OLDEST = 80
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = "|".join(MONTHS)
MONTH_NAME = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
SEASONS = ("winter", "spring", "summer", "autumn")


def number_of(written: str) -> int:
    """A number under a hundred, in figures or words."""
    if written.isdigit():
        return int(written)
    return sum(
        _UNITS.index(word) if word in _UNITS else 10 * (_TENS.index(word) + 2)
        for word in written.lower().replace("-", " ").split()
    )


# A post, and so a person that can be looked up, when there is "the only" or "the first" before it.
ROLES = (
    r"\b(?:social worker|worker|manager|head|headteacher|teacher|director|assessor|officer|sergeant|"
    r"inspector|constable|"
    r"doctor|gp|consultant|nurse|midwife|surgeon|registrar|paediatrician|psychologist|psychiatrist|"
    r"solicitor|barrister|"
    r"judge|magistrate|coroner|councillor|mayor|mp|vicar|priest|imam|rabbi|minister|bishop|chaplain|"
    r"preacher|pastor|dean|"
    r"professor|lecturer|student|trainee|graduate|apprentice|carer|foster carer|adopter|user|man|woman|"
    r"male|female|"
    r"interpreter|translator|signer|speaker|supervisor|practitioner|lead|deputy|chair|governor|secretary|"
    r"pa|"
    r"wheelchair|deaf|blind|black|asian|gay|lesbian|trans|traveller|muslim|jewish|hindu|sikh|buddhist|"
    r"christian|"
    r"firefighter|paramedic|pilot|farmer|baker|butcher|undertaker|pharmacist|dentist|vet|shopkeeper|"
    r"landlord|landlady|"
    r"publican|postman|postmistress|postmaster|fisherman|lifeguard|coach|referee|footballer|player|"
    r"singer|actor|actress|"
    r"journalist|reporter|presenter|author|boxer|soldier|major|colonel|captain)s?\b"
)
# Posts of which a town has one, so that no "only" is needed.
RARE_ROLES = (
    r"(?:parish |town |county )?councillor|mayor|mp|(?:police )?sergeant|chief constable|superintendent|"
    r"head ?(?:teacher|master|mistress)|head (?:girl|boy|of house|of year)|deputy head|school governor|"
    r"chair of governors|dinner lady|"
    r"lollipop (?:lady|man)|vicar|bishop|archdeacon|dean|imam|rabbi|lay preacher|churchwarden|organist|"
    r"coroner|magistrate|"
    r"high sheriff|town crier|harbour ?master|lighthouse keeper|postmistress|postmaster|chief executive|"
    r"(?:director|leader|manager|mayor|minister)['’]s (?:pa|wife|husband|son|daughter|brother|sister|"
    r"niece|nephew|secretary|driver)|"
    r"professional (?:footballer|boxer|rugby player|cricketer|dancer|musician)|footballer|olympian|"
    r"paralympian|"
    r"(?:tv|television|radio|news) (?:presenter|reporter|host|personality)|newsreader|weather ?(?:man|"
    r"girl|presenter)|"
    r"novelist|ballet dancer|opera singer|astronaut|diplomat|ambassador|consul|undertaker|gamekeeper|"
    r"(?:mountain rescue|lifeboat|crew) (?:volunteer|leader|coxswain)|coxswain|ex-?(?:nun|priest|monk|"
    r"footballer|police officer)|"
    r"chorister|altar (?:boy|server)|bell[- ]?ringer|prefect|mascot|champion|medallist|cadet|drag queen|"
    r"dj|influencer|"
    r"youtuber|wrestler|bodybuilder|stuntman|magician|clown|beekeeper|falconer|shepherd|crofter|"
    r"trawlerman|miner|"
    r"jockey|referee|lifeguard|auctioneer|taxidermist|piper"
)
BELIEFS = (
    r"methodist|catholic|quaker|baptist|pentecostal|presbyterian|anglican|coptic|orthodox|evangelical|"
    r"mormon|"
    r"jehovah['’]?s witness(?:es)?|plymouth brethren|brethren|seventh[- ]day adventist|salvationist|"
    r"salvation army officer|muslim|shia|"
    r"ahmadi(?:yya)?|ismaili|sufi|jewish|charedi|haredi|hasidic|sikh|hindu|jain|buddhist|bahá?['’]?[ií]|"
    r"zoroastrian|parsi|"
    r"rastafarian|rasta|pagan|wiccan|druid|humanist|romany|romani|roma|gypsy|traveller|nun|monk|"
    r"lay preacher|lay reader|ordained|"
    r"deacon(?:ess)?|elder|imam|rabbi|niqab|hijab|headscarf|turban|kippah|kirpan|yarmulke|burqa|"
    r"born[- ]again|free church|"
    r"convent|monastery|seminary|novice|sisters? of (?:mercy|charity)|madrass?ah?|yeshiva|congregation|"
    r"gurdwara|synagogue|kingdom hall|tabernacle|meeting house"
)
CHURCHES = (
    r"(?:Free|United Reformed|Reformed|Strict|Particular|Elim|Eastern|Greek|Russian|Ethiopian|Syrian|"
    r"Coptic) "
    r"(?:Presbyterian|Church|Baptist|Orthodox|Pentecostal)s?|Jehovah['’]?s Witness(?:es)?|"
    r"Plymouth Brethren|Wee Free"
)
LANGUAGES = (
    r"welsh|gaelic|irish|scots|cornish|manx|bsl|british sign language|sign language|makaton|urdu|punjabi|"
    r"panjabi|mirpuri|pahari|"
    r"potwari|sylheti|bengali|gujarati|hindi|tamil|telugu|malayalam|sinhala|nepali|pashto|dari|farsi|"
    r"persian|kurdish|sorani|kurmanji|"
    r"arabic|turkish|polish|romanian|hungarian|czech|slovak|romani|romanes|bulgarian|albanian|lithuanian|"
    r"latvian|russian|"
    r"ukrainian|portuguese|spanish|italian|french|german|greek|somali|tigrinya|amharic|oromo|swahili|"
    r"yoruba|igbo|hausa|twi|"
    r"ga|ewe|shona|ndebele|zulu|lingala|kikongo|mandarin|cantonese|hakka|vietnamese|tagalog|thai|"
    r"japanese|korean|yiddish|hebrew|"
    r"shelta|cant|patois|creole"
)
# What somebody is by origin, faith or body, where "the only" or "I'm" before it points at one person.
ORIGINS = (
    r"english|welsh|scottish|irish|northern irish|cornish|british|polish|romanian|bulgarian|hungarian|"
    r"czech|slovak|lithuanian|"
    r"latvian|ukrainian|russian|albanian|kosovan|serbian|croatian|greek|cypriot|turkish|kurdish|iraqi|"
    r"iranian|syrian|lebanese|"
    r"palestinian|egyptian|moroccan|algerian|libyan|sudanese|eritrean|ethiopian|somali|kenyan|ugandan|"
    r"tanzanian|rwandan|congolese|"
    r"zimbabwean|zambian|south african|nigerian|ghanaian|gambian|sierra leonean|ivorian|cameroonian|"
    r"jamaican|trinidadian|bajan|"
    r"guyanese|caribbean|african|west african|east african|indian|pakistani|bangladeshi|bengali|"
    r"sri lankan|tamil|nepali|gurkha|"
    r"afghan|asian|south asian|chinese|vietnamese|filipin[oa]|malaysian|thai|japanese|korean|brazilian|"
    r"portuguese|spanish|"
    r"italian|french|german|dutch|maltese|american|canadian|australian|kiwi|new zealander|black|brown|"
    r"white|mixed[- ]race|mixed heritage|"
    r"muslim|hindu|sikh|jewish|christian|catholic|protestant|quaker|buddhist|hijabi|romany|roma|gypsy|"
    r"traveller|"
    r"gay|lesbian|bi|bisexual|queer|trans|transgender|non[- ]binary|deaf|blind|disabled|autistic|"
    r"dyslexic|neurodivergent"
)
