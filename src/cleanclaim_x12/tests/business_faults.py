"""Single faults of SNIP 3 to 7: file | kind | replaced | by | segment | element | code.

The place is that of the first replaced segment where the finding's segment is the same, else any.
"""

from collections.abc import Iterator

from cleanclaim_x12.tests.faults import Clean, Fault
from cleanclaim_x12.tests.further_faults import FURTHER

ROWS = """
837p-cob | claim total | CLM*ENC1001A*200* | CLM*ENC1001A*201* | CLM | 2 | X12-BAL-CLAIM
837p-cob | line charge | SV1*HC:83036*50* | SV1*HC:83036*51* | CLM | 2 | X12-BAL-CLAIM
837p-cob | line paid | SVD*88888*80* | SVD*88888*81* | SVD | 2 | X12-BAL-COB-LINE
837p-cob | line adjustment | CAS*CO*45*37.2 | CAS*CO*45*37.3 | SVD | 2 | X12-BAL-COB-LINE
837p-cob | payer paid | AMT*D*92.8 | AMT*D*92.9 | AMT | 2 | X12-BAL-COB-PAID
837p-cob | rank missing | SBR*P*18*******CI~AMT | SBR*T*18*******CI~AMT | SBR | 0 | X12-SIT-OTHER-PAYER
837p-cob | rank twice | SBR*P*18*******CI~AMT | SBR*S*18*******CI~AMT | SBR | 1 | X12-SIT-RANK
837p-cob | paid amount missing | AMT*D*92.8~ |  | AMT | 0 | X12-SIT-PAID-AMOUNT
837p-cob | payer of a line unknown | SVD*88888*80* | SVD*88889*80* | SVD | 1 | X12-SIT-PAYER-UNKNOWN
837p-cob | adjudicated twice | PI*88888~LX | PI*88888~DTP*573*D8*20261110~LX | DTP | 0 | X12-SIT-ADJUDICATED-TWICE
837p-cob | adjudicated in the future | DTP*573*D8*20261110 | DTP*573*D8*20270110 | DTP | 3 | X12-SIT-FUTURE
837p-cob | pointer beyond | *UN*1***1:2~ | *UN*1***1:3~ | SV1 | 7 | X12-SIT-POINTER
837p-cob | pointer far | 50*UN*1***1~ | 50*UN*1***12~ | SV1 | 7 | X12-SIT-POINTER
837p-cob | subscriber address missing | N3*5 OAK AVE~ |  | N3 | 0 | X12-SIT-SUBSCRIBER
837p-cob | subscriber birth missing | DMG*D8*19800214*F~ |  | DMG | 0 | X12-SIT-SUBSCRIBER
837p-cob | self missing | SBR*S*18*GRP9 | SBR*S**GRP9 | SBR | 2 | X12-SIT-PATIENT
837p-cob | birth in the future | DMG*D8*19800214 | DMG*D8*20280214 | DMG | 2 | X12-SIT-FUTURE
837p-cob | service before birth | DMG*D8*19800214 | DMG*D8*20261111 | DTP | 3 | X12-SIT-BEFORE-BIRTH
837p-cob | service in the future | DTP*472*D8*20261101 | DTP*472*D8*20261201 | DTP | 3 | X12-SIT-FUTURE
837p-cob | replacement without number | 11:B:1* | 11:B:7* | REF | 0 | X12-SIT-REPLACED
837p-cob | void without number | 11:B:1* | 11:B:8* | REF | 0 | X12-SIT-REPLACED
837p-cob | post box | N3*100 MAIN ST | N3*PO BOX 100 | N3 | 1 | X12-SIT-POST-BOX
837p-cob | short zip of the billing provider | 627010001 | 62701 | N4 | 3 | X12-SIT-ZIP9
837p-cob | state missing | SPRINGFIELD*IL*62702 | SPRINGFIELD**62702 | N4 | 2 | X12-SIT-STATE
837p-cob | zip missing | SPRINGFIELD*IL*62702 | SPRINGFIELD*IL | N4 | 3 | X12-SIT-STATE
837p-cob | first name of a company | EXAMPLE PAYER*****PI*99999 | EXAMPLE PAYER*X****PI*99999 | NM1 | 4 | X12-SIT-NAME
837p-cob | first name of the billing company | EXAMPLE FAMILY CLINIC***** | EXAMPLE FAMILY CLINIC*ANN**** | NM1 | 4 | X12-SIT-NAME
837p-cob | medicare second | ***CI~NM1*IL*1*DOE*JANE*Q | ***MB~NM1*IL*1*DOE*JANE*Q | SBR | 5 | X12-SIT-MSP
837p-cob | minutes | SV1*HC:83036*50*UN* | SV1*HC:83036*50*MJ* | SV1 | 3 | X12-SIT-MINUTES
837p-cob | inpatient without admission | *11:B:1*Y | *21:B:1*Y | DTP | 0 | X12-SIT-ADMISSION
837p-cob | accident without date | *Y*A*Y*Y~HI | *Y*A*Y*Y**EM~HI | DTP | 0 | X12-SIT-ACCIDENT-DATE
837p-cob | line control twice | REF*6R*L2 | REF*6R*L1 | REF | 2 | X12-SIT-LINE-CONTROL
837p-cob | place again | UN*1***1:2~ | UN*1*11**1:2~ | SV1 | 5 | X12-SIT-POS-SAME
837p-cob | diagnosis twice | ABF:I10 | ABF:E119 | HI | 2 | X12-SIT-DIAGNOSIS-TWICE
837p-cob | npi check digit of billing | XX*1234567893~N3 | XX*1234567890~N3 | NM1 | 9 | X12-CODE-NPI
837p-cob | npi check digit of rendering | XX*1679576722 | XX*1679576723 | NM1 | 9 | X12-CODE-NPI
837p-cob | npi nine digits | XX*1679576722 | XX*167957672 | NM1 | 9 | X12-CODE-NPI
837p-cob | taxonomy | PRV*PE*PXC*207Q00000X | PRV*PE*PXC*207Q000009 | PRV | 3 | X12-CODE-TAXONOMY
837p-cob | diagnosis | ABK:E119 | ABK:1E19 | HI | 1 | X12-CODE-DIAGNOSIS
837p-cob | diagnosis with a point | ABF:I10 | ABF:E11.9 | HI | 2 | X12-CODE-DIAGNOSIS
837p-cob | procedure | SV1*HC:99214:25 | SV1*HC:9921:25 | SV1 | 1 | X12-CODE-PROCEDURE
837p-cob | procedure shape | SV1*HC:83036* | SV1*HC:ZZ036* | SV1 | 1 | X12-CODE-PROCEDURE
837p-cob | modifier | HC:99214:25*150 | HC:99214:2%*150 | SV1 | 1 | X12-CODE-MODIFIER
837p-cob | reason | CAS*PR*2*20 | CAS*PR*999*20 | CAS | 2 | X12-CODE-CARC
837p-cob | place of service | *11:B:1* | *98:B:1* | CLM | 5 | X12-CODE-POS
837p-cob | frequency | *11:B:1* | *11:B:%* | CLM | 5 | X12-CODE-FREQUENCY
837p-cob | state | SPRINGFIELD*IL*62702 | SPRINGFIELD*XX*62702 | N4 | 2 | X12-CODE-STATE
837p-cob | zip | IL*62702 | IL*6270 | N4 | 3 | X12-CODE-ZIP
837p-cob | zip of another state | IL*62702 | IL*92702 | N4 | 3 | X12-CODE-ZIP-STATE
837p-cob | tax id | REF*EI*123456789 | REF*EI*12345678 | REF | 2 | X12-CODE-EIN
837p-cob | phone | TE*5555550100 | TE*55501 | PER | 4 | X12-CODE-PHONE
837p-patient | patient twice said | SBR*P**GRP1 | SBR*P*18*GRP1 | SBR | 2 | X12-SIT-PATIENT-TWICE
837p-patient | accident date missing | DTP*439*D8*20261029~ |  | DTP | 0 | X12-SIT-ACCIDENT-DATE
837p-patient | accident state missing | AA:EM::IL | AA:EM | CLM | 11 | X12-SIT-ACCIDENT-STATE
837p-patient | accident cause missing | *P*AA:EM::IL*02 | *P**02 | CLM | 11 | X12-SIT-ACCIDENT-CAUSE
837p-patient | accident state wrong | AA:EM::IL | AA:EM::QQ | CLM | 11 | X12-CODE-STATE
837p-patient | replaced number missing | REF*F8*ICN0001~ |  | REF | 0 | X12-SIT-REPLACED
837p-patient | original with number | *11:B:7* | *11:B:1* | REF | 0 | X12-SIT-ORIGINAL
837p-patient | attachment number missing | *EL***AC*ATT12345 | *EL | PWK | 5 | X12-SIT-ATTACHMENT
837p-patient | patient paid too much | AMT*F5*15 | AMT*F5*9915 | AMT | 2 | X12-BAL-PATIENT-PAID
837p-patient | onset after service | DTP*431*D8*20261030 | DTP*431*D8*20261120 | DTP | 3 | X12-SIT-AFTER-SERVICE
837p-patient | period backwards | 20261101-20261102 | 20261102-20261101 | DTP | 3 | X12-SIT-PERIOD
837p-patient | ndc | N4*00409379601 | N4*0040937960 | LIN | 3 | X12-CODE-NDC
837p-patient | clia | X4*11D1234567 | X4*11X1234567 | REF | 2 | X12-CODE-CLIA
837p-patient | facility zip | IL*627030002 | IL*62703 | N4 | 3 | X12-SIT-ZIP9
837p-patient | drug quantity | CTP****2*ML | CTP****0*ML | CTP | 4 | X12-LINE-DRUG
837p-patient | laboratory without clia | REF*X4*11D1234567~ |  | REF | 0 | X12-LINE-LABORATORY
837p-patient | units of none | UN*2***1 | UN*0***1 | SV1 | 4 | X12-LINE-UNITS
837p-patient | line place | *UN*1*81** | *UN*1*98** | SV1 | 5 | X12-CODE-POS
837p-ambulance | cr1 missing | CR1*LB*150**A*DH*12~ |  | CR1 | 0 | X12-SIT-AMBULANCE
837p-ambulance | reason missing | CRC*07*Y*01*05~ |  | CRC | 0 | X12-SIT-AMBULANCE-WHY
837p-ambulance | drop-off missing | NM1*45*2*CITY HOSPITAL~N3*9 CARE WAY~N4*SPRINGFIELD*IL*62701~ |  | NM1 | 0 | X12-SIT-AMBULANCE-PLACE
837p-ambulance | admission missing | DTP*435*D8*20261103~ |  | DTP | 0 | X12-SIT-ADMISSION
837p-ambulance | anesthesia units | *900*MJ*75* | *900*UN*75* | SV1 | 3 | X12-SIT-UNITS-ANESTHESIA
837p-ambulance | anesthesia modifier | HC:00840:AA:P1 | HC:00840:P1 | SV1 | 1 | X12-LINE-ANESTHESIA
837p-ambulance | mileage | UN*12***1 | UN*12.25***1 | SV1 | 4 | X12-LINE-MILEAGE
837p-ambulance | claim twice | ENC3002A | ENC3001A | CLM | 1 | X12-SIT-CLAIM-TWICE
837p-ambulance | claim total of the second | CLM*ENC3002A*900* | CLM*ENC3002A*90* | CLM | 2 | X12-BAL-CLAIM
837i | claim total | CLM*ENC4001A*5200* | CLM*ENC4001A*5000* | CLM | 2 | X12-BAL-CLAIM
837i | admission missing | DTP*435*DT*202611010930~ |  | DTP | 0 | X12-SIT-ADMISSION
837i | admitting missing | HI*ABJ:R1031~ |  | HI | 0 | X12-SIT-ADMITTING
837i | discharge hour missing | DTP*096*TM*1100~ |  | DTP | 0 | X12-SIT-DISCHARGE-HOUR
837i | admission source missing | CL1*1*1*01 | CL1*1**01 | CL1 | 2 | X12-SIT-ADMISSION-TYPE
837i | line date missing | UN*1~DTP*472*D8*20261110~ | UN*1~ | DTP | 0 | X12-SIT-LINE-DATE
837i | line date outside | UN*1~DTP*472*D8*20261110 | UN*1~DTP*472*D8*20261109 | DTP | 3 | X12-SIT-STATEMENT
837i | total line | SV2*0120**3600 | SV2*0001**3600 | SV2 | 1 | X12-SIT-TOTAL-LINE
837i | revenue code | SV2*0360* | SV2*9360* | SV2 | 1 | X12-CODE-REVENUE
837i | non-covered | UN*1~DTP*472*D8*20261110 | UN*1**400~DTP*472*D8*20261110 | SV2 | 7 | X12-BAL-LINE-NONCOVERED
837i | icd procedure | BBR:0DTJ4ZZ | BBR:0DTJ4Z | HI | 1 | X12-CODE-ICD-PROCEDURE
837i | icd procedure letter | BBR:0DTJ4ZZ | BBR:0DTO4ZZ | HI | 1 | X12-CODE-ICD-PROCEDURE
837i | principal diagnosis | ABK:K3580 | ABK:K358000Z | HI | 1 | X12-CODE-DIAGNOSIS
837i | drg | HI*DR:343 | HI*DR:34 | HI | 1 | X12-CODE-DRG
837i | type of bill | *11:A:1** | *0A:A:1** | CLM | 5 | X12-CODE-BILL-TYPE
837i | attending missing | NM1*71*1*HEAL*HANNA****XX*1679576722~PRV*AT*PXC*208600000X~ |  | NM1 | 0 | X12-SIT-ATTENDING
837i | covered days | BE:80:::3 | BE:80:::9 | HI | 1 | X12-BAL-DAYS
837d | claim total | CLM*ENC5001A*430* | CLM*ENC5001A*431* | CLM | 2 | X12-BAL-CLAIM
837d | service date missing | DTP*472*D8*20261101~ |  | DTP | 0 | X12-SIT-SERVICE-DATE
837d | predetermination with date | *Y*A*Y*Y~DTP | *Y*A*Y*Y**********PB~DTP | DTP | 0 | X12-SIT-PREDETERMINATION
837d | procedure | AD:D2740 | AD:2740D | SV3 | 1 | X12-CODE-PROCEDURE
837d | pointer | *****1~TOO*JP*3~REF | *****2~TOO*JP*3~REF | SV3 | 11 | X12-SIT-POINTER
837d | tooth | TOO*JP*3~REF | TOO*JP*99~REF | TOO | 2 | X12-CODE-TOOTH
837d | tooth missing | TOO*JP*3~REF | REF | TOO | 0 | X12-LINE-TOOTH
835-payment | payment | BPR*I*132.8* | BPR*I*132.9* | BPR | 2 | X12-BAL-PAYMENT
835-payment | provider adjustment | L6*-5* | L6*-6* | BPR | 2 | X12-BAL-PAYMENT
835-payment | sign of an adjustment | L6*-5* | L6*5* | BPR | 2 | X12-BAL-PAYMENT
835-payment | line paid | *150*80**1 | *150*81**1 | SVC | 3 | X12-BAL-REMIT-LINE
835-payment | line adjustment | CAS*PR*2*20 | CAS*PR*2*21 | SVC | 3 | X12-BAL-REMIT-LINE
835-payment | claim paid | CLP*ENC1001*1*200*92.8* | CLP*ENC1001*1*200*92.9* | CLP | 4 | X12-BAL-REMIT-CLAIM
835-payment | claim charge | CLP*ENC1001*1*200* | CLP*ENC1001*1*201* | CLP | 3 | X12-BAL-REMIT-CHARGE
835-payment | line charge | SVC*HC:83036*50* | SVC*HC:83036*51* | SVC | 3 | X12-BAL-REMIT-LINE
835-payment | patient share | *92.8*20*12 | *92.8*25*12 | CLP | 5 | X12-BAL-REMIT-PATIENT
835-payment | method without payment | *C*ACH*CCP | *C*NON*CCP | BPR | 4 | X12-BAL-NO-PAYMENT
835-payment | denied but paid | CLP*ENC1001*1* | CLP*ENC1001*4* | CLP | 4 | X12-SIT-DENIED
835-payment | reversal with plus | CLP*ENC0900*1*100 | CLP*ENC0900*22*100 | CLP | 3 | X12-SIT-REVERSAL
835-payment | remark missing | CAS*CO*45*37.2 | CAS*CO*16*37.2 | LQ | 0 | X12-SIT-REMARK
835-payment | date missing | DTM*232*20260901~SVC*HC:99213*-100*-60**1~DTM*472*20260901~ | SVC*HC:99213*-100*-60**1~ | DTM | 0 | X12-SIT-REMIT-DATE
835-payment | trace number of the payer | TRN*1*EFT7788*1999999999 | TRN*1*EFT7788*2999999999 | TRN | 3 | X12-SIT-TRACE
835-payment | routing number | 01*111000025 | 01*111000026 | BPR | 7 | X12-CODE-ABA
835-payment | reason | CAS*CO*45*37.2 | CAS*CO*777*37.2 | CAS | 2 | X12-CODE-CARC
835-payment | payee npi | XX*1234567893~LX | XX*1234567899~LX | N1 | 4 | X12-CODE-NPI
277ca | accepted count | QTY*90*1 | QTY*90*2 | QTY | 2 | X12-BAL-CA-COUNT
277ca | rejected count | QTY*AA*1 | QTY*AA*3 | QTY | 2 | X12-BAL-CA-COUNT
277ca | accepted amount | AMT*YU*200 | AMT*YU*201 | AMT | 2 | X12-BAL-CA-AMOUNT
277ca | rejected amount | AMT*YY*100 | AMT*YY*10 | AMT | 2 | X12-BAL-CA-AMOUNT
277ca | category | STC*A2:20 | STC*A9:20 | STC | 1 | X12-CODE-STATUS
277ca | status | STC*A7:164 | STC*A7:999 | STC | 1 | X12-CODE-STATUS
999 | received | AK9*R*1*1*0 | AK9*R*1*2*0 | AK9 | 3 | X12-BAL-SETS
999 | accepted | AK9*R*1*1*0 | AK9*R*1*1*1 | AK9 | 4 | X12-BAL-SETS
997 | accepted | AK9*P*2*2*1 | AK9*P*2*2*2 | AK9 | 4 | X12-BAL-SETS
834 | subscribers | QTY*ET*1 | QTY*ET*2 | QTY | 2 | X12-BAL-MEMBERS
834 | total | QTY*TO*2 | QTY*TO*3 | QTY | 2 | X12-BAL-MEMBERS
820 | payment | BPR*C*300* | BPR*C*301* | BPR | 2 | X12-BAL-PREMIUM
820 | routing number | 01*021000021 | 01*021000022 | BPR | 13 | X12-CODE-ABA
270 | search | ****MI*W123456789~DMG*D8*19800214*F~ | ~ | NM1 | 9 | X12-SIT-SEARCH
270 | service type | EQ*30 | EQ*0Q | EQ | 1 | X12-CODE-SERVICE
270 | period backwards | 20261101-20261122 | 20261122-20261101 | DTP | 3 | X12-SIT-PERIOD
271 | service type | EB*1*IND*30 | EB*1*IND*3% | EB | 3 | X12-CODE-SERVICE
271 | npi | XX*1679576722 | XX*1679576721 | NM1 | 9 | X12-CODE-NPI
276 | trace twice | TRN*1*ENC1002 | TRN*1*ENC1001 | TRN | 2 | X12-SIT-TRACE-TWICE
276 | npi | XX*1234567893 | XX*1234567892 | NM1 | 9 | X12-CODE-NPI
277 | category | STC*F1:65*20261120** | STC*Q1:65*20261120** | STC | 1 | X12-CODE-STATUS
278-request | diagnosis | BF:41090 | BF:4109000 | HI | 1 | X12-CODE-DIAGNOSIS
278-request | npi | XX*1245319599 | XX*1245319590 | NM1 | 9 | X12-CODE-NPI
278-response | period backwards | 20261201-20261231 | 20261231-20261201 | DTP | 3 | X12-SIT-PERIOD
275 | npi | XX*1234567893 | XX*1234567891 | NM1 | 9 | X12-CODE-NPI
"""


def business_faults(clean: Clean) -> Iterator[Fault]:
    """Make the faults of the table for this file."""
    text = "~".join(clean.texts) + "~"
    for row in (ROWS.strip() + FURTHER).splitlines():
        name, kind, old, new, segment, element, code = (part.strip() for part in row.split(" |"))
        if name != clean.name or not code:
            continue
        assert old in text, row
        damaged = clean.join(text.replace(old, new, 1).split("~")[:-1])
        at = _place(text, text.index(old), clean.start)
        own = old.split("*")[0] == segment and new != "" and "~" not in old
        places = (at,) if own and "MISSING" not in kind else ()
        yield Fault(f"{name} {kind}", damaged, segment, places, int(element), frozenset((code,)))


def _place(text: str, offset: int, start: int) -> int:
    return text.count("~", 0, offset) - start + 1
