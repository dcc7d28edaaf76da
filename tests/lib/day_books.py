"""The books of a billing day under natural names, so that two runs of one day can be compared.

Run in the environment of a data folder: `python tests/lib/day_books.py PREFIX` prints them for the
companies whose short names begin with the prefix. It reads as the backup role, which may only read.

Left out is what a day may do otherwise when it is cut short: ids, numbers given out, instants,
which claims share a file, and so traces and what a payer carries forward from one payment to the
next. The money that these move is held together: cash, expected transfers and what payers are
owed are one sum.
"""

import json
import sys
from collections import defaultdict

import psycopg

from cleanclaim.platform.postgres import cluster_used, own_cluster, role_address

CARRIED = ("1000", "1040", "2020")  # cash, expected transfers, owed to payers
_OWN = """JOIN (SELECT practice.id AS practice_id, tenant.slug || '/' || practice.npi AS owner_name
  FROM practice JOIN tenancy_tenant tenant ON tenant.id = tenant_id
  WHERE tenant.slug LIKE %(prefix)s) own USING (practice_id)"""
_CLAIM = f"claim {_OWN} JOIN encounter ON encounter.id = claim.encounter_id"
_CLAIM_NAME = "own.owner_name || '/' || encounter.number || '/' || claim.level"
# What is told of each claim: one row by name, or many.
_OF_CLAIMS = {
    "state": """stage, outcome, owner, version, cardinality(payer_control_numbers), claim.holds,
      planned, in_flight, forwarded_until, first_adjudicated, bars_patient, charge_cents,
      allowed_cents, paid_cents, adjusted_cents, patient_cents, open_cents, next_date
      FROM {claim}""",
    "lines": """line.ordinal, line.outcome, line.expected_cents, line.open_cents,
      line.patient_cents FROM {claim} JOIN claim_line line ON line.claim_id = claim.id""",
    "versions": """version.version, version.kind, version.frequency_code, cardinality(releases)
      FROM {claim} JOIN claim_version version ON version.claim_id = claim.id""",
    "sent": """batch_claim.ordinal > 0 FROM {claim}
      JOIN batch_claim ON batch_claim.claim_id = claim.id""",
    "findings": """finding.code, finding.severity, finding.place
      FROM {claim} JOIN claim_finding finding ON finding.claim_id = claim.id""",
    "events": """event.event, event.stage
      FROM {claim} JOIN claim_event event ON event.claim_id = claim.id
      WHERE event.actor NOT LIKE 'person:%%'""",
    "acknowledged": """answer.kind, answer.verdict
      FROM {claim} JOIN acknowledgement answer ON answer.claim_id = claim.id""",
    "adjudicated": """told.status_code, told.charge_cents, told.paid_cents, told.patient_cents,
      told.reversed_by <> '', cardinality(told.entry_keys)
      FROM {claim} JOIN adjudication told ON told.claim_id = claim.id""",
    "items": """item.kind, item.owner, item.state, item.stake_cents
      FROM {claim} JOIN work_item item ON item.claim_id = claim.id""",
    "timers": """timer.kind, timer.due_date, timer.is_active
      FROM {claim} JOIN timer ON timer.claim_id = claim.id""",
    "ledger": """charge.line_number, entry.event, entry.period, entry.reverses <> '', line.account,
      payer.payer_id, line.rank, line.reason, line.plb, line.amount_cents
      FROM {claim} JOIN ledger_line line ON line.claim_id = claim.id
      JOIN ledger_entry entry ON entry.id = line.entry_id
      LEFT JOIN charge ON charge.id = line.line_id LEFT JOIN payer ON payer.id = line.payer_id""",
}
# What is told of each practice; rows of one name are sorted.
_OF_PRACTICES = {
    "encounters": "number, state FROM encounter {own}",
    "charges": """encounter.number, charge.line_number, charge.charge_cents
      FROM charge {own} JOIN encounter ON encounter.id = charge.encounter_id""",
    "patients": "count(*) FROM patient {own} GROUP BY 1",
    "coverages": "count(*) FROM coverage {own} GROUP BY 1",
    "ledger": """account, sum(amount_cents), count(*) FROM ledger_line {own}
      WHERE account <> ALL (%(carried)s) GROUP BY 1, account""",
    "cash": """sum(amount_cents) FROM ledger_line {own}
      WHERE account = ANY (%(carried)s) GROUP BY 1""",
    "other items": """kind, state, count(*) FROM work_item {own}
      WHERE claim_id IS NULL GROUP BY 1, kind, state""",
    "remittances": "state FROM remittance {own} GROUP BY 1, state",
    "deposits": "state FROM deposit {own} GROUP BY 1, state",
}
_FILES = """SELECT slug, encode(digest, 'hex') FROM {} kept
  JOIN files_storedfile file ON file.id = kept.file_id
  JOIN tenancy_tenant tenant ON tenant.id = file.tenant_id WHERE slug LIKE %s"""
