"""Numbers that count nothing: dates, times, years, designations, telephone numbers, list marks, pronouns.

:func:`is_designation` looks at the characters around one number, a fixed number of them, so the cost of a text stays
linear.  The words that label a number («Resolution», «Flight») stand in ``seeds/reference/designations.csv``.
"""

from __future__ import annotations

import re
from functools import cache

from transforms.figures.numerals import Number
from transforms.reference import read_reference

_LEFT, _RIGHT = 48, 40
_YEARS = (1000, 2101)
_MODERN_YEARS = (1900, 2101)
_MAX_DAY = 31
_CENTURY = 100
_DAY_MONTH = re.compile(r"\b\d{1,2}\s+[A-Za-z]{3,9}\.?\s$")
_MAX_NAMED = 12
_LARGEST_NAMED = 10_000
_LOWER_LEFT = re.compile(r"[a-z],? $")
_TIME_RIGHT = re.compile(
    r"\s?(?:[ap]\.?\s?m\b\.?|o['’]clock|GMT|UTC|EST|EDT|BST|CET|hours? (?:local|GMT)|hrs\b|:\d)", re.IGNORECASE
)
_YEAR_LEFT = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|of|before|after|during|early|late|mid|year|the|to|and|for|fiscal|fy|spring|summer|"
    r"autumn|fall|winter|through|circa|between|ad|a\.d\.|his|her|its|their|our|a|an|election|olympics|cup|season|mid-|pre-|"
    r"post-|or|is|was|as|around|end-|this|late-|early-|than in)\s?|[(\[–—/:,-]\s?|^|\n)$",
    re.IGNORECASE,
)
_YEAR_PAIR_LEFT = re.compile(r"\b(?:1[5-9]|20)\d\d\s?(?:[-–/]|to|and)\s?$")
_COMPARATOR_LEFT = re.compile(
    r"\b(?:than|least|over|about|some|nearly|almost|approximately|around|roughly|estimated|most|only|another|additional|"
    r"further|killed|injured|wounded|killing|total of|of up to|all)\s$",
    re.IGNORECASE,
)
_PLURAL_NEXT = re.compile(
    r"\s+(?:[a-zé][\w'’-]*\s+){0,2}?(?!(?:was|is|has|does|as|this|its|us|his|less|across|plus|versus|thus|always|perhaps|towards|besides|news|series)\b)"
    r"(?:[A-Za-z]{2,}[a-rt-z]s|people|men|women|children|police|others|personnel|dead|troops)\b"
)
_PLURAL_SOON = re.compile(
    r"\s+(?:[a-zé][\w'’-]*\s+)?(?!(?:was|is|has|does|as|this|its|us|his|less|across|plus|versus|thus|always|perhaps|towards|"
    r"besides|news|series)\b)(?:[A-Za-z]{2,}[a-rt-z]s|people|men|women|children|police|others|personnel|dead|troops)\b"
)
_WORD_LEFT = re.compile(
    r"([\w.&§№#'’]*[\w.&§№#])(?:\s(?:no\.?|nos\.?|number|numbers|nr\.?|#|№)\s?)?\)?[ \t#(-]*\Z", re.IGNORECASE
)
_LISTED_LEFT = re.compile(r"\b([A-Za-z]+s)\s\d+(?:,\s\d+)*,?\s(?:and|or|to|through)\s$")  # «Articles 5 and 6»
_NUMBER_SIGN = re.compile(r"(?:#|№|\b(?:no|nos|nr)\.|\bnumber|\bN°)\s?(?:\d+[-–])?$", re.IGNORECASE)
_CAPITAL_LEFT = re.compile(r"(?:[\w,'’\"”]\s|\n|[(\[])([A-Z][\w'’&-]*)\s$")
_FUNCTION_NEXT = re.compile(
    r"\s*(?:[.,;:)\]!?]|\s[—–]|$|\n|\s(?:and|or|in|on|at|near|to|is|was|has|had|with|for|from|by|of|as|that|which|after|before|"
    r"when|while|who|will|would|successfully|makes?|crash(?:es|ed)?|collapses?|wins?|about|into|over|via|during|between|"
    r"calls|were|are|the|a|an|aircraft|airliner|crashed|suffers|Championship|series)\b)"
)
_ENUMERATOR_LEFT = re.compile(r"(?:^|\n)\s*[(\[]?$")
_URL_LEFT = re.compile(r"(?:https?:|www\.|@|[\w-]+\.(?:com|org|net|gov|info|ru|ua|uk|eu))\S*$", re.IGNORECASE)
_AGO = re.compile(r"\s+(?:ago\b|on\s*,)", re.IGNORECASE)
_ORDINAL_SIGN = re.compile(r"\s?(?:st|nd|rd|th|º|ª)\b(?!-\w+ (?:of|part))", re.IGNORECASE)
_ONE_LEFT = re.compile(
    r"\b(?:no|any|some|every|each|this|the|which|a|an|new|first|last|only the|day|phase|number|square|if|as|like|loved|"
    r"next|same|other|big|good|single|not|he is|'s|’s|build|whole|right|wrong|level|part|version)[\s-]$",
    re.IGNORECASE,
)
_ONE_NEXT = re.compile(
    r"\s*(?:[.,;:!?)\]”\"]|$|['’]s?\b)|\s+(?:of|another|by one|who|which|that|can|could|should|would|may|might|must|to|"
    r"thing|way|and only|such|day\s*,|day\s(?:he|she|they|it|we|I|soon|be|see|become)|time\b|needs?|wants?|has|does|"
    r"knows|hopes|thinks|if|on one|point was|else|final|last|example|reason|need|simple|"
    r"more (?:time|thing|reason|step|example)|side|among|after another|too|in particular|"
    r"in order|for|as|with|because|now|yet|instead|again|she|he|we|they|you|I)\b|"
    r"-(?:way|off|time|on-one|to-one|sided|stop|liner|upmanship|party|man|half)\b"
)
_ONE_DESCRIBED = re.compile(r"\ban? (?:\w+ly )?(?!further|additional|total|remaining)[a-z]+ $")
_ONE_ALONE = re.compile(r"\s(?:and|but|at|in|on|from)\b")
_HYPHENED = re.compile(r"-(?!(?:to|by)-\d)([^\W\d_]*)")
_FUND = re.compile(
    r"\s[A-Z][\w-]+(?:\s[A-Z][\w-]+)+(?=[,.;)]|\s(?:which|that|who|and|is|was|has|in|on|at|of|to|for)\b)"
)
_RANGE_RIGHT = re.compile(r"\s?[-–]\s?\d{3,5}\s+[A-Za-z]+s\b")
_STREET = re.compile(
    r"(?:\s?[-–]\s?\d+)?\s(?:[A-Z][\w’'.-]+\s){1,3}(?:Road|Rd|Street|St|Avenue|Ave|Boulevard|Blvd|Lane|Drive|Square|Place|Highway|Way|Court|Terrace)\b"
)
_MODEL = re.compile(r"\s(?:[A-Z]|jets?\b|aircraft\b|airliners?\b|planes?\b)|-[0-9A-Z]")
# A score that stands for the time being is no result: «2-0 down», «a 9-2 lead».
_STANDING = re.compile(r"[-–]\d+\s(?:down|up|lead|ahead|behind|comeback|deficit|advantage|record)\b")
_STANDING_RIGHT = re.compile(r"\s(?:down|up|lead|ahead|behind|comeback|deficit|advantage|record)\b")
_IDENTIFIER_LEFT = re.compile(
    r"\b(?:ID|IDs|PIN|passcode|password|access code|zip code|postcode|ext\.?|extension|press|dial|tel\.?|fax|phone)"
    r"[.:]?\s(?:\d+[ -])*$",
    re.IGNORECASE,
)
_MARKUP_LEFT = re.compile(r"=[\"“”']$|[?&;]\w+=$")
_FOOTNOTE_LEFT = re.compile(r"[^\s\[]\[{1,2}$")
_ZIP_LEFT = re.compile(r"\b[A-Z]{2},?\s$")
_ZIP_DIGITS = 5
_NUMBERED_RIGHT = re.compile(r"\s(?:Pro|Plus|Max|Mini|Ultra|Lite|GTI|SE)\b")
_OTHER_WORDS = frozenset({"may", "march", "mar", "sun", "august"})  # words besides months
_SLASHED = re.compile(r"/\d")
_PAIRED_LEFT = re.compile(r"-in-$| to-$|\d(?:k|m|mn|bn|tn)-$|\d-(?:to|by|plus)-$")
_PHONE = re.compile(r"-\d{2,4}-\d|-\d{4}(?!\d)")
_PHONE_LENGTH = 3
_YEAR_PAIR_RIGHT = re.compile(r"[-–](?:1[5-9]|20)\d\d\b")
_OLD_PAIR_LEFT = re.compile(r"\b1[5-8]\d0\s?(?:[-–/]|to|and)\s?$")


