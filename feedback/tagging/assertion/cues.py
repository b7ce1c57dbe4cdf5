"""The cues by which `assertion` tells whose reason a clause gives, as regular expressions over clauses.

Each is tried on its own and in any case of letters. NEGATED: a reason that is itself denied, not a
complaint in the negative. HYPOTHETICAL: what might have been or might be. OTHER: other people's reasons.
"""

from __future__ import annotations

_NOT = r"(?:not|n['’]?t|never|by no means|hardly)"
_ADVERB = (
    r"(?:(?:really|actually|definitely|even|ever|so much|particularly|honestly|primarily|mainly|at all|"
    r"necessarily|exactly|been)\s+)*"
)
_NOUN = (
    r"(?:money|pay|salary|wages?|case[ -]?loads?|workload|hours|stress|burn[ -]?out|commut\w+|management|"
    r"managers?|supervision|support|paper ?work|recording|admin|bureaucracy|famil(?:y|ies)|kids|children|"
    r"team|numbers?|blame|travel|computers?|on[- ]call|rota|shifts?|progression|safety|values|threats?|"
    r"bullying|training|housing|rent|childcare|health)"
)
_LEAVE = (
    r"(?:left|leav(?:e|es|ing)|went|go(?:es|ne|ing)?|quit|resign(?:ed|s|ing)?|moved?|moving|walked(?: out)?|"
    r"dropped out|(?:pack|jack)(?:ed|ing|s)? it in|pushed out|driven out|burnt out|handed)"
)
_WHY = (
    r"(?:over|because|due to|on account of|for childcare|"
    rf"for (?:the |more |better |a better )?(?:\w+ )?{_NOUN})"
)

