"""A world to practise in: made-up people and visits, a clearinghouse and payers that answer.

Nothing in it belongs to anybody: NPIs begin with 2, a range that is never issued, tax numbers
with 99, member ids with TST. It knows the product only by bytes: superbills out, X12 in and out.
"""
