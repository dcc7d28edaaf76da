"""The ledger's own guard: what the database holds of every entry, whoever writes it."""

from django.db.migrations import RunSQL


def zero_sum() -> RunSQL:
    """Refuse a statement that leaves an entry unbalanced, adds to an older one, or has no entry.

    Why by statement: an entry's lines come in one statement, so the sum is taken once for each
    entry and not once for each line.
    """
    return RunSQL(
        """
        CREATE FUNCTION ledger_line_sums() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (
            SELECT 1 FROM added a GROUP BY a.practice_id, a.entry_id
            HAVING sum(a.amount_cents) <> 0 OR count(*) < 2
              OR count(*) <> (SELECT count(*) FROM ledger_line l
                  WHERE l.practice_id = a.practice_id AND l.entry_id = a.entry_id)
              OR NOT EXISTS (SELECT 1 FROM ledger_entry e
                  WHERE e.practice_id = a.practice_id AND e.id = a.entry_id)
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