@cache
def _labels() -> dict[str, str]:
    rows = read_reference("designations", ("word", "type"))
    return {row["word"]: row["type"] for row in rows if row["type"].startswith("label")}


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(
        row["word"] for row in read_reference("designations", ("word", "type")) if row["type"] == "modifier"
    )


@cache
def _models() -> frozenset[int]:
    rows = read_reference("designations", ("word", "type"))
    return frozenset(int(row["word"]) for row in rows if row["type"] == "model")


@cache
def _months() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = [row["word"] for row in read_reference("designations", ("word", "type")) if row["type"] == "month"]
    names = sorted({w.rstrip(".") for w in words}, key=len, reverse=True)
    # Months are capitalised, or in capitals, or are no other word: «may» is a verb.
    spellings = ((n.capitalize(), n.upper()) if n in _OTHER_WORDS else (n.capitalize(), n.upper(), n) for n in names)
    cased = "|".join(spelling for listed in spellings for spelling in listed)
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    left = rf"(?:\b(?:{cased})\.?,?\s+(?:the\s)?(?:{day}\s?(?:,|-|–|—|and|to|or|through|until|&)\s?)*(?:{day},?\s)?)$"
    right = rf"(?:\s|\s?[-–]\s?|\s+(?:and|to|or|of|through|until)\s+)(?:{day}\s)?(?:of\s)?(?:{cased})\b"
    return re.compile(left), re.compile(
        rf"(?:(?:\s?[-–]\s?|\s+(?:and|to|or)\s+){day})*{right}|\s(?:of\s)?(?:{cased})\b"
    )


