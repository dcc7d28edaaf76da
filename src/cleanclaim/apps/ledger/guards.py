"""The ledger's own guard: what the database holds of every entry, whoever writes it."""

from django.db.migrations import RunSQL


def zero_sum() -> RunSQL:
    """Refuse a statement that leaves an entry unbalanced, adds to an older one, or has no entry.

    Why by statement: an entry's lines come in one statement, so the sum is taken once for each
    entry and not once for each line. Every statement brings ordinal 0, which the primary key
    takes once: so nothing can be added later, and the older lines need not be counted.
    """
    return RunSQL(
        """
        CREATE FUNCTION ledger_line_sums() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (
            SELECT 1 FROM added GROUP BY practice_id, entry_id
            HAVING sum(amount_cents) <> 0 OR count(*) < 2 OR min(ordinal) <> 0
          ) OR EXISTS (
            SELECT 1 FROM (SELECT DISTINCT practice_id, entry_id FROM added) a
            LEFT JOIN ledger_entry e ON e.practice_id = a.practice_id AND e.id = a.entry_id
            WHERE e.id IS NULL
          ) THEN
            RAISE EXCEPTION 'the lines of an entry come at once and sum to zero'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NULL;
        END $$;
        CREATE TRIGGER zero_sum AFTER INSERT ON ledger_line
          REFERENCING NEW TABLE AS added
          FOR EACH STATEMENT EXECUTE FUNCTION ledger_line_sums()
        """,
        "DROP TRIGGER zero_sum ON ledger_line; DROP FUNCTION ledger_line_sums()",
    )
