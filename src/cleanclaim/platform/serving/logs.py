"""Logs that hold no data of a person: of an exception its kind and its places, never its words."""

import logging
import traceback


class PlainFormatter(logging.Formatter):
    """One line for a record; the trace of an exception without the exception's text.

    Why: texts of database and parser errors quote the values that they stumbled over.
    """

    def formatException(self, ei: object) -> str:  # noqa: N802  logging's own name
        """Write kind and places."""
        if not isinstance(ei, tuple) or ei[1] is None:
            return ""
        places = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(ei[2])
        ]
        return " | ".join([type(ei[1]).__name__, *places])


class OnlyCodes(logging.Filter):
    """Keep arguments of a record only where they are numbers or come from our own code."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Drop the words of libraries that log values."""
        if record.name.startswith(("django.db", "procrastinate")):
            record.msg = record.msg if not record.args else record.msg.split("%", 1)[0]
            record.args = ()
            if record.name.startswith("procrastinate"):
                record.msg = record.msg.split("(", 1)[0]
        return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"codes": {"()": OnlyCodes}},
    "formatters": {
        "plain": {"()": PlainFormatter, "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["codes"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "cleanclaim": {"level": "INFO"},
    },
}