def is_designation(text: str, number: Number, *, has_unit: bool = False, is_upper: bool = False) -> bool:
    """Tell whether a number names, dates or marks something instead of counting or measuring it.

    Args:
        text: The text.
        number: The number.
        has_unit: A unit, percent sign or currency stands beside it.
        is_upper: The text is written in capitals, so that a capital says nothing.

    >>> text = "Two F-16 jets of Flight 370 in 2012"
    >>> from transforms.figures.numbers import find_numbers
    >>> [text[n.start:n.end] for n in find_numbers(text) if not is_designation(text, n)]
    ['Two']
    """
    left = text[max(number.start - _LEFT, 0) : number.start]
    right = text[number.end : number.end + _RIGHT]
    if _is_glued(left, right, number, has_unit=has_unit) or (number.form == "digits" and _STREET.match(right)):
        return True
    if _is_labelled(left, right, number, is_upper=is_upper, has_unit=has_unit):
        return True
    return not has_unit and _is_none(text, left, right, number, is_upper=is_upper)


def _is_none(text: str, left: str, right: str, number: Number, *, is_upper: bool) -> bool:
    """Judge a number without a unit: a name, a date, a time, a list mark, a year, the pronoun."""
    if _is_date(left, right, number) or _TIME_RIGHT.match(right) or _is_listed(left, right):
        return True
    if number.form == "digits":
        return _is_identifier(text, left, right, number) or _is_year(left, right, number, text)
    if number.form != "words":
        return False
    if not is_upper and _is_name_word(text, left, right, number):
        return True
    is_described = _ONE_DESCRIBED.search(left) is not None and _ONE_ALONE.match(right) is not None
    is_pronoun = is_described or right[1:2].isdigit() or _ONE_LEFT.search(left) or _ONE_NEXT.match(right)
    return number.low == 1 and bool(is_pronoun)


