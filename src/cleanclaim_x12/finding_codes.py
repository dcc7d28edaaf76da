"""The registry of finding codes: name | SNIP | severity | level:code | words | source | STC.

The level says which acknowledgement segment carries the code: interchange TA105, group AK905, set
IK502, segment IK304, element IK403; `claim` has no place in a 999. The STC is what a 277CA says
where the sender's table does not say otherwise: category:status:entity, parted by `;`.
"""

TABLE = """
# envelopes
X12-JUNK | 1 | error | interchange:022 | nothing outside of ISA and IEA | X12.5 |
X12-ISA-BAD | 1 | error | interchange:022 | an ISA of 16 elements and usable delimiters | X12.5 |
X12-ISA-ELEMENT | 1 | error | interchange: | a value of the fixed length and type | X12.5 |
X12-ISA-DELIMITER | 1 | error | interchange:004 | delimiters that differ and are no letter, digit or blank | X12.5 |
X12-ISA-REPETITION | 1 | warning | interchange:016 | a repetition separator in ISA11 | X12.5 |
X12-ISA-DUPLICATE | 1 | error | interchange:025 | a control number not used before | X12.5 |
X12-ISA-EMPTY | 1 | warning | interchange:024 | a functional group or a TA1 | X12.5 |
X12-IEA-MISSING | 1 | error | interchange:023 | an IEA before the next ISA or the end | X12.5 |
X12-IEA-CONTROL | 1 | error | interchange:001 | IEA02 equal to ISA13 | X12.5 |
X12-IEA-COUNT | 1 | error | interchange:021 | IEA01 the number of groups | X12.5 |
X12-IEA-ELEMENT | 1 | error | interchange:022 | IEA01 and IEA02 of the right shape | X12.5 |
X12-LOOSE | 1 | error | interchange:024 | segments only inside of transactions | X12.5 |
X12-TA1-ELEMENT | 1 | error | interchange:024 | a TA1 of five elements with known codes | X12.5 |
X12-GS-MISSING | 1 | error | interchange:024 | a GS before the first ST | X12.5 |
X12-GS-ELEMENT | 1 | error | interchange:024 | an element of the right type and length | X12.5 |
X12-GS-ID | 1 | error | group:1 | the functional identifier of the transactions inside | X12.5 |
X12-GS-VERSION | 1 | error | group:2 | GS08 a version, GS07 X | X12.5 |
X12-GS-CONTROL | 1 | error | group:6 | GS06 a positive number of at most nine digits | X12.5 |
X12-GS-DUPLICATE | 1 | error | group:19 | GS06 unique in the interchange | X12.5 |
X12-GS-EMPTY | 1 | warning | group:5 | at least one transaction | X12.5 |
X12-GE-MISSING | 1 | error | group:3 | a GE at the end of the group | X12.5 |
X12-GE-CONTROL | 1 | error | group:4 | GE02 equal to GS06 | X12.5 |
X12-GE-COUNT | 1 | error | group:5 | GE01 the number of transactions | X12.5 |
X12-GE-ELEMENT | 1 | error | group:5 | GE01 and GE02 of the right shape | X12.5 |
X12-ST-CODE | 1 | error | set:18 | a transaction of the group's functional identifier | X12.5 |
X12-ST-ELEMENT | 1 | error | set:6 | ST01 of three digits | X12.5 |
X12-ST-CONTROL | 1 | error | set:7 | ST02 of four to nine characters | X12.5 |
X12-ST-DUPLICATE | 1 | error | set:23 | ST02 unique in the group | X12.5 |
X12-ST-VERSION | 1 | error | set:19 | ST03 equal to GS08 | HIPAA guides |
X12-ST-VERSION-USED | 2 | warning | set:19 | no ST03 in an 835 | 005010X221A1 |
X12-SE-MISSING | 1 | error | set:2 | an SE at the end of the transaction | X12.5 |
X12-SE-STRAY | 1 | error | interchange:024 | an SE only after its ST | X12.5 |
X12-SE-CONTROL | 1 | error | set:3 | SE02 equal to ST02 | X12.5 |
X12-SE-COUNT | 1 | error | set:4 | SE01 the number of segments with ST and SE | X12.5 |
X12-SE-ELEMENT | 1 | error | set:4 | SE01 and SE02 of the right shape | X12.5 |
X12-GUIDE-UNKNOWN | 1 | warning | set:1 | a transaction and version with a known guide; only the envelope was checked | HIPAA guides |
X12-BINARY | 1 | error | set:5 | binary data that ends where its length says | X12.5 |
X12-SEGMENT-LONG | 1 | error | set:5 | a segment terminator within the limit | limit of the reader |
# segments
X12-SEG-UNKNOWN | 1 | error | segment:1 | a segment of the standard | X12.6 |
X12-SEG-BLANK | 1 | error | segment:8 | no empty segment | X12.6 |
X12-SEG-UNEXPECTED | 2 | error | segment:2 | another segment at this place | guide |
X12-SEG-MISSING | 2 | error | segment:3 | the required segment | guide |
X12-LOOP-MISSING | 2 | error | segment:3 | the required loop | guide |
X12-LOOP-REPEAT | 2 | error | segment:4 | the loop no more often | guide |
X12-SEG-REPEAT | 2 | error | segment:5 | the segment no more often | guide |
X12-SEG-NOT-IN-SET | 2 | error | segment:6 | a segment of this transaction | guide |
X12-SEG-ORDER | 2 | error | segment:7 | the segment in the order of the guide | guide |
# elements
X12-EL-REQUIRED | 2 | error | element:1 | a value | guide |
X12-EL-NOTE | 1 | error | element:2 | a value, because of another element | X12.6 relational note |
X12-EL-EXCLUSIVE | 1 | error | element:10 | only one of the two | X12.6 relational note |
X12-EL-COUNT | 1 | error | element:3 | no more elements | X12.6 |
X12-EL-TRAILING | 1 | error | element:3 | no separator before the end | X12.6 |
X12-EL-SHORT | 1 | error | element:4 | a longer value | X12.6 |
X12-EL-LONG | 1 | error | element:5 | a shorter value | X12.6 |
X12-EL-CHARS | 1 | error | element:6 | characters of the basic or extended set | X12.6 |
X12-EL-SPACES | 1 | error | element:6 | no blanks around the value | X12.6 |
X12-EL-NUMBER | 1 | error | element:6 | a number | X12.6 |
X12-EL-ZEROS | 1 | warning | element:6 | no leading zeros | X12.6 |
X12-EL-DATE | 1 | error | element:8 | a date of the right format | X12.6 |
X12-EL-TIME | 1 | error | element:9 | a time of the right format | X12.6 |
X12-EL-REPEAT | 1 | error | element:12 | fewer repetitions | X12.6 |
X12-EL-PARTS | 1 | error | element:13 | fewer components | X12.6 |
X12-EL-CODE | 2 | error | element:7 | a code of the list | guide |
X12-EL-SUBSET | 2 | error | element:I6 | a code that the guide allows here | guide |
X12-EL-NOT-USED | 2 | error | element:I10 | nothing | guide |
X12-EL-PATTERN | 2 | error | element:I12 | a value within the guide's limits | guide |
X12-HL-NUMBER | 2 | error | element:7 | HL01 counting from 1 without gaps | X12.6 |
X12-HL-PARENT | 2 | error | element:7 | HL02 the HL01 of a level above | X12.6 |
X12-HL-CHILD | 2 | error | element:7 | HL04 1 where levels follow, else 0 | X12.6 |
X12-LX-NUMBER | 2 | error | element:7 | LX01 counting from 1 | guide |
X12-CLAIMS-MANY | 2 | warning | set:5 | at most 5000 claims in a transaction | 005010X222 1.3 |
# what a writer refuses, or replaces where it was asked to
X12-WRITE-VALUE | 1 | error | element:6 | characters of the X12 character set other than the file's delimiters | X12.5 |
X12-WRITE-REPLACED | 1 | warning | element:6 | characters of the X12 character set other than the file's delimiters | X12.5 |
"""

from cleanclaim_x12.finding_codes_business import BUSINESS  # noqa: E402 - the table reads in order

TABLE += BUSINESS
