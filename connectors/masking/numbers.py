"""What has a shape: telephone numbers, mail addresses, handles, streets, births, official numbers."""

import re
from collections.abc import Iterator

from connectors.masking.spans import Kind, Span

SMALL = (
    "z[ée]ro|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante"
    "|cinquante|soixante|et|un|une"
)
WRITTEN_NUMBER = rf"z[ée]ro (?:un|deux|trois|quatre|cinq|six|sept|huit|neuf)(?:[ ,.-]+(?:{SMALL})\b){{4,}}"
AT = r"(?: ?@ ?| ?[\[(]? ?(?:arobase?|arobaz|at) ?[\])]? ?)"
DOT = r"(?:\.| ?[\[(]? ?(?:point|dot|pt) ?[\])]? ?| \. )"
ENDS = r"(?:com|fr|net|org|eu|be|ch|io|me|info|gouv|edu)"
WAY = (
    r"rue|r\.|avenue|av\.?|ave|bd|bld|boulevard|bvd|chemin|ch\.|impasse|imp\.?|all[ée]e|place|pl\.|quai|route|rte|cours"
    r"|square|sq\.?|passage|lotissement|lot\.?|r[ée]sidence|r[ée]s\.?|sentier|villa|cit[ée]|hameau|ruelle|venelle|faubourg"
    r"|fbg|esplanade|promenade|mont[ée]e|c[ôo]te|traverse|rond[ -]point|parvis|domaine|clos|voie"
)
# Where the name of a street ends: a comma, a line, or a word that begins something else.
STOPS = (
    r"(?:et|mais|donc|car|ou|o[uù]|je|j|jai|jsui[st]?|chui|on|il|elle|tu|mon|ma|mes|pour|avec|depuis|pr[eè]s|dans|sur|stp"
    r"|svp|merci|tel|t[ée]l|mail|num[ée]ro|appelez|appelle|moi|c|cest|est|suis|cherche|y|chez|a|au|aux|par|si|quand|voil[àa]|ans"
    r"|venez|passez|tout|pas|ya|plut[ôo]t)"
)
STREET = (
    rf"\b\d{{1,4}}(?: ?(?:bis|ter|quater)\b| ?[a-d]\b)?,? ?(?:{WAY})(?=[ '’])"
    rf"(?:[ '’-]+(?!{STOPS}\b)[\w.]+){{1,6}}"
    rf"(?:,? ?(?:b[âa]t(?:iment)?|appt?|appart(?:ement)?|esc(?:alier)?|[ée]tage|porte|hall)\.? ?\w{{1,3}}\b)*"
    rf"(?:,? ?\d{{5}}\b(?: +(?!{STOPS}\b)[\w'’-]+){{0,3}})?"
)
INSIDE = r"\b(?:appt?|appart(?:ement)?|esc(?:alier)?)\.? (?:n ?° ?)?\d{1,4}\b"
MONTHS = (
    r"(?:janv(?:ier)?|f[ée]v(?:rier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[ûu]t|sept(?:embre)?|oct(?:obre)?"
    r"|nov(?:embre)?|d[ée]c(?:embre)?)"
)
DAY = rf"\d{{1,2}}(?:er)?(?:[ /.-]\d{{1,2}}[ /.-]\d{{2,4}}| {MONTHS}\.?(?: \d{{2,4}})?)"
NETWORK = (
    r"insta(?:gram)?|snap(?:chat)?|tiktok|tik tok|discord|twitter|facebook|fb|telegram|whats?app|signal|steam|psn"
    r"|linkedin"
)
ABROAD = r"33|590|594|596|262|269|32|41|352|212|213|216"  # France, its overseas departments, neighbours, the Maghreb
BORN = r"n[ée]{1,2}e?s?(?: le)?|naissance ?:?(?: le)?|naiss?ance est le|anniv(?:ersaire)?(?: c'?est)? le"
HANDLE = r"@?(?=[\w.]*[\d_.]|@)[\w.]{3,30}(?<!\.)"

SHAPES: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.MAIL, rf"[\w.+-]*[\w+-]{AT}[\w-]+(?:{DOT}[\w-]+)*?{DOT}{ENDS}\b"),
        (Kind.NUMBER, r"\b[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[ab]) ?\d{3} ?\d{3}(?: ?\d{2})?\b"),
        (Kind.NUMBER, r"\b\d{9,10} ?[a-hj-np-z]{1,2}\b"),
        (Kind.PHONE, rf"(?<![\d+])(?:\+|00) ?(?:{ABROAD})(?: ?\(0\))?(?:[ .,/_-]*\d){{8,10}}(?!\d)"),
        (Kind.PHONE, r"(?<!\d)0(?:[ .,/_-]{0,3}\d){9}(?!\d)"),
        (Kind.PHONE, rf"\b{WRITTEN_NUMBER}"),
        (Kind.PHONE, r"(?<!\d)[67](?:[ .,/-]{0,3}\d){8}(?!\d)"),
        (Kind.ADDRESS, STREET),
        (Kind.ADDRESS, INSIDE),
        (Kind.BIRTH, rf"\b(?:{BORN}) {DAY}"),
    )
)  # fmt: skip
# A handle is one after the name of its network, or by its sign.
NAMED_HANDLE = re.compile(
    rf"\b(?:{NETWORK})\b(?: ?(?:c'?est|c|cest|sur|:|=|est|moi|mon|pseudo|compte|est le|perso))* ?:? ?({HANDLE})",
    re.IGNORECASE,
)
SIGN = re.compile(r"(?<![\w.])@[\w.]{2,30}")
# Services' own numbers, which people quote: they name nobody.
OF_SERVICES = re.compile(r"^0(?:[ .-]?8)")


def shaped(text: str) -> Iterator[Span]:
    """Yield what has the shape of something personal."""
    for kind, pattern in SHAPES:
        for found in pattern.finditer(text):
            if not (kind is Kind.PHONE and OF_SERVICES.match(found[0])):
                yield Span(found.start(), found.end(), kind)
    for found in NAMED_HANDLE.finditer(text):
        yield Span(found.start(1), found.end(1), Kind.HANDLE)
    for found in SIGN.finditer(text):
        yield Span(found.start(), found.end(), Kind.HANDLE)
