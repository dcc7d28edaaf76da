"""Single faults in envelopes; each row: kind, what is replaced, by what, segment, element, codes."""

from collections.abc import Iterator

from cleanclaim_x12.tests.faults import Clean, Fault

ROWS = """
isa01 | ISA*00* | ISA*9X* | ISA | 1 | 010
isa02 short | ISA*00*          * | ISA*00*         * | ISA | 2 | 011
isa03 | *00*          *ZZ*SUB | *77*          *ZZ*SUB | ISA | 3 | 012
isa04 long | *00*          *ZZ*SUB | *00*           *ZZ*SUB | ISA | 4 | 013
isa05 | *ZZ*SUBMIT01  | *QQ*SUBMIT01  | ISA | 5 | 005
isa06 short | *SUBMIT01       *ZZ | *SUBMIT01      *ZZ | ISA | 6 | 006
isa06 empty | *SUBMIT01       *ZZ | *               *ZZ | ISA | 6 | 006
isa07 | *ZZ*RECEIVE01  | *00*RECEIVE01  | ISA | 7 | 007
isa08 empty | *RECEIVE01      * | *               * | ISA | 8 | 008
isa09 month | *261122*0930*^ | *261322*0930*^ | ISA | 9 | 014
isa10 hour | *261122*0930*^ | *261122*2530*^ | ISA | 10 | 015
isa11 letter | *0930*^*005 | *0930*U*005 | ISA | 11 | 016
isa11 the component separator | *0930*^*005 | *0930*:*005 | ISA | 11 | 016
isa12 | *00501*000000101 | *00999*000000101 | ISA | 12 | 017
isa13 letters | *000000101*0*T | *00000010A*0*T | ISA | 13 | 018
isa13 zero | *00501*000000101*0 | *00501*000000000*0 | ISA | 13 | 018
isa14 | *000000101*0*T | *000000101*7*T | ISA | 14 | 019
isa15 | *0*T*: | *0*X*: | ISA | 15 | 020
iea01 | IEA*1*000000101 | IEA*2*000000101 | IEA | 1 | 021
iea01 letters | IEA*1*000000101 | IEA*X*000000101 | IEA | 1 | 022
iea02 | IEA*1*000000101 | IEA*1*000000102 | IEA | 2 | 001
iea missing | IEA*1*000000101~ |  | IEA | 0 | 023
iea extra | IEA*1*000000101 | IEA*1*000000101*9 | IEA | 3 | 022
gs01 | GS*HC* | GS*HP* | ST | 1 | 18
gs01 unknown | GS*HC* | GS*QZ* | GS | 1 | 1
gs02 short | GS*HC*SUBMIT01* | GS*HC*S* | GS | 2 | 024
gs03 empty | *RECEIVE01*20261122 | **20261122 | GS | 3 | 024
gs04 | *RECEIVE01*20261122*0930 | *RECEIVE01*20261131*0930 | GS | 4 | 024
gs05 | *20261122*0930*101*X | *20261122*2461*101*X | GS | 5 | 024
gs06 letters | *0930*101*X | *0930*1A1*X | GS | 6 | 6
gs07 | *101*X*005 | *101*T*005 | GS | 7 | 2
gs08 | *X*005010X222A1~ | *X*~ | GS | 8 | 2
gs08 other | *X*005010X222A1~ | *X*005010X222~ | ST | 3 | 19
ge01 | GE*1* | GE*3* | GE | 1 | 5
ge02 | GE*1*101 | GE*1*102 | GE | 2 | 4
ge missing | GE*1*101~ |  | GE | 0 | 3
st01 | ST*837* | ST*835* | ST | 1 | 18
st01 letters | ST*837* | ST*8X7* | ST | 1 | 6
st02 short | ST*837*0001* | ST*837*01* | ST | 2 | 7
st03 | 0001*005010X222A1~ | 0001*005010X223A2~ | ST | 3 | 19
st03 missing | ST*837*0001*005010X222A1 | ST*837*0001 | ST | 3 | 19
se01 | SE*43* | SE*44* | SE | 1 | 4
se01 letters | SE*43* | SE*4X* | SE | 1 | 4
se02 | SE*43*0001 | SE*43*0002 | SE | 2 | 3
se missing | SE*43*0001~ |  | SE | 0 | 2
se extra | SE*43*0001 | SE*43*0001*1 | SE | 3 | 4
gs missing | GS*HC*SUBMIT01*RECEIVE01*20261122*0930*101*X*005010X222A1~ |  | ST | 0 | 024
junk before | ISA*00*  | HELLO ISA*00*  |  | 0 | 022
junk behind | IEA*1*000000101~ | IEA*1*000000101~HELLO |  | 0 | 022
ge01 letters | GE*1*101 | GE*X*101 | GE | 1 | 5
isa09 day | *261122*0930*^ | *260230*0930*^ | ISA | 9 | 014
isa15 information | *0*T*: | *0*I*: | ISA | 15 | 020
isa16 the element separator | *0*T*:~ | *0*T**~ | ISA | 16 | 027
ta1 status | GS*HC* | TA1*000000101*261122*0930*Q*000~GS*HC* | TA1 | 4 | 024
se again | GE*1*101~ | SE*1*0001~GE*1*101~ | SE | 0 | 024
iea again | IEA*1*000000101~ | IEA*1*000000101~IEA*1*000000101~ | IEA | 0 | 022
cut in the head | 0930*^*00501*000000101*0*T*: | 0930 |  | 0 | 022
segment outside | GE*1*101~ | REF*EI*1~GE*1*101~ | REF | 0 | 024
"""


def envelope_faults(clean: Clean) -> Iterator[Fault]:
    """Make the faults of the table, and those that repeat envelopes."""
    data = ("~".join(clean.texts) + "~").encode()
    text = data.decode()
    for row in ROWS.strip().splitlines():
        kind, old, new, segment, element, ack = row.split(" | ")
        assert text.count(old) >= 1, row
        damaged = text.replace(old, new, 1).encode("latin-1")
        yield Fault(f"envelope {kind}", damaged, segment, (), int(element), frozenset((ack,)))
    transaction = "~".join(clean.texts[clean.start : clean.end + 1]) + "~"
    twice = text.replace(transaction, transaction * 2, 1).replace("GE*1*", "GE*2*")
    yield Fault("envelope st02 twice", twice.encode(), "ST", (1,), 2, frozenset(("23",)))
    bare = text.replace(transaction, "", 1).replace("GE*1*", "GE*0*")
    yield Fault("envelope group empty", bare.encode(), "GE", (), 0, frozenset(("5",)))
    head = "~".join([clean.texts[0], "IEA*0*000000101"]) + "~"
    yield Fault("envelope interchange empty", head.encode(), "IEA", (), 0, frozenset(("024",)))
    again = (text * 2).encode()
    yield Fault("envelope isa13 twice", again, "ISA", (), 13, frozenset(("025",)))
    group = "~".join(clean.texts[1:-1]) + "~"
    groups = text.replace(group, group * 2, 1).replace("IEA*1*", "IEA*2*")
    yield Fault("envelope gs06 twice", groups.encode(), "GS", (), 6, frozenset(("19",)))