NEGATED = (
    # "it wasn't the money", "that was never about pay"; not "it wasn't safe" or "it wasn't only the money"
    rf"\b(?:it|that|this|they|he|she|there)\s*(?:['’]s|was|is|were|has|had|could)?\s*{_NOT}\s+{_ADVERB}"
    rf"(?:about|because|an? (?:question|matter|case) of|down to|due to|over|to do with|anything to do|"
    rf"that\b|the fact|them\b|him\b|"
    rf"her\b(?! \w)|"
    rf"(?:the |my |our |a lack of |lack of |any )?{_NOUN}\b(?!\s+(?:i|we|they|you|he|she)\b)|"
    r"(?:the|my|our) (?!same|best|worst|right|kind|sort|way|place|end|point|first|only|most|\w+est\b)"
    r"[\w-]+\b(?!\s+(?:i|we|they|you|he|she|it)\b))",
    rf"{_NOT}\s+(?:\w+\s+)?(?:leave|left|leaving|go|went|quit|resign|move|pushed out|driven out)\s+{_WHY}",
    rf"{_NOT}\s+(?:pushed|driven|forced|put off)\s+(?:\w+\s+)?by\b",
    rf"{_NOT}\s+{_ADVERB}(?:an?|the|my|much of an?|any)?\s*(?:big |main |real )?"
    r"(?:problem|issue|reason|factor|concern|deciding)\b",
    rf"{_NOT}\s+{_ADVERB}(?:unhappy|dissatisfied|unsupported|underpaid|overworked|badly (?:paid|treated|"
    rf"managed))\b",
    rf"{_NOT}\s+{_ADVERB}(?:why (?:i|we)\b|what (?:made|drove|pushed|did|finished))",
    rf"\b(?:reason|leaving|going|decision|departure|resignation)\b(?: \w+)? (?:was|is|had)\s*{_NOT}",
    r"\b(?:nothing|very little|not much|hardly anything) to do with|\b(?:no|little) (?:connection|"
    r"influence|effect|"
    r"impact|bearing) "
    r"on (?:my|me|the) (?:decision|leaving|going)|\bno bearing|\b(?:played|had|took) no part|"
    r"\bno complaints?\b|\bmade no (?:real )?difference to (?:me|my)\b|"
    r"\bnothing (?:really )?(?:bad|wrong|against)\b|\bcontrary to\b|\bneither\b.*\bnor\b",
    rf"{_NOT}\s+(?:really |even |ever )?(?:come|came|enter) into it|"
    rf"{_NOT}\s+(?:really |even |ever |once )?(?:bother(?:ed)?|matter(?:ed)?|worr(?:y|ied)|drive|drove|put)"
    r"(?: to)?(?: me)?(?: off| out)?\b(?! to)|"
    rf"{_NOT}\s+(?:really )?(?:figure|feature|play (?:a|any|much))|"
    rf"{_NOT}\s+(?:bothered (?:about|by)|mind(?:ed)?\b)|"
    rf"{_NOT}\s+(?:really |ever )?(?:had|have|got) (?:a|any|much of a) (?:problem|issue|complaint)",
    rf"\b(?:ca{_NOT}|cannot|could{_NOT}|could not) (?:really )?(?:fault|complain|blame (?:the|my|it|that)|"
    rf"say (?:it|that))",
    rf"(?:would|wo|will|going to|gonna)?\s*{_NOT} (?:going to |gonna )?(?:\w+ ){{0,3}}?"
    r"(?:say|said|saying|tell you|call(?:ed)?|pretend|claim) (?:that )?(?:it|that)\b",
    rf"\b(?:wouldn['’]?t|would not) (?:have )?call(?:ed)?\b|\b(?:do|did){_NOT} (?:really )?(?:blame|"
    rf"think (?:it|that) (?:was|is|were))",
    rf"\b(?:do|did){_NOT} (?:really )?think\b.*\b(?:reason|problem|issue|why)\b",
    r"^\W*(?:no\W+|well\W+|so\W+)*not\s+(?!only|just|enough|one|a\b|much|many|all|even|every|being|having|"
    r"to\b)"
    rf"(?:because|for|the|about|due|down|my|over|that|{_NOUN})\b",
    rf"^\W*rather than (?:the |my |any )?(?:\w+ )?{_NOUN}",
    rf"\b(?:it|that|which)\s*(?:was|is|did|were)\s*{_NOT}(?: true| it| so| right| the case)?\W*$",
)
STAY_OR_GO = (
    r"(?:stay(?:ed)?|leave|left|go(?:ne)?\b(?! home| back| to bed| in\b| out\b| and\b)|quit|resign(?:ed)?|"
    r"managed?|"
    r"coped?|carried on|kept|lasted|remain(?:ed)?|hand(?:ed)? in|still be|be (?:there|gone|here|off)\b|"
    r"put up|"
    r"stuck|burnt? out|made (?:all the|a|any) difference|been (?:different|off|there|here|fine)|be different|"
    r"considered?)"
)
_COULD = r"(?:['’]d|would|might|could|may|should)"
HYPOTHETICAL = (
    rf"(?:\b|(?<=\w)){_COULD}\s*(?:n['’]t|not|never)?\s+(?:(?:probably|maybe|still|only|never|perhaps|"
    rf"easily|almost certainly)\s+)*have\s+(?:\w+ly\s+|still\s+|never\s+)*{STAY_OR_GO}",
    rf"\b(?:i|we)\s*{_COULD}\s+(?:(?:probably|maybe|only|never|not|definitely)\s+)*"
    r"(?:leave|quit|resign|go|be off|be gone|walk)\s*(?:$|tomorrow|over|for|if|because|too\b|one day|"
    r"elsewhere|now)",
    rf"{_COULD}\s+(?:\w+ )?(?:keep|make|get|bring|persuade|tempt) me (?:back|to|stay|leave|go|here)|"
    r"(?:would|might|could)\s+have\s+(?:kept|made|persuaded|saved) (?:me|us)|to get me back",
    r"\b(?:see|picture) myself (?:leaving|going)|\bimagine (?:leaving|going)|\b(?:may|"
    r"might) (?:well )?(?:have to|leave|go|quit|resign|look)\b",
    r"^\W*(?:would|could|might) (?:i|we)\b|\b(?:would|might|could) (?:have )?(?:make|made) (?:all the|a|"
    r"any) difference",
    r"\bif only\b|\bimagine (?:if|they|a)\b|\bsuppos(?:e|ing) (?:they|i|we|it|you)\b.*\b(?:would|['’]d)|"
    r"\bwhat if\b|"
    r"^\W*(?:supposing|unless)\b",
    rf"^\W*(?:and |but |so )?(?:had (?:they|it|i|we|he|she|some\w+|there|the|my)|were (?:the|i|my|they|"
    rf"it))\b.*"
    rf"(?:\b|(?<=\w)){_COULD}\b",
    rf"\bin an(?:other|y other) .*\b{_COULD}\b|\b(?:it|that) could have been\b",
    r"\b(?:maybe|perhaps) with .*(?:\b|(?<=\w))(?:['’]d|would|might)\b|\bwith (?:half|more|better|a better|"
    r"fewer|less) .*\bwould\b",
)
# What would have kept somebody who left was truly missing: "I'd have stayed if they had listened".
_HELD_ON = (
    r"(?:stayed?|stuck|lasted|managed|coped|remained|carried on|kept going|survived|finished|"
    r"put up with it|turned it down)"
)
KEPT = (
    rf"(?<!\b(?:he|she|friend|mate|colleague)\s?)(?:\b|(?<=\w)){_COULD}\s+(?:(?:probably|maybe|still|perhaps|well|only|"
    rf"never)\s+)*have\s+(?:(?:probably|maybe|still|perhaps|well|only)\s+)*{_HELD_ON}",
    rf"(?:^\W*|\b(?:i|we)\s*)(?:{_COULD})\s*(?:n['’]?t|not|never)(?: \w+)? have (?:\w+ )?(?:left|gone|quit|"
    r"resigned|burnt out|given up|looked elsewhere)|"
    rf"\b(?:i|we)\s*{_COULD} (?:not|never) (?:have )?(?:left|gone|quit|resigned|burnt out)",
    rf"\b(?:i|we)\s*{_COULD} (?:(?:probably|maybe|still|perhaps|well) )*be (?:(?:still|yet) )?(?:there|"
    r"here|in post|a \w+ worker|teaching|nursing|in (?:that|the) job)\b",
    rf"{_COULD} (?:(?:just|well|easily|perhaps) )?have (?:kept|saved|persuaded|made) (?:me|us)\b"
    r"(?! (?:leave|go|quit|resign))|"
    rf"{_COULD} have made (?:all the|a|any|some) (?:\w+ )?difference|"
    rf"{_COULD} have been different|\bif only\b",
)
STILL_THERE = (
    r"\bwithout\b|\bbut for\b|\b(?:weren['’]?t|were not|wasn['’]?t) (?:it )?for (?:my|the \w+ (?:kids|team))"
)
# "if" that sets no condition.
IDLE_IF = (
    r"\b(?:if (?:i['’]?m|i am|we['’]?re|you['’]?re|i was|i['’]?m being|i['’]?m quite) (?:\w+ )?"
    r"(?:honest|frank|fair|truthful|blunt)|if (?:you ask me|you like|you will|anything|i (?:may|can|"
    r"could) say|"
    r"(?:that|it|this) makes (?:any )?sense|you (?:know|see|get) (?:what|where) i\w* \w+)|(?:as|even) if|"
    r"(?:know|knew|wonder|wondered|wondering|ask|asked|asking|see|check|sure|care|cared|tell) (?:me |us |"
    r"you )?if)\b"
)
IF = (
    r"\b(?:if|unless|provided)\b|^\W*should (?:the|they|it|my) |^\W*(?:and |but )?had (?:they|i|"
    r"we|he|she|it|some\w+|there|my|the) "
)
THEN = (
    r"(?:\b|(?<=\w))(?:(?:would|might|could)(?:n['’]?t)?|['’]d|['’]ll|will|won['’]?t|may)\b|"
    r"\bi['’]?m (?:off|gone|out)\b|"
    r"\b(?:i|we) (?:go|leave|quit)\b"
)
SAID = (
    r"\b(?:i (?:would|['’]d)|i['’]d) (?:say|call|describe|put|add|argue)\b|"
    r"\b(?:would|could|['’]d) (?:have )?(?:rather |really )?(?:liked?|loved?|appreciated?|wanted|done with)\b"
)

