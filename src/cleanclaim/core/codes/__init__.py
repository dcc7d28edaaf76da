"""Code tables: official files read, dated look-ups, search. Pure; files are the edge's."""

from cleanclaim.core.codes.memory import MemoryTables
from cleanclaim.core.codes.release import Release, Setting, Table, release_for_day
from cleanclaim.core.codes.tables import CodeTables, Missing

__all__ = [
    "CodeTables",
    "MemoryTables",
    "Missing",
    "Release",
    "Setting",
    "Table",
    "release_for_day",
]