def _is_identifier(text: str, left: str, right: str, number: Number) -> bool:
    """«Passcode: 4711», «Springfield, IL 62704», a footnote's «[3]», «id="71"», the «11 Pro» of a product."""
    digits = text[number.start : number.end].replace(" ", "")
    if not digits.isdecimal():
        return False
    is_footnote = right[:1] == "]" and _FOOTNOTE_LEFT.search(left) is not None
    if is_footnote or (digits[0] == "0" and len(digits) > 1) or _MARKUP_LEFT.search(left):
        return True
    if _IDENTIFIER_LEFT.search(left) or _NUMBERED_RIGHT.match(right):
        return not _PLURAL_NEXT.match(right)
    return len(digits) == _ZIP_DIGITS and _ZIP_LEFT.search(left) is not None and not _PLURAL_NEXT.match(right)


def is_past_time(text: str, end: int) -> bool:
    """Tell whether a duration is a date in disguise: «two years ago», «forty years on,»."""
    return _AGO.match(text, end) is not None


def _is_glued(left: str, right: str, number: Number, *, has_unit: bool) -> bool:
    """Judge a number by what it touches: letters, slashes, colons, other digits, «-state», «four-door»."""
    hyphened = _HYPHENED.match(right)
    if not has_unit and hyphened is not None and hyphened.group(1).lower() in _modifiers():
        return True
    if number.form == "words":
        return left[-1:] == "-" and left[-2:-1].isalpha() and not left.endswith("-in-")
    if number.form == "fraction":
        return left[-1:] in ("/", "-", "_", "@") or left[-1:].isalnum()
    return number.form == "digits" and _is_glued_digits(left, right, number, has_unit=has_unit)


def _is_glued_digits(left: str, right: str, number: Number, *, has_unit: bool) -> bool:
    before, after = left[-1:], right[:1]
    if before == "%":  # a character coded in an address
        return True
    if before and (before.isalnum() or before in "_@#/:+" or (before == "." and left[-2:-1].isalnum())):
        return not has_unit
    if before in ("-", "–", "‑") and left[-2:-1].isalnum() and not _PAIRED_LEFT.search(left):
        if left[-2].isdigit():
            return not has_unit and _is_code(left, right, number)
        return True
    if has_unit:
        return False
    if _STANDING.match(right):
        return True
    if after.isalpha() or after == "_" or _SLASHED.match(right) or _ORDINAL_SIGN.match(right):
        return True
    return _is_phone(right, number) or bool(before in "/-?=&%~." and left.strip() and _URL_LEFT.search(left))


def _is_phone(right: str, number: Number) -> bool:
    """Tell «202-849-0251» and «555-0251» from «500-1000 people»."""
    groups = _PHONE.match(right)
    if groups is None:
        return False
    if groups.group().count("-") > 1:
        return True
    return number.end - number.start == _PHONE_LENGTH and _PLURAL_NEXT.match(right, groups.end()) is None


def _is_code(left: str, right: str, number: Number) -> bool:
    """«202-849-0251», «2023–24», «2-0 down»: a telephone number, a span of years, a score for the time being."""
    if _STANDING_RIGHT.match(right):
        return True
    if _is_second_year(left, right, number) or re.search(r"\d-\d+-$", left):
        return True
    if number.end - number.start > _PHONE_LENGTH and re.search(r"\b\d{3}-$", left) and not _PLURAL_NEXT.match(right):
        return True
    return right[:1] == "-" and right[1:2].isdigit()


