"""What the words of closed lists mean that do not say it themselves: reasons of refusal and quality flags."""

from __future__ import annotations

from enum import StrEnum

from schemas.vocabulary import QualityFlag, RefusalCode

MEANINGS: dict[type[StrEnum], dict[str, str]] = {
    RefusalCode: {
        RefusalCode.EMPTY: "There is no word in it.",
        RefusalCode.UNKNOWN_KIND: "No reader reads files of this suffix, or records of this kind.",
        RefusalCode.UNREADABLE: "The system does not let it be read, or its bytes were not kept.",
        RefusalCode.NOT_A_FILE: "A pipe, a socket, a device, or a folder named like a file.",
        RefusalCode.SYMLINK_OUTSIDE: "A link that leads out of the folder that was named.",
        RefusalCode.INVALID_UNICODE: "Half a character (a lone surrogate) in one of its fields; nothing can store it.",
        RefusalCode.ENCODING: "Bytes that are no text in UTF-8, UTF-16 or Windows-1252.",
        RefusalCode.JSON: "Not JSON.",
        RefusalCode.JSON_TRUNCATED: "JSON that stops in the middle; run again once the file is whole.",
        RefusalCode.JSON_DEPTH: "Arrays and objects inside each other beyond the limit json_depth.",
        RefusalCode.DUPLICATE_KEY: "One key with two values; readers differ in which of them they take.",
        RefusalCode.FRONT_MATTER: "Front matter that never closes, or is no list of fields.",
        RefusalCode.SCHEMA: "No text, or a field of the wrong type.",
        RefusalCode.TOO_LARGE: "Beyond file_bytes, page_bytes, page_elements, record_bytes or characters.",
        RefusalCode.DECOMPRESS_LIMIT: "An archive that unfolds beyond compression_ratio or decompressed_bytes.",
        RefusalCode.ARCHIVE_PATH: "A member of an archive that is a link or a device, or points out of it.",
        RefusalCode.ARCHIVE: "An archive that is damaged, locked, nested too deep or has too many members.",
        RefusalCode.XML_UNSAFE: "XML that declares entities of its own: bombs, and files it wants to fetch.",
        RefusalCode.XML: "A feed that is broken before its first entry.",
        RefusalCode.FEED_TRUNCATED: "The entry in which a feed breaks off; those before it are read.",
        RefusalCode.NOT_A_FEED: "A file named like a feed that is none, such as a saved error page.",
        RefusalCode.HTML: "A page without a main text.",
        RefusalCode.TABLE: "A damaged Parquet file, or a row with too few or many cells.",
        RefusalCode.LANGUAGE: "Not in English, told from texts of language_characters on.",
        RefusalCode.STUB: "A page that holds a wall, a consent form, an error or a player instead of an article.",
        RefusalCode.TIMEOUT: "Extraction took longer than the limit seconds.",
        RefusalCode.EXTRACT_ERROR: "Extraction failed by a fault of the code; kept for replay with a later version.",
        RefusalCode.CRASH: "Extraction ended its process; kept for replay with a later version.",
    },
    QualityFlag: {
        QualityFlag.ENCODING_FALLBACK: "Not UTF-8: read as Windows-1252.",
        QualityFlag.MOJIBAKE: "Looks as if it was decoded with the wrong encoding before it came here.",
        QualityFlag.CONTROL_CHARS: "Control characters and terminal sequences were removed.",
        QualityFlag.INVISIBLE_CHARS: "Characters that show nothing (zero width, soft hyphen, direction) were removed.",
        QualityFlag.MIXED_SCRIPT: "A word mixes Latin letters with Greek or Cyrillic ones.",
        QualityFlag.NEWLINES_NORMALISED: "Line ends of several kinds were made one.",
        QualityFlag.DATE_UNPARSED: "A date was given and could not be read; it is null.",
        QualityFlag.DATE_FUTURE: "A date lay more than 48 hours ahead; it is null.",
        QualityFlag.URL_INVALID: "An address was given that is none of the web; it is null.",
        QualityFlag.THIN_CONTENT: "Fewer words than the limit thin_words.",
        QualityFlag.LANGUAGE_UNCERTAIN: "Too short to tell its language, or detector and words disagree.",
        QualityFlag.MARKUP_REMOVED: "HTML in text or title was removed.",
        QualityFlag.DUPLICATE_KEY: "A key stood twice with the same value.",
    },
}
"""A sentence for people, for every word of these lists."""
