"""Services review 278 (005010X217) and attachments 275 (005010X210, 006020X314).

How often segments may repeat was read from samples, not from a licensed guide: what these tables
say of repeats is a warning, and of the 275 whatever they say.
"""

LISTS = {
    "id": "24|34|46|PI|XV|XX",
    "why": "04|15|33|35|41|42|43|44|45|46|47|49|50|51|52|53|56|57|58|60|61|62|63|64|65|66|67|68|69|"
    "70|71|72|73|74|75|76|77|78|79|80|82|83|84|85|86|87|88|89|90|91|92|95|96|97|98|AA|AB|AC|AD|AE|"
    "AF|AG|AH|AI|AJ|AK|AL|AM|AN|AO|AP|AQ|AR|AS|AT|AU|AV|AW|AX|AY|AZ|C9|E8|T4|T5",
    "followup": "C|G|N|P|R|S|W|X|Y",
    "contact": "EM|EX|FX|TE|UR|WP|HP",
    "provider": "AD|AS|AT|CO|CV|OP|OR|OT|PC|PE|RF|SU",
    "who": "1T|71|72|73|77|AAJ|DD|DK|DN|DQ|FA|G3|P3|QB|QV|SJ|1P|82|GP",
    "diagnosis": "ABF|ABJ|ABK|ABN|APR|BF|BJ|BK|BN|PR|LOI|DR",
    "event": "439|484|ABC|431|AAH|435|096|472|007|036|102|297|573|AAD",
    "product": "AD|HC|ID|IV|N4|NU|ZZ|WK",
}

_WHY = "AAA S9 01=N|Y 03=%why 04?=%followup"
_PLACE = "N3 S1 01 02?\nN4 S1 01 02? 03? 04? 07?"
_PER = "PER S3 01=IC 02? 03?=%contact 04? 05?=%contact 06? 07?=%contact 08?"
_UM = """UM {} 01=AR|HS|IN|SC 02?=1|2|3|4|5|6|7|8|I|N|R|S 03? 04?(1 2=A|B 3?) 05?(1 2? 3? 4? 5?)
    06?=03|E|U 07? 08? 09? 10?"""
_HSD = "HSD S1 01? 02? 03? 04? 05? 06? 07? 08?"
_PERSON = "03? 04? 05? 06? 07? 08?=%id|II|MI|ZZ|EI|SV 09?"
_HI = "HI S1 01(1=%diagnosis 2 3?=D8|RD8 4?) 02-12?(1=%diagnosis 2 3?=D8|RD8 4? 5? 6?)"
_DETAIL = """
SV1 S1 01(1=%product 2 3-6? 7? 8?) 02? 03? 04? 05? 07?(1 2-4?) 11? 20?
SV2 S1 01? 02?(1=%product 2 3-6? 7? 8?) 03? 04? 05? 09? 10?
SV3 S1 01(1=AD 2 3-6? 7? 8?) 02? 03? 04?(1 2-5?) 05? 06? 07?
TOO S32 01=JP 02? 03?(1 2-5?)
"""
_CARE = """
CR1 S1 01? 02? 03? 04? 05? 06? 07? 08? 09? 10?
CR2 S1 01? 02? 03? 04? 05? 06? 07? 08? 09? 10? 11? 12?
CR5 S1 01? 02? 03? 04? 05? 06? 07? 08? 09? 10? 11? 12? 13? 14? 15? 16? 17? 18?
CR6 S1 01? 02? 03? 04? 05? 06? 07? 08? 09? 10? 11? 12? 13? 14? 15? 16? 17? 18? 19? 20? 21?
"""
_PWK = "PWK S10 01 02 05?=AC 06? 07?"