# What must come to nothing, whatever happened to the day.
_NOTHING = {
    "entries that do not sum to zero": """SELECT count(*) FROM (SELECT 1 FROM ledger_line
      GROUP BY entry_id HAVING sum(amount_cents) <> 0) wrong""",
    "claims whose open money is not the journal's": """SELECT count(*) FROM claim
      LEFT JOIN (SELECT claim_id, sum(amount_cents) AS cents FROM ledger_line
        WHERE account = '1100' GROUP BY 1) told ON told.claim_id = claim.id
      WHERE claim.open_cents <> coalesce(told.cents, 0)""",
    "transfers that are not their remittance's": """SELECT count(*) FROM deposit FULL JOIN
      (SELECT * FROM remittance WHERE method <> 'NON') told USING (practice_id, trace)
      WHERE deposit.amount_cents IS DISTINCT FROM told.amount_cents""",
    "expected transfers that did not come": """SELECT count(*) FROM (SELECT 1 FROM ledger_line
      WHERE account = '1040' GROUP BY practice_id, trace HAVING sum(amount_cents) <> 0) open""",
    "files not applied": "SELECT count(*) FROM inbound_file WHERE state <> 'applied'",
    "files not answered": "SELECT count(*) FROM interchange WHERE state <> 'accepted'",
}


def books(backup: psycopg.Connection, prefix: str) -> dict[str, dict[str, list[object]]]:
    """Read the books: for each claim, for each practice, and what must be nothing.

    Returns:
        Rows by name and kind, sorted: `{"day1-usmed/2000000101/261122-000001/1": {"lines": []}}`.
    """
    told: dict[str, dict[str, list[object]]] = defaultdict(dict)
    words = {"prefix": f"{prefix}%", "carried": list(CARRIED)}
    for kind, query in _OF_CLAIMS.items():
        rows = backup.execute(f"SELECT {_CLAIM_NAME}, {query.format(claim=_CLAIM)}", words)
        _add(told, kind, rows)
    for kind, query in _OF_PRACTICES.items():
        rows = backup.execute(f"SELECT owner_name, {query.format(own=_OWN)}", words)
        _add(told, kind, rows)
    for kind, query in _NOTHING.items():
        told["nothing"][kind] = [row[0] for row in backup.execute(query)]
    return told


def files(backup: psycopg.Connection, prefix: str) -> dict[str, list[str]]:
    """List the digests of the files that each company sent (`NAME out`) and got (`NAME in`)."""
    told: dict[str, list[str]] = defaultdict(list)
    for way, table in (("out", "interchange"), ("in", "inbound_file")):
        rows = backup.execute(_FILES.format(table), [f"{prefix}%"])
        for slug, digest in rows:
            told[f"{slug} {way}"].append(digest)
    return told


def _add(told: dict[str, dict[str, list[object]]], kind: str, rows: psycopg.Cursor) -> None:
    """Sort the rows under their names; a row that stands twice stays twice."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, *row in rows:
        found[name].append(" | ".join(map(str, row)))
    for name, of_name in found.items():
        told[name][kind] = sorted(of_name)


if __name__ == "__main__":
    with cluster_used(own_cluster()), psycopg.connect(**role_address("backup")) as connection:
        found = {"books": books(connection, sys.argv[1]), "files": files(connection, sys.argv[1])}
    json.dump(found, sys.stdout, indent=1, sort_keys=True)
