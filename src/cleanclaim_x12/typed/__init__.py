"""Typed models of the transactions: bytes to records and records to bytes.

Each transaction has a module of its own, with the records, the `SPEC` that both the reader and the
writer are compiled from, and its functions:

- `read_…(source)` gives whole transactions;
- `stream_…(source)`, for 837 and 835, gives claim by claim in constant memory;
- `write_…(records, envelope, options)` gives `Written`: the file, or findings and no file.

Amounts are cents, dates are `date`, every record has its `place` in the transaction (ST is 1), and
what a record does not understand stands whole in `unknown` and is written back. Fields that hold
several are sequences: lists where they were read, empty tuples where nothing stood.
"""