def _table(bht: str, *, answer: bool) -> str:
    why = _WHY if answer else ""
    trace = "TRN S3 01=1|2 02 03 04?" if answer else "TRN S2 01=1 02 03 04?"
    decision = "HCR S1 01=A1|A2|A3|A4|A6|C|CT|NA 02? 03? 04?\n" if answer else ""
    reference = "REF S9 01=BB|NT 02"
    um = _UM.format("S1" if answer else "R1")
    per = _PER if answer else ""
    return f"""
@ST
BHT R1 {bht}
> 2000A R1
@2000A
HL R1 01 03=20 04=0|1
{why}
> 2010A R1
> 2000B S1
@2010A
NM1 R1 01=X3|PR|2B|36|GP|P5 02=1|2 {_PERSON}
{per}
{why}
@2000B
HL R1 01 02 03=21 04=0|1
> 2010B R*
> 2000C S1
@2010B
NM1 R1 01=1P|FA|X3 02=1|2 {_PERSON}
REF S8 01 02 03?
{_PLACE}
{_PER}
{why}
PRV S1 01=%provider 02? 03?
@2000C
HL R1 01 02 03=22 04=0|1
{why}
> 2010C R1
> 2000D S1
> 2000E S*
@2010C
NM1 R1 01=IL 02=1|2 {_PERSON}
REF S9 01 02 03?
{_PLACE}
{why}
DMG S1 01?=D8 02? 03?=F|M|U
INS S1 01=Y 02=18 08?
@2000D
HL R1 01 02 03=23 04=0|1
{why}
> 2010D R1
> 2000E S*
@2010D
NM1 R1 01=QC 02=1 {_PERSON}
REF S9 01 02 03?
{_PLACE}
{why}
DMG S1 01?=D8 02? 03?=F|M|U
INS S1 01=N 02 08? 17?
@2000E
HL R1 01 02 03=EV 04=0|1
{trace}
{why}
{um}
{decision}{reference}
DTP S14 01=%event 02=D8|RD8|DT 03
{_HI}
{_HSD}
CRC S* 01 02 03 04-07?
CL1 S1 01? 02? 03? 04?
{_CARE}
{_PWK}
MSG S1 01
> 2010EA S*
> 2000F S*
@2010EA
NM1 R1 01=%who|45|FS|ND|PW|R3|CA|L5|2B|36|PR|IC|X3|ZZ 02=1|2 {_PERSON}
REF S8 01 02 03?
{_PLACE}
{_PER}
{why}
PRV S1 01=%provider 02? 03?
@2000F
HL R1 01 02 03=SS 04=0|1
{trace}
{why}
{um.replace("R1", "S1", 1)}
{decision}{reference}
DTP S9 01=%event 02=D8|RD8|DT 03
{_HI}
{_DETAIL}
{_HSD}
{_PWK}
MSG S1 01
> 2010FA S*
@2010FA
NM1 R1 01=%who 02=1|2 {_PERSON}
REF S8 01 02 03?
{_PLACE}
{_PER}
{why}
PRV S1 01=%provider 02? 03?
"""


REQUEST = _table("01=0007 02=01|13|36 03 04 05 06?=RU", answer=False)
RESPONSE = _table("01=0007 02=11 03 04 05 06?=18|19|AT|RU", answer=True)

ATTACHMENT = """
@ST
BGN R1 01=02|11 02 03 04? 05? 06? 07? 08?
> 1000A R1
> 1000B R1
> 1000C R*
> 1000D R1
> 2000A R*
@1000A
NM1 R1 01=PR|40 02=1|2 03? 04? 05? 06? 07? 08? 09?
PER S* 01 02? 03? 04? 05? 06? 07? 08?
@1000B
NM1 R1 01=41 02=1|2 03? 04? 05? 06? 07? 08? 09?
PER S* 01 02? 03? 04? 05? 06? 07? 08?
@1000C
NM1 R1 01=1P|85|82|FA|SJ 02=1|2 03? 04? 05? 06? 07? 08? 09?
REF S* 01 02 03?
N3 S1 01 02?
N4 S1 01 02? 03? 04? 07?
PRV S1 01 02? 03?
PER S* 01 02? 03? 04? 05? 06? 07? 08?
@1000D
NM1 R1 01=QC|IL 02=1 03? 04? 05? 06? 07? 08? 09?
REF S* 01 02 03?
DTP S* 01 02=D8|RD8 03
@2000A
LX R1 01
TRN R1 01=1|2 02 03? 04?
STC S* 01(1 2? 3? 4?) 02? 03? 04? 05? 06? 07? 08? 09? 10?(1 2? 3? 4?) 11?(1 2? 3? 4?) 12?
REF S* 01 02 03?
DTP S* 01=472 02=D8|RD8|DT 03
SVC S* 01(1 2 3-6?) 02? 03? 04? 05? 06?(1 2 3-6?) 07?
> 2100A S*
@2100A
DTP R1 01=368 02=D8|RD8|DT 03
CAT R1 01 02? 03?
OOI S1 01? 02? 03?
> 2110A R*
@2110A
EFI R1 01=05 02? 03-16?
BIN S1 01 02
BDS S1 01=ASC|B64 02 03
"""