_PEOPLE = (
    r"(?:colleagues?|people|others|some of (?:them|us|my|the)|most(?: of)?|many|a lot|lots|loads|half|"
    r"several|"
    r"every(?:one|body) else|social workers|(?:two|three|four|five|both|one) (?:of|newly|people|colleagues|"
    r"girls)|"
    r"the (?:two|three|girl|lad|woman|man|one|guy|person)|"
    r"(?:a|one) (?:woman|man|girl|lad|colleague|friend|mate|guy)|quite a few|"
    r"my (?:old |former |previous )?(?:friend|mate|colleagues?|predecessor|deputy|manager|boss|flatmate|team|"
    r"cohort|peers?|supervisor|partner|mentor|buddy)|they|she|he)"
)
_NOT_I = r"(?:(?!\b(?:i|me)\b)[^;])"
NOT_ME = (
    r"\b(?:that|it) (?:wasn['’]?t|was not|isn['’]?t|is not) (?:really )?me\b(?! (?:who|that)\b)|\bnot me\W*$"
)
_ADVERBS = (
    r"(?:and|but|so|then|not|never|just|only|finally|eventually|basically|honestly|probably|mainly|"
    r"ultimately|"
    r"simply|really|also|in the end|had|have|mostly|partly|sadly|actually|yeah|no|well|um)"
)
_SUFFERED = (
    r"(?:couldn['’]?t (?:cope|sleep|afford|manage|take|stand|bear)|struggl\w+|burn(?:t|ed) out|"
    r"had a breakdown|broke down|"
    r"(?:was|were|went|been|is) (?:off sick|signed off|exhausted|bullied|burnt out)|hated)"
)
_SOMEBODY = (
    r"(?:he|she|(?:lots of|many|most|some|other|plenty of) (?:people|colleagues|social workers)|(?:the|a|"
    r"one) (?:\w+ )?(?:person|woman|man|girl|lad|guy|one|colleague|friend)|"
    r"my (?:\w+ )?(?:friend|mate|"
    r"colleague|sister|brother|husband|wife|partner|flatmate|predecessor|deputy|mum|dad|cousin|daughter|son))"
)
OTHER = (
    # somebody who is not the speaker left, and why: "The newly qualified ones leave because ..."
    rf"^(?!\W*(?:{_ADVERBS}\W+)*{_LEAVE}\b){_NOT_I}*?"
    rf"(?<!\b(?:we|to|us|my|been|was|were|it|me|up|on|of|for|about) )\b{_LEAVE}\s+(?:\w+\s+){{0,3}}?{_WHY}",
    rf"(?:^|\b){_SOMEBODY}\b{_NOT_I}{{0,40}}?\b{_SUFFERED}(?!.*\b(?:i|me|we|us|my)\b)",
    rf"^{_NOT_I}{{0,50}}\b(?:will|would|might|['’]ll|could) tell you\b",
    rf"(?:^|\b){_PEOPLE}\b{_NOT_I}{{0,60}}?\b{_LEAVE}\s+(?:\w+\s+){{0,3}}?{_WHY}",
    rf"(?:^|\b){_PEOPLE}\b{_NOT_I}{{0,60}}?\b(?:left|went|leave|gone|go)\s+for\s+(?!good|the (?:day|night|"
    rf"weekend)|a (?:week|month|bit))",
    rf"^\W*(?:(?:and|but|so|then)\s+)?(?!{_ADVERBS}\b)(?-i:(?!I\b)[A-Z][\w-]+)\s+(?:had\s+|"
    rf"has\s+)?{_LEAVE}\s+(?:\w+\s+){{0,3}}?{_WHY}",
    rf"(?:^|\b){_PEOPLE}\b{_NOT_I}{{0,60}}?\b(?:her|his|their) notice",
    r"\bfor (?:other people|(?:the )?others|them|some people|some|him|her|most people|my \w+)\W+(?:it|"
    r"that)\b",
    r"\bfor (?:most|some|many|all|lots|a lot|half|plenty) of (?:them|the others|those|the team|my \w+)\b",
    r"\bfor (?:the others|other people|(?:some|most) people|everyone else)\W*$",
    r"\bmade (?:him|her|them|\w+ people) (?:go|leave)",
    r"(?:\b(?:other people|others|every(?:one|body) else|some (?:of them|people|colleagues|of the others))|"
    r"^\W*some)\s+(?:really |had |have |were |was |are |did |do |would |all )*(?:struggl\w+|had|have|were|"
    r"was|are|"
    r"found|complain\w*|mind\w*|felt|feel|burn\w*|bullied|mention\w*|hate\w*)\b",
    NOT_ME,
    r"\b(?:people|colleagues|others|they|every(?:one|body)|most) (?:\w+ )?(?:always |all |will |would |"
    r"might )*"
    r"(?:think|assumed?|thought|reckon|say|says|tell you)\b(?! (?:i was|i['’]m|me)\b)",
    r"\byou hear (?:about|of)\b|^\W*apparently\b",
    r"\b(?:told me|said) (?:he|she|they) (?:was|were) (?:leaving|going)\b",
)
PLEASED = (
    r"\b(?:well paid|fine|good|love(?:d|ly)?|great|alright|all right|okay|ok|like(?:d)?|manageable|decent|"
    r"nice|"
    r"brilliant|excellent|enjoy(?:ed)?|happy|reasonable)\b"
)
# Without one of these, or of the kinds of words that `assertion` names, a statement is nothing but own.
MAY_BE_DENIED = (
    r"n['’]t\b|\?|\b(?:rule|cross|strike|fine|irrelevant|myth|doubt|dispute|unrelated|least|last|leave|"
    r"blame|put up|no)\b"
)
MAY_BE_IMAGINED = (
    r"['’]d\b|\b(?:when|once|next|may|might|hypothetically)\b|\bthe (?:day|minute|moment)\b|\btempt|\bdread"
)
MAY_BE_OTHERS = (
    r"(?-i:(?<=\w )[A-Z][a-z]+)|"
    r"^(?-i:[A-Z][a-z]+) (?:left|went|said|says|was|had|found|could|resigned|quit|felt|told)\b"
)
_IDLE = (
    "a actually ah all always am and anyway as at basically been but did do end er erm fair fairly for "
    "god guess have honest honestly i if in is it just kind know like look maybe me mean mind mm more "
    "much my no not now obviously of oh ok okay on or perhaps personally quite really right say see so "
    "sort suppose sure that the then there they think this though to too truth um very was well were what "
    "which with yeah yes you your didn't wasn't isn't gather assume anyone everyone people us them "
)
IDLE_WORDS = frozenset(_IDLE.split())

SENTENCE_END = r"[.!?…]+(?=\s|$)|\n+|;"
CLAUSE_END = (
    r",\s*|:\s+|\s+[-–—]+\s+|—|\s+(?=(?:but|although|though|whereas|however|rather than|and everything|"
    r"and if|and then|so it|because of all)\b)|\s+(?=if\b(?=.*\b(?:would|['’]d)\b.*\b(?:stay|stayed|leave|"
    r"left)))"
)
