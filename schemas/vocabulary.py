"""The closed lists of the warehouse.  Every ``_type``, ``status``, ``form`` … holds one of these words or nothing."""

from __future__ import annotations

from enum import StrEnum


class Comparator(StrEnum):
    """How a figure's value relates to its number; ``up`` and ``down``: it is by how much something rose or fell."""

    EXACTLY = "="
    AT_LEAST = ">"
    AT_MOST = "<"
    ABOUT = "~"
    UP = "up"
    DOWN = "down"


class FigureKind(StrEnum):
    """What sort of quantity a figure is."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    MEASURE = "measure"
    DURATION = "duration"
    AGE = "age"
    RATIO = "ratio"


class Effect(StrEnum):
    """What befell the things counted."""

    KILLED = "killed"
    WOUNDED = "wounded"
    MISSING = "missing"
    CAPTURED = "captured"
    DISPLACED = "displaced"
    DESTROYED = "destroyed"
    DAMAGED = "damaged"
    LAUNCHED = "launched"
    INTERCEPTED = "intercepted"
    ARRESTED = "arrested"
    EVACUATED = "evacuated"
    PROVIDED = "provided"


class Form(StrEnum):
    """How much of a statement's content stands in quotation marks: all, some, none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Act(StrEnum):
    """What the speaker does by speaking."""

    SAY = "say"
    CLAIM = "claim"
    DENY = "deny"
    ACCUSE = "accuse"
    WARN = "warn"
    THREATEN = "threaten"
    DEMAND = "demand"
    PROMISE = "promise"
    PRAISE = "praise"
    CONDEMN = "condemn"
    ANNOUNCE = "announce"
    ASK = "ask"
    PREDICT = "predict"


class SpeakerType(StrEnum):
    """What sort of source a statement has."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    DOCUMENT = "document"
    UNKNOWN = "unknown"


class ActorType(StrEnum):
    """What sort of actor a mention names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    ARMED_GROUP = "armed-group"
    PEOPLE_GROUP = "people-group"
    ROLE = "role"


class Sector(StrEnum):
    """The actor's sector in society (PLOVER 2024)."""

    GOV = "GOV"
    MIL = "MIL"
    COP = "COP"
    SPY = "SPY"
    JUD = "JUD"
    LEG = "LEG"
    OPP = "OPP"
    REB = "REB"
    PRM = "PRM"
    UAF = "UAF"
    CVL = "CVL"
    REF = "REF"
    LAB = "LAB"
    REL = "REL"
    JRN = "JRN"
    MED = "MED"
    EDU = "EDU"
    BUS = "BUS"
    CRM = "CRM"
    PTY = "PTY"
    IGO = "IGO"
    NGO = "NGO"
    AGR = "AGR"
    ELI = "ELI"
    JEW = "JEW"
    MUS = "MUS"


class PlaceType(StrEnum):
    """What sort of place a toponym names."""

    SETTLEMENT = "settlement"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
    FEATURE = "feature"
    SITE = "site"
    UNKNOWN = "unknown"


class PlacePrecision(StrEnum):
    """How closely the point of a place pins it down."""

    EXACT = "exact"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"


class DatePrecision(StrEnum):
    """How closely the interval of a time pins it down."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    INTERVAL = "interval"


class DateBasis(StrEnum):
    """What a date rests on."""

    EXPLICIT = "explicit"
    RELATIVE = "relative"
    PUBLISHED = "published"
    UNRESOLVED = "unresolved"


class EventType(StrEnum):
    """PLOVER's sixteen categories, and OTHER for accidents, disasters, elections, the economy."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"
    OTHER = "OTHER"


class QuadClass(StrEnum):
    """PLOVER's and CAMEO's four classes."""

    VERBAL_COOPERATION = "verbal cooperation"
    MATERIAL_COOPERATION = "material cooperation"
    VERBAL_CONFLICT = "verbal conflict"
    MATERIAL_CONFLICT = "material conflict"


class Status(StrEnum):
    """How the document stands to an event's having happened."""

    ASSERTED = "asserted"
    CLAIMED = "claimed"
    DENIED = "denied"
    PLANNED = "planned"
    THREATENED = "threatened"
    ATTEMPTED = "attempted"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"


class EventRole(StrEnum):
    """Which side of an event an actor stands on."""

    ACTOR = "actor"
    TARGET = "target"


class PublishedMethod(StrEnum):
    """Where a document's publication time comes from."""

    GIVEN = "given"
    PAGE = "page"
    FEED = "feed"
    NONE = "none"


class QualityFlag(StrEnum):
    """What a reader of an accepted document should know about its text or metadata."""

    ENCODING_FALLBACK = "encoding_fallback"
    MOJIBAKE = "mojibake"
    CONTROL_CHARS = "control_chars"
    INVISIBLE_CHARS = "invisible_chars"
    MIXED_SCRIPT = "mixed_script"
    NEWLINES_NORMALISED = "newlines_normalised"
    DATE_UNPARSED = "date_unparsed"
    DATE_FUTURE = "date_future"
    URL_INVALID = "url_invalid"
    THIN_CONTENT = "thin_content"
    LANGUAGE_UNCERTAIN = "language_uncertain"
    MARKUP_REMOVED = "markup_removed"
    DUPLICATE_KEY = "duplicate_key"


class RefusalCode(StrEnum):
    """Why an input was not accepted.  ``schemas/meanings.py`` says what each means."""

    EMPTY = "empty"
    UNKNOWN_KIND = "unknown_kind"
    UNREADABLE = "unreadable"
    NOT_A_FILE = "not_a_file"
    SYMLINK_OUTSIDE = "symlink_outside"
    INVALID_UNICODE = "invalid_unicode"
    ENCODING = "encoding"
    JSON = "json"
    JSON_TRUNCATED = "json_truncated"
    JSON_DEPTH = "json_depth"
    DUPLICATE_KEY = "duplicate_key"
    FRONT_MATTER = "front_matter"
    SCHEMA = "schema"
    TOO_LARGE = "too_large"
    DECOMPRESS_LIMIT = "decompress_limit"
    ARCHIVE_PATH = "archive_path"
    ARCHIVE = "archive"
    XML_UNSAFE = "xml_unsafe"
    XML = "xml"
    FEED_TRUNCATED = "feed_truncated"
    NOT_A_FEED = "not_a_feed"
    HTML = "html"
    TABLE = "table"
    LANGUAGE = "language"
    STUB = "stub"
    TIMEOUT = "timeout"
    EXTRACT_ERROR = "extract_error"
    CRASH = "crash"


class Severity(StrEnum):
    """What a finding means for its row: kept out, kept in with a remark."""

    REFUSED = "refused"
    WARNING = "warning"


class RunState(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    COMPLETED = "completed"
    COMPLETED_WITH_REFUSALS = "completed with refusals"
    FAILED = "failed"
    CRASHED = "crashed"