def _is_labelled(left: str, right: str, number: Number, *, is_upper: bool, has_unit: bool) -> bool:
    if _NUMBER_SIGN.search(left):
        return True
    word = _LISTED_LEFT.search(left) or _WORD_LEFT.search(left)
    if word is None or number.form in ("vague", "fraction") or has_unit:
        return False
    label = _labels().get(word.group(1).lower().rstrip("s" if word.group(1)[-2:-1].islower() else ""))
    label = label or _labels().get(word.group(1).lower())
    if label == "label":
        return True
    if label == "label-if-capitalised" and not is_upper:
        is_plain = word.group(1)[:1].islower()
        return not _PLURAL_NEXT.match(right) and not (
            is_plain and not (left[-1:] == " " and _FUNCTION_NEXT.match(right))
        )
    if is_upper or number.low >= _LARGEST_NAMED or number.low % 1:
        return False
    if number.form == "digits" and _MODEL.match(right) and int(number.low) in _models():
        return True
    fund = _FUND.match(right) if number.form == "digits" else None
    return _is_named(left, right, number) or (fund is not None and not fund.group().endswith("s"))


def _is_named(left: str, right: str, number: Number) -> bool:
    """«France 24», «Terran 1», «Formula One»: a name right before it and nothing to count behind it."""
    capital = _CAPITAL_LEFT.search(left)
    if capital is None or _PLURAL_NEXT.match(right):
        return False
    return number.form == "digits" and _FUNCTION_NEXT.match(right) is not None


def _is_name_word(text: str, left: str, right: str, number: Number) -> bool:
    """«the Three Brotherhood Alliance», «Formula One»: a number word with a capital in the middle of a sentence."""
    if number.low > _MAX_NAMED or not text[number.start].isupper():
        return False
    if _LOWER_LEFT.search(left):
        return True
    return _CAPITAL_LEFT.search(left) is not None and _FUNCTION_NEXT.match(right) is not None


def _is_date(left: str, right: str, number: Number) -> bool:
    month_left, month_right = _months()
    if number.low % 1 or number.low > _YEARS[1]:
        return False
    if month_left.search(left):
        if number.low < _CENTURY and _DAY_MONTH.search(left):
            return True
        return number.low <= _MAX_DAY or _YEARS[0] <= number.low or re.search(r"\d,?\s$", left) is not None
    return number.low <= _MAX_DAY and month_right.match(right) is not None


def _is_listed(left: str, right: str) -> bool:
    """«1) …», «(2)», «3. …» at the head of a line."""
    after = right[:1]
    if after == ")":
        return left[-1:] == "(" or "(" not in left[left.rfind(")") + 1 :]
    return after == "." and right[1:2] in (" ", "\t") and _ENUMERATOR_LEFT.search(left) is not None


def _is_second_year(left: str, right: str, number: Number) -> bool:
    """Tell «2012-13» and «1812-1815» from «1500-2000 men»."""
    return not _is_round(left, right, number) and _YEAR_PAIR_LEFT.search(left) is not None


def _is_round(left: str, right: str, number: Number) -> bool:
    """Tell the round ends of a range of things counted: «1500-2000 men»."""
    is_end = _OLD_PAIR_LEFT.search(left) is not None and _PLURAL_NEXT.match(right) is not None
    return is_end and number.low % 10 == 0


def _is_year(left: str, right: str, number: Number, text: str) -> bool:
    """Judge four digits without a separator, and the second half of «2012-13»."""
    if number.low < _YEARS[1] and _is_second_year(left, right, number):
        return True
    if _is_round(left, right, number):
        return False
    digits = text[number.start : number.end]
    if not (digits.isdecimal() and len(digits) == 4 and _YEARS[0] <= number.low < _YEARS[1]):
        return False
    if right[:1] == "-" and right[1:2].isdigit() and number.low < _MODERN_YEARS[0] and number.low % 10 == 0:
        return False
    if _YEAR_PAIR_RIGHT.match(right):
        return True
    if _COMPARATOR_LEFT.search(left) and (_PLURAL_NEXT.match(right) or _RANGE_RIGHT.match(right)):
        return False
    if _MODERN_YEARS[0] <= number.low < _MODERN_YEARS[1]:
        return _YEAR_LEFT.search(left) is not None or not _PLURAL_SOON.match(right)
    return re.search(
        r"\b(?:in|since|until|year|circa|between|AD|A\.D\.|\d{4} and|[A-Z]\w+ of|(?:war|treaty|revolution) of)\s$",
        left,
    ) is not None and not _PLURAL_NEXT.match(right)
