"""More single faults of SNIP 1 to 7, invented after the rules: see `business_faults` for the form.

They try the kinds of claims and answers of the `-kinds` and `-payers` files.
"""

FURTHER = """
837p-work | patient relation missing | PAT*20~ | PAT~ | PAT | 1 | X12-EL-REQUIRED
837p-work | patient relation | PAT*20~ | PAT*99~ | PAT | 1 | X12-EL-CODE
837p-work | patient level without claim total | CLM*WORK1*310* | CLM*WORK1** | CLM | 2 | X12-EL-REQUIRED
837p-work | filing missing | SBR*P********WC~ | SBR*P~ | SBR | 9 | X12-SIT-FILING
837p-work | filing unknown | SBR*P********WC~ | SBR*P********XQ~ | SBR | 9 | X12-EL-CODE
837p-work | rank unknown | SBR*P********WC~ | SBR*Z********WC~ | SBR | 1 | X12-EL-CODE
837p-work | company with a first name | NM1*IL*2*ACME WORKS* | NM1*IL*2*ACME WORKS*JOE | NM1 | 4 | X12-SIT-NAME
837p-work | accident of work without date | DTP*439*D8*20261018~ |  | DTP | 0 | X12-SIT-ACCIDENT-DATE
837p-work | cause unknown | *Y*A*Y*Y**EM~ | *Y*A*Y*Y**XX~ | CLM | 11 | X12-EL-CODE
837p-work | auto without state | *Y*A*Y*Y**EM~ | *Y*A*Y*Y**AA~ | CLM | 11 | X12-SIT-ACCIDENT-STATE
837p-work | disability backwards | DTP*360*RD8*20261019-20261102 | DTP*360*RD8*20261102-20261019 | DTP | 3 | X12-SIT-PERIOD
837p-work | back to work before leaving | DTP*296*D8*20261103 | DTP*296*D8*20261001 | DTP | 3 | X12-SIT-PERIOD
837p-work | last worked after the service | DTP*297*D8*20261018 | DTP*297*D8*20261120 | DTP | 3 | X12-SIT-AFTER-SERVICE
837p-work | onset no date | DTP*431*D8*20261019 | DTP*431*D8*20261319 | DTP | 3 | X12-EL-DATE
837p-work | onset with a period | DTP*431*D8*20261019 | DTP*431*RD8*20261019-20261020 | DTP | 2 | X12-EL-SUBSET
837p-work | onset twice | DTP*439*D8*20261018~ | DTP*439*D8*20261018~DTP*439*D8*20261018~ | DTP | 0 | X12-SEG-REPEAT
837p-work | date of unknown meaning | DTP*444*D8 | DTP*999*D8 | DTP | 1 | X12-EL-CODE
837p-work | birth of 1850 | DMG*D8*19751231 | DMG*D8*18501231 | DMG | 2 | X12-SIT-OLD
837p-work | sex unknown | DMG*D8*19751231*M | DMG*D8*19751231*X | DMG | 3 | X12-EL-CODE
837p-work | birth missing | DMG*D8*19751231*M~ |  | DMG | 0 | X12-SEG-MISSING
837p-work | patient street missing | N3*8 ELM ST~ |  | N3 | 0 | X12-SEG-MISSING
837p-work | patient city missing | N4*PEORIA*IL*61603~ |  | N4 | 0 | X12-SEG-MISSING
837p-work | ssn of zeros | REF*SY*219099999 | REF*SY*000099999 | REF | 2 | X12-CODE-SSN
837p-work | ssn too short | REF*SY*219099999 | REF*SY*21909999 | REF | 2 | X12-CODE-SSN
837p-work | extension without number | EX*44 | EX | PER | 6 | X12-EL-NOTE
837p-work | attachment twice | AC*XRAY77 | AC*WORKATT1 | PWK | 6 | X12-SIT-ATTACHMENT-TWICE
837p-work | attachment without number | PWK*RB*EL***AC*XRAY77 | PWK*RB*EL | PWK | 5 | X12-SIT-ATTACHMENT
837p-work | attachment type | PWK*RB*EL | PWK*QQ*EL | PWK | 1 | X12-EL-CODE
837p-work | attachment way | PWK*RB*EL | PWK*RB*ZZ | PWK | 2 | X12-EL-CODE
837p-work | attachment without its kind of number | PWK*OZ*FX***AC*WORKATT1 | PWK*OZ*FX****WORKATT1 | PWK | 5 | X12-EL-NOTE
837p-work | external cause first | ABK:S82201A*ABF:W11XXXA | ABK:W11XXXA*ABF:S82201A | HI | 1 | X12-SIT-EXTERNAL-CAUSE
837p-work | diagnosis list begins with another | HI*ABK:S82201A | HI*ABF:S82201A | HI | 1 | X12-EL-SUBSET
837p-work | diagnoses missing | HI*ABK:S82201A*ABF:W11XXXA~ |  | HI | 0 | X12-SEG-MISSING
837p-work | rendering without npi | NM1*82*1*SMITH*ALEX****XX*1245319599~ | NM1*82*1*SMITH*ALEX~ | NM1 | 9 | X12-SIT-PROVIDER-NPI
837p-work | npi without its kind | NM1*82*1*SMITH*ALEX****XX*1245319599~ | NM1*82*1*SMITH*ALEX*****1245319599~ | NM1 | 8 | X12-EL-NOTE
837p-work | referring without name | NM1*DN*1*WELBY* | NM1*DN*1** | NM1 | 3 | X12-EL-REQUIRED
837p-work | referring is a company | NM1*DN*1* | NM1*DN*2* | NM1 | 2 | X12-EL-SUBSET
837p-work | provider taxonomy kind | PRV*PE*PXC*207X00000X | PRV*PE*ZZ*207X00000X | PRV | 2 | X12-EL-SUBSET
837p-work | provider role | PRV*PE*PXC*207X00000X | PRV*QQ*PXC*207X00000X | PRV | 1 | X12-EL-CODE
837p-work | line number jumps | LX*2~ | LX*3~ | LX | 1 | X12-LX-NUMBER
837p-work | line without service | SV1*HC:73590:RT:26*100*UN*1***1~ |  | SV1 | 0 | X12-SEG-MISSING
837p-work | line without date | DTP*472*D8*20261019~REF*6R*W2~ | REF*6R*W2~ | DTP | 0 | X12-SEG-MISSING
837p-work | charge below zero | SV1*HC:73590:RT:26*100* | SV1*HC:73590:RT:26*-100* | SV1 | 2 | X12-BAL-BELOW-ZERO
837p-work | charge with three decimals | SV1*HC:73590:RT:26*100* | SV1*HC:73590:RT:26*100.001* | SV1 | 2 | X12-EL-PATTERN
837p-work | charge of nine digits | SV1*HC:73590:RT:26*100* | SV1*HC:73590:RT:26*100000000* | SV1 | 2 | X12-EL-LONG
837p-work | charge with a comma | SV1*HC:73590:RT:26*100* | SV1*HC:73590:RT:26*1,00* | SV1 | 2 | X12-EL-NUMBER
837p-work | charge with a plus | SV1*HC:73590:RT:26*100* | SV1*HC:73590:RT:26*+100* | SV1 | 2 | X12-EL-NUMBER
837p-work | charge with an exponent | SV1*HC:73590:RT:26*100* | SV1*HC:73590:RT:26*1E2* | SV1 | 2 | X12-EL-NUMBER
837p-work | units below zero | SV1*HC:73590:RT:26*100*UN*1* | SV1*HC:73590:RT:26*100*UN*-1* | SV1 | 4 | X12-LINE-UNITS
837p-work | units missing | SV1*HC:73590:RT:26*100*UN*1* | SV1*HC:73590:RT:26*100*UN** | SV1 | 4 | X12-EL-REQUIRED
837p-work | kind of units | SV1*HC:73590:RT:26*100*UN* | SV1*HC:73590:RT:26*100*ZZ* | SV1 | 3 | X12-EL-CODE
837p-work | pointer missing | SV1*HC:73590:RT:26*100*UN*1***1~ | SV1*HC:73590:RT:26*100*UN*1~ | SV1 | 7 | X12-EL-REQUIRED
837p-work | pointer of zero | SV1*HC:73590:RT:26*100*UN*1***1~ | SV1*HC:73590:RT:26*100*UN*1***0~ | SV1 | 7 | X12-EL-CODE
837p-work | pointer of thirteen | SV1*HC:73590:RT:26*100*UN*1***1~ | SV1*HC:73590:RT:26*100*UN*1***13~ | SV1 | 7 | X12-EL-CODE
837p-work | pointers of five | *UN*1***1:2~ | *UN*1***1:2:1:2:1~ | SV1 | 7 | X12-EL-PARTS
837p-work | pointer twice | *UN*1***1:2~ | *UN*1***1:1~ | SV1 | 7 | X12-SIT-POINTER-TWICE
837p-work | both sides and one | HC:73590:RT:26 | HC:73590:RT:50 | SV1 | 1 | X12-LINE-SIDES
837p-work | modifier twice | HC:73590:RT:26 | HC:73590:RT:RT | SV1 | 1 | X12-CODE-MODIFIER-TWICE
837p-work | modifier of three | HC:73590:RT:26 | HC:73590:RTX:26 | SV1 | 1 | X12-EL-LONG
837p-work | five modifiers | HC:73590:RT:26* | HC:73590:RT:26:59:76::77* | SV1 | 1 | X12-EL-NOT-USED
837p-work | product kind | SV1*HC:73590 | SV1*XX:73590 | SV1 | 1 | X12-EL-CODE
837p-work | procedure missing | SV1*HC:73590:RT:26* | SV1*HC::RT:26* | SV1 | 1 | X12-EL-REQUIRED
837p-work | phone of the patient | TE*3095550123 | TE*309555012 | PER | 4 | X12-CODE-PHONE
837p-work | note missing its text | NTE*ADD*TWO VIEWS | NTE*ADD | NTE | 2 | X12-EL-REQUIRED
837p-work | note too long | NTE*ADD*TWO VIEWS | NTE*ADD*TWO VIEWSXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX | NTE | 2 | X12-EL-LONG
837p-work | release of information | *11:B:1*Y*A*Y*Y** | *11:B:1*Y*A*Y*N** | CLM | 9 | X12-EL-CODE
837p-work | assignment | *11:B:1*Y*A*Y*Y** | *11:B:1*Y*P*Y*Y** | CLM | 7 | X12-EL-CODE
837p-work | place kind | *11:B:1*Y*A*Y*Y** | *11:A:1*Y*A*Y*Y** | CLM | 5 | X12-EL-SUBSET
837p-work | frequency of another kind | *11:B:1*Y*A*Y*Y** | *11:B:3*Y*A*Y*Y** | CLM | 5 | X12-SIT-FREQUENCY
837p-work | claim id too long | CLM*WORK1* | CLM*WORK1XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX* | CLM | 1 | X12-EL-LONG
837p-work | level number twice | HL*3*2*23*0 | HL*2*2*23*0 | HL | 1 | X12-HL-NUMBER
837p-work | level of another parent | HL*3*2*23*0 | HL*3*1*23*0 | HL | 2 | X12-HL-PARENT
837p-work | level parent missing | HL*3*2*23*0 | HL*3**23*0 | HL | 2 | X12-EL-REQUIRED
837p-work | level promises children | HL*3*2*23*0 | HL*3*2*23*1 | HL | 4 | X12-EL-SUBSET
837p-work | level denies children | HL*2*1*22*1 | HL*2*1*22*0 | HL | 4 | X12-HL-CHILD
837p-work | level with zeros | HL*3*2*23*0 | HL*03*2*23*0 | HL | 1 | X12-HL-NUMBER
837p-work | claims missing | CLM*WORK1*310***11:B:1*Y*A*Y*Y**EM~ |  | CLM | 0 | X12-SEG-MISSING
837p-kinds | rental without its units | SV5*HC:E1390*DA*30* | SV5*HC:E1390*DA** | SV5 | 3 | X12-EL-REQUIRED
837p-kinds | rental by the year | *300*1500*4~ | *300*1500*9~ | SV5 | 6 | X12-EL-SUBSET
837p-kinds | certificate kind | PWK*CT*AB~ | PWK*CT*XX~ | PWK | 2 | X12-EL-CODE
837p-kinds | certification months | CR3*I*MO*99 | CR3*I*DA*99 | CR3 | 2 | X12-EL-SUBSET
837p-kinds | certification missing for oxygen | CR3*I*MO*99~ |  | CR3 | 0 | X12-LINE-OXYGEN
837p-kinds | condition answer | CRC*09*N*ZV | CRC*09*Q*ZV | CRC | 2 | X12-EL-CODE
837p-kinds | test result kind | MEA*TR*R1*88 | MEA*TR*R9*88 | MEA | 2 | X12-EL-CODE
837p-kinds | test without value | MEA*TR*R1*88 | MEA*TR*R1 | MEA | 3 | X12-EL-REQUIRED
837p-kinds | therapy begins later | DTP*463*D8*20261001 | DTP*463*D8*20261115 | DTP | 3 | X12-SIT-AFTER-SERVICE
837p-kinds | ordering street missing | N3*4 PINE ST~ | N3~ | N3 | 1 | X12-EL-REQUIRED
837p-kinds | form kind | LQ*UT*484.03 | LQ*ZZ*484.03 | LQ | 1 | X12-EL-SUBSET
837p-kinds | form without answers | FRM*1A**88~FRM*1C***20260930~FRM*7*Y~ |  | FRM | 0 | X12-SEG-MISSING
837p-kinds | answer | FRM*7*Y | FRM*7*Q | FRM | 2 | X12-EL-CODE
837p-kinds | answer date | FRM*1C***20260930 | FRM*1C***20269930 | FRM | 4 | X12-EL-DATE
837p-kinds | tax no number | AMT*T*7.5 | AMT*T*SEVEN | AMT | 2 | X12-EL-NUMBER
837p-kinds | anesthesia procedure kind | HI*BP:43239 | HI*BQ:43239 | HI | 1 | X12-EL-SUBSET
837p-kinds | minutes of nothing | *MJ*45* | *MJ*0* | SV1 | 4 | X12-LINE-UNITS
837p-kinds | anesthesia without its modifier | HC:00731:QK:P2 | HC:00731:P2 | SV1 | 1 | X12-LINE-ANESTHESIA
837p-kinds | facility zip of five | SPRINGFIELD*IL*627010009 | SPRINGFIELD*IL*62701 | N4 | 3 | X12-SIT-ZIP9
837p-kinds | facility is a person | NM1*77*2*CITY | NM1*77*1*CITY | NM1 | 2 | X12-EL-SUBSET
837p-kinds | spine condition | CR2********A~ | CR2********B~ | CR2 | 8 | X12-EL-CODE
837p-kinds | spine treatment not told | CR2********A~ |  | CR2 | 0 | X12-LINE-CHIROPRACTIC
837p-kinds | first treatment after the service | DTP*454*D8*20260901 | DTP*454*D8*20261120 | DTP | 3 | X12-SIT-AFTER-SERVICE
837p-kinds | eye condition | CRC*E1*Y*L1*L2 | CRC*E1*Y*L9*L2 | CRC | 3 | X12-EL-CODE
837p-kinds | screening referral | CRC*ZZ*Y*AV | CRC*ZZ*Y*QQ | CRC | 3 | X12-EL-CODE
837p-kinds | screening answered no | *1***1****Y~ | *1***1****N~ | SV1 | 11 | X12-EL-SUBSET
837p-kinds | family planning answered no | *1***1*****Y~ | *1***1*****N~ | SV1 | 12 | X12-EL-SUBSET
837p-kinds | clia of a letter | REF*X4*11D1234567~REF*LX | REF*X4*11D123456X~REF*LX | REF | 2 | X12-CODE-CLIA
837p-kinds | device number | REF*LX*G123456 | REF*LX*123 | REF | 2 | X12-CODE-IDE
837p-kinds | referral twice | REF*9F*REF2026~ | REF*9F*REF2026~REF*9F*REF2027~ | REF | 0 | X12-SEG-REPEAT
837p-kinds | condition code | HI*BG:17 | HI*BG:177 | HI | 1 | X12-CODE-NUBC
837p-kinds | repricing method | HCP*02*90*6.5 | HCP*99*90*6.5 | HCP | 1 | X12-EL-CODE
837p-kinds | ndc of ten digits | N4*00517234010 | N4*0051723401 | LIN | 3 | X12-CODE-NDC
837p-kinds | ndc with hyphens | N4*00517234010 | N4*00517-2340-10 | LIN | 3 | X12-CODE-NDC
837p-kinds | drug unit | CTP****5*ML | CTP****5*KG | CTP | 5 | X12-EL-CODE
837p-kinds | drug without quantity | CTP****5*ML~ |  | CTP | 0 | X12-SEG-MISSING
837p-kinds | prescription kind | REF*XZ*RX55501 | REF*QQ*RX55501 | REF | 1 | X12-EL-SUBSET
837p-kinds | care plan npi as name | NM1*DQ*1*SUPER*SUE****XX*1679576722 | NM1*DQ*1*SUPER*SUE****XX*1679576721 | NM1 | 9 | X12-CODE-NPI
837p-kinds | hospice answer | CRC*70*Y*65 | CRC*70*Y*66 | CRC | 3 | X12-EL-CODE
837p-kinds | purchased amount | PS1*1679576722*30 | PS1*1679576722*X | PS1 | 2 | X12-EL-NUMBER
837p-kinds | pay-to address is gone | NM1*87*2~N3*PO BOX 1200~ | NM1*87*2~ | N3 | 0 | X12-SEG-MISSING
837p-kinds | claim without lines | LX*1~SV1*HC:V2203*220*UN*2***1~DTP*472*D8*20261104~DTP*471*D8*20261003~ |  | LX | 0 | X12-LOOP-MISSING
837p-kinds | mammogram without certificate | LX*1~SV1*HC:V2203*220 | LX*1~SV1*HC:77067*220 | REF | 0 | X12-LINE-MAMMOGRAPHY
837p-kinds | unlisted without words | HC:99213:GV*80 | HC:64999*80 | SV1 | 1 | X12-SIT-UNLISTED
837p-kinds | sex of the patient | HC:99213:GV*80 | HC:54150*80 | SV1 | 1 | X12-LINE-SEX
837p-payers | medicare id | MI*1EG4TE5MK73~N3 | MI*123456789A~N3 | NM1 | 9 | X12-CODE-MBI
837p-payers | reason for being second missing | SBR*S*18***12****MB | SBR*S*18*******MB | SBR | 5 | X12-SIT-MSP
837p-payers | reason for being second unknown | SBR*S*18***12****MB | SBR*S*18***99****MB | SBR | 5 | X12-EL-CODE
837p-payers | rank of the first twice | SBR*P*01*GRP8******CI | SBR*S*01*GRP8******CI | SBR | 0 | X12-SIT-OTHER-PAYER
837p-payers | group code again | CAS*PR*1*50**2*30 | CAS*CO*1*50**2*30 | CAS | 1 | X12-SIT-GROUP-TWICE
837p-payers | group code unknown | CAS*CO*45*100~ | CAS*XX*45*100~ | CAS | 1 | X12-EL-CODE
837p-payers | adjustment without amount | CAS*CO*45*100~ | CAS*CO*45~ | CAS | 3 | X12-EL-REQUIRED
837p-payers | second adjustment without amount | CAS*PR*1*50**2*30 | CAS*PR*1*50**2 | CAS | 6 | X12-EL-NOTE
837p-payers | second adjustment without reason | CAS*PR*1*50**2*30 | CAS*PR*1*50***30 | CAS | 5 | X12-EL-NOTE
837p-payers | claim paid | AMT*D*120 | AMT*D*121 | AMT | 2 | X12-BAL-COB-CLAIM
837p-payers | claim adjustment | CAS*CO*45*100~ | CAS*CO*45*101~ | AMT | 2 | X12-BAL-COB-CLAIM
837p-payers | remaining more than the share | AMT*EAF*80 | AMT*EAF*81 | AMT | 2 | X12-BAL-REMAINING
837p-payers | decision date missing | DTP*573*D8*20261110~REF*F8*ICN555~ | REF*F8*ICN555~ | DTP | 0 | X12-SIT-ADJUDICATED
837p-payers | remark of outpatients | MOA***MA01*N381 | MOA***MA01*Q381 | MOA | 4 | X12-CODE-RARC
837p-payers | benefits differ | OI***Y***Y~MOA | OI***N***Y~MOA | OI | 3 | X12-SIT-BENEFITS
837p-payers | other insurance missing | OI***Y***Y~MOA | MOA | OI | 0 | X12-SEG-MISSING
837p-payers | other subscriber missing | NM1*IL*1*DOE*JANE****MI*A555~N3*5 OAK AVE~N4*SPRINGFIELD*IL*62702~NM1*PR*2*OTHER | NM1*PR*2*OTHER | NM1 | 0 | X12-LOOP-MISSING
837p-payers | non-covered not all | AMT*A8*75 | AMT*A8*70 | AMT | 2 | X12-BAL-NONCOVERED
837p-payers | line decided twice over | SVD*12345*60*HC:99214**1~ | SVD*12345*61*HC:99214**1~ | SVD | 2 | X12-BAL-COB-LINE
837p-payers | line decision without date | DTP*573*D8*20261105~SVD | SVD | DTP | 0 | X12-SEG-MISSING
837p-payers | line decision of tomorrow | DTP*573*D8*20261105~SVD | DTP*573*D8*20261205~SVD | DTP | 3 | X12-SIT-FUTURE
837p-payers | country unknown | *M5V2T6*CA | *M5V2T6*QQ | N4 | 4 | X12-CODE-COUNTRY
837p-payers | country of home | SPRINGFIELD*IL*62702~DMG*D8*19600214 | SPRINGFIELD*IL*62702*US~DMG*D8*19600214 | N4 | 4 | X12-SIT-COUNTRY
837p-payers | relation to the other subscriber | SBR*P*01*GRP8 | SBR*P*99*GRP8 | SBR | 2 | X12-EL-CODE
837i-kinds | status of a stay that goes on | CL1*1*1*01~PWK | CL1*1*1*30~PWK | CL1 | 3 | X12-SIT-PATIENT-STATUS
837i-kinds | admission type | CL1*1*1*01~PWK | CL1*7*1*01~PWK | CL1 | 1 | X12-CODE-ADMISSION
837i-kinds | patient status missing | CL1*1*1*01~PWK | CL1*1*1~PWK | CL1 | 3 | X12-EL-REQUIRED
837i-kinds | discharge hour | DTP*096*TM*1130 | DTP*096*TM*2530 | DTP | 3 | X12-EL-TIME
837i-kinds | statement without period | DTP*434*RD8*20261101-20261105 | DTP*434*D8*20261101 | DTP | 2 | X12-EL-SUBSET
837i-kinds | statement backwards | DTP*434*RD8*20261101-20261105 | DTP*434*RD8*20261105-20261101 | DTP | 3 | X12-SIT-PERIOD
837i-kinds | statement missing | DTP*434*RD8*20261101-20261105~ |  | DTP | 0 | X12-SEG-MISSING
837i-kinds | admission after the statement | DTP*435*DT*202611010815 | DTP*435*DT*202611090815 | DTP | 3 | X12-SIT-AFTER-SERVICE
837i-kinds | present on admission missing | ABF:E119:::::::N | ABF:E119 | HI | 2 | X12-SIT-POA
837i-kinds | present on admission unknown | ABF:E119:::::::N | ABF:E119:::::::X | HI | 2 | X12-EL-CODE
837i-kinds | principal missing | HI*ABK:K3580:::::::Y~ |  | HI | 0 | X12-SEG-MISSING
837i-kinds | reason for visit missing | HI*APR:S52501A*APR:R55~ |  | HI | 0 | X12-SIT-VISIT-REASON
837i-kinds | procedure of the stay | BBQ:0W9G30Z | BBQ:0W9G30 | HI | 1 | X12-CODE-ICD-PROCEDURE
837i-kinds | procedure date | BBR:0DTJ4ZZ:D8:20261101 | BBR:0DTJ4ZZ:D8:20261131 | HI | 1 | X12-EL-DATE
837i-kinds | procedure date missing | BBR:0DTJ4ZZ:D8:20261101 | BBR:0DTJ4ZZ | HI | 1 | X12-EL-REQUIRED
837i-kinds | span backwards | BI:M0:RD8:20261101-20261104 | BI:M0:RD8:20261104-20261101 | HI | 1 | X12-SIT-PERIOD
837i-kinds | occurrence of three characters | BH:11:D8:20261031 | BH:111:D8:20261031 | HI | 1 | X12-CODE-NUBC
837i-kinds | value without amount | BE:A1:::1600 | BE:A1 | HI | 2 | X12-EL-REQUIRED
837i-kinds | value amount | BE:A1:::1600 | BE:A1:::16O0 | HI | 2 | X12-EL-NUMBER
837i-kinds | days differ | BE:80:::4 | BE:80:::9 | HI | 1 | X12-BAL-DAYS
837i-kinds | thirteen diagnoses | ABF:E119:::::::N | ABF:E119:::::::N*ABF:A01:::::::N*ABF:A02:::::::N*ABF:A03:::::::N*ABF:A04:::::::N*ABF:A05:::::::N*ABF:A06:::::::N*ABF:A07:::::::N*ABF:A08:::::::N*ABF:A09:::::::N*ABF:A30:::::::N*ABF:A31:::::::N | HI | 13 | X12-EL-COUNT
837i-kinds | attending taxonomy | PRV*AT*PXC*208600000X | PRV*AT*PXC*208600000Y | PRV | 3 | X12-CODE-TAXONOMY
837i-kinds | attending role | PRV*AT*PXC | PRV*PE*PXC | PRV | 1 | X12-EL-SUBSET
837i-kinds | operating without npi | NM1*72*1*CUTT*CARL****XX*1245319599 | NM1*72*1*CUTT*CARL | NM1 | 9 | X12-SIT-PROVIDER-NPI
837i-kinds | billing is a person | NM1*85*2*EXAMPLE FAMILY CLINIC*****XX | NM1*85*1*EXAMPLE FAMILY CLINIC*****XX | NM1 | 2 | X12-EL-SUBSET
837i-kinds | tax number of a person | REF*EI*123456789 | REF*SY*123456789 | REF | 1 | X12-EL-SUBSET
837i-kinds | bill of type nought | CLM*OUT1*780***13:A:1 | CLM*OUT1*780***03:A:1 | CLM | 5 | X12-CODE-BILL-TYPE
837i-kinds | line not covered | UN*1**20~ | UN*1**200~ | SV2 | 7 | X12-BAL-LINE-NONCOVERED
837i-kinds | room without units | SV2*0120**4000*DA*4~ | SV2*0120**4000*DA~ | SV2 | 5 | X12-EL-REQUIRED
837i-kinds | revenue code missing | SV2*0120**4000 | SV2***4000 | SV2 | 1 | X12-EL-REQUIRED
837i-kinds | home health without code | SV2*0023*HP:1AFK1* | SV2*0023** | SV2 | 2 | X12-LINE-HOME-HEALTH
837i-kinds | hipps of four | HP:1AFK1 | HP:1AFK | SV2 | 2 | X12-CODE-PROCEDURE
837i-kinds | signature of a professional claim | *32:A:9**A*Y*Y | *32:A:9*Y*A*Y*Y | CLM | 6 | X12-EL-NOT-USED
837i-payers | line paid | SVD*44444*500*HC:99284 | SVD*44444*501*HC:99284 | SVD | 2 | X12-BAL-COB-LINE
837i-payers | claim share | CAS*PR*1*100~AMT | CAS*PR*1*101~AMT | AMT | 2 | X12-BAL-COB-PAID
837i-payers | decision revenue code | *HC:99284*0450*1 | *HC:99284*X450*1 | SVD | 4 | X12-CODE-REVENUE
837i-payers | replaced number | REF*F8*ICN900~ |  | REF | 0 | X12-SIT-REPLACED
837i-payers | outpatient share | MOA*.5*800 | MOA*X*800 | MOA | 1 | X12-EL-NUMBER
837d-kinds | months of treatment | DN1*24*22 | DN1*XX*22 | DN1 | 1 | X12-EL-NUMBER
837d-kinds | braces without months | DN1*24*22~ |  | DN1 | 0 | X12-LINE-ORTHODONTICS
837d-kinds | tooth status | DN2*18*M | DN2*18*Q | DN2 | 2 | X12-EL-CODE
837d-kinds | appliance kind | SV3*AD:D8080*2500***I | SV3*AD:D8080*2500***Q | SV3 | 5 | X12-EL-CODE
837d-kinds | mouth area | SV3*AD:D4341*120**10 | SV3*AD:D4341*120**77 | SV3 | 4 | X12-EL-CODE
837d-kinds | surface | TOO*JP*3*M:O | TOO*JP*3*M:Q | TOO | 3 | X12-EL-CODE
837d-kinds | tooth of forty | TOO*JP*14~ | TOO*JP*40~ | TOO | 2 | X12-CODE-TOOTH
837d-kinds | procedure of a physician | SV3*AD:D2392 | SV3*AD:99213 | SV3 | 1 | X12-CODE-PROCEDURE
837d-kinds | product of a physician | SV3*AD:D2392 | SV3*HC:D2392 | SV3 | 1 | X12-EL-SUBSET
837d-kinds | prior placement | DTP*441*D8*20150601 | DTP*441*D8*20150632 | DTP | 3 | X12-EL-DATE
837d-kinds | first payer of the claim gone | SBR*P*19*GRP4******CI~OI***Y***Y~NM1*IL*1*DOE*JILL****MI*B77~NM1*PR*2*FIRST DENTAL*****PI*44444~LX*1~SV3*AD:D2750 | LX*1~SV3*AD:D2750 | SBR | 0 | X12-SIT-OTHER-PAYER
837d-kinds | predetermination with a date | TOO*JP*14~ | TOO*JP*14~DTP*472*D8*20261101~ | DTP | 0 | X12-SIT-PREDETERMINATION
835-kinds | bank number of the payer | 01*111000025 | 01*111000026 | BPR | 7 | X12-CODE-ABA
835-kinds | bank number of the payee | 01*021000021 | 01*021000022 | BPR | 13 | X12-CODE-ABA
835-kinds | account missing | *DA*654321*20261120 | ***20261120 | BPR | 14 | X12-SIT-PAYMENT-ROUTE
835-kinds | account without its kind | *DA*123456*1999999999 | **123456*1999999999 | BPR | 8 | X12-SIT-PAYMENT-ROUTE
835-kinds | payment method | *C*ACH*CTX | *C*QQQ*CTX | BPR | 4 | X12-EL-CODE
835-kinds | payment date | *654321*20261120 | *654321*20261320 | BPR | 16 | X12-EL-DATE
835-kinds | payment date missing | *654321*20261120 | *654321 | BPR | 16 | X12-EL-REQUIRED
835-kinds | trace missing | TRN*1*EFT9001*1999999999*SUPP1~ |  | TRN | 0 | X12-SEG-MISSING
835-kinds | trace kind | TRN*1*EFT9001 | TRN*2*EFT9001 | TRN | 1 | X12-EL-SUBSET
835-kinds | currency | CUR*PR*USD | CUR*PR*QQQ | CUR | 2 | X12-CODE-CURRENCY
835-kinds | payer missing | N1*PR*OTHER PAYER*XV*1234500001~ |  | N1 | 0 | X12-SEG-MISSING
835-kinds | payer street missing | N3*1 PAYER WAY~ |  | N3 | 0 | X12-SEG-MISSING
835-kinds | technical contact missing | PER*BL*EDI*TE*5555550199*EM*EDI@EXAMPLE.TEST~ |  | PER | 0 | X12-SEG-MISSING
835-kinds | payee number kind | PE*EXAMPLE FAMILY CLINIC*XX* | PE*EXAMPLE FAMILY CLINIC*ZZ* | N1 | 3 | X12-EL-SUBSET
835-kinds | payee missing | N1*PE*EXAMPLE FAMILY CLINIC*XX*1234567893~ |  | N1 | 0 | X12-SEG-MISSING
835-kinds | summary claims | 20261231*2*1800 | 20261231*3*1800 | TS3 | 4 | X12-BAL-TS3
835-kinds | summary charges | 20261231*2*1800 | 20261231*2*1801 | TS3 | 5 | X12-BAL-TS3
835-kinds | claim status | CLP*OUT1*4* | CLP*OUT1*9* | CLP | 2 | X12-EL-CODE
835-kinds | claim filing | *300*0*0*MA*ICN101 | *300*0*0*XX*ICN101 | CLP | 6 | X12-EL-CODE
835-kinds | claim payer number missing | *MA*ICN101*13*1 | *MA**13*1 | CLP | 7 | X12-EL-REQUIRED
835-kinds | claim group code of the past | CAS*CO*45*300 | CAS*CR*45*300 | CAS | 1 | X12-EL-SUBSET
835-kinds | claim group code twice | CAS*PR*1*200~NM1 | CAS*CO*1*200~NM1 | CAS | 1 | X12-SIT-GROUP-TWICE
835-kinds | claim adjustment | CAS*PR*1*200~NM1 | CAS*PR*1*201~NM1 | CLP | 4 | X12-BAL-REMIT-CLAIM
835-kinds | patient missing | NM1*QC*1*ROE*SAM****MI*1EG4TE5MK72~ |  | NM1 | 0 | X12-SEG-MISSING
835-kinds | inpatient remark | MIA*4***1200*MA01 | MIA*4***1200*XX01 | MIA | 5 | X12-CODE-RARC
835-kinds | outpatient remark | MOA***MA01*N381 | MOA***MA01*999 | MOA | 4 | X12-CODE-RARC
835-kinds | statement backwards | DTM*233*20261105 | DTM*233*20261005 | DTM | 2 | X12-SIT-PERIOD
835-kinds | service backwards | DTM*151*20261101 | DTM*151*20261001 | DTM | 2 | X12-SIT-PERIOD
835-kinds | date kind | DTM*050*20261110 | DTM*059*20261110 | DTM | 1 | X12-EL-CODE
835-kinds | covered amount kind | AMT*AU*1300 | AMT*QQ*1300 | AMT | 1 | X12-EL-CODE
835-kinds | remark missing for 16 | LQ*HE*N290~LQ*HE*MA130~ |  | LQ | 0 | X12-SIT-REMARK
835-kinds | remark unknown | LQ*HE*N290 | LQ*HE*290N | LQ | 2 | X12-CODE-RARC
835-kinds | line charge | SVC*HC:36415*100*0 | SVC*HC:36415*101*0 | SVC | 3 | X12-BAL-REMIT-LINE
835-kinds | line procedure | SVC*HC:36415*100 | SVC*HC:3641*100 | SVC | 1 | X12-CODE-PROCEDURE
835-kinds | original procedure | HC:80048*1 | HC:8004*1 | SVC | 6 | X12-CODE-PROCEDURE
835-kinds | original units | HC:80048*1 | HC:80048*2 | SVC | 5 | X12-BAL-REMIT-UNITS
835-kinds | reason of 350 | CAS*CO*97*100 | CAS*CO*977*100 | CAS | 2 | X12-CODE-CARC
835-kinds | provider adjustment kind | L6:ICN100*-2.5 | QQ:ICN100*-2.5 | PLB | 3 | X12-EL-CODE
835-kinds | provider adjustment without amount | FB:OLD*3*72*0 | FB:OLD*3*72 | PLB | 8 | X12-EL-NOTE
835-kinds | provider adjustment sign | FB:OLD*3* | FB:OLD*-3* | BPR | 2 | X12-BAL-PAYMENT
835-kinds | provider npi | PLB*1234567893 | PLB*1234567890 | PLB | 1 | X12-CODE-NPI
835-kinds | fiscal year | *20261231*L6 | *20261331*L6 | PLB | 2 | X12-EL-DATE
835-none | nothing paid by transfer | *C*NON* | *C*ACH* | BPR | 4 | X12-BAL-NO-PAYMENT
835-none | nothing paid, not told | BPR*H*0* | BPR*C*0* | BPR | 1 | X12-BAL-NO-PAYMENT
835-none | payment below zero | BPR*H*0* | BPR*H*-50* | BPR | 2 | X12-BAL-NEGATIVE
835-none | reversal with plus | CLP*ENC2*22*-80*-50 | CLP*ENC2*22*80*-50 | CLP | 3 | X12-SIT-REVERSAL
835-none | reversal with share | *-80*-50**12* | *-80*-50*1*12* | CLP | 5 | X12-SIT-REVERSAL-PATIENT
835-none | balance not carried | FB*-50 | FB*-49 | BPR | 2 | X12-BAL-PAYMENT
835-capitation | capitation sign | *-5000 | *5000 | BPR | 2 | X12-BAL-PAYMENT
270-kinds | nothing to search by | DMG*D8*19800214*F~ |  | NM1 | 9 | X12-SIT-SEARCH
270-kinds | question missing | EQ*98^UC^MH~III*ZZ*11~REF*G1*AUTH1~EQ**HC:99214:25***1:2~AMT*R*50~ |  | EQ | 0 | X12-SIT-ASKED
270-kinds | question empty | EQ*98^UC^MH | EQ | EQ | 1 | X12-EL-NOTE
270-kinds | service type of three | EQ*98^UC^MH | EQ*98^UCX^MH | EQ | 1 | X12-EL-LONG
270-kinds | purpose | BHT*0022*13 | BHT*0022*99 | BHT | 2 | X12-EL-CODE
270-kinds | structure | BHT*0022*13 | BHT*0019*13 | BHT | 1 | X12-EL-SUBSET
270-kinds | trace originator too short | TRN*1*TR0001*9SUBMIT001 | TRN*1*TR0001*9SUB | TRN | 3 | X12-EL-SHORT
270-kinds | source kind | NM1*PR*2*EXAMPLE PAYER | NM1*QQ*2*EXAMPLE PAYER | NM1 | 1 | X12-EL-CODE
270-kinds | date kind | DTP*291*RD8 | DTP*472*RD8 | DTP | 1 | X12-EL-SUBSET
270-kinds | receiver npi | XX*1234567893 | XX*1234567894 | NM1 | 9 | X12-CODE-NPI
271-kinds | benefit | EB*1*IND*30^1 | EB*ZZ*IND*30^1 | EB | 1 | X12-EL-CODE
271-kinds | coverage level | EB*C*FAM*30***23 | EB*C*QQQ*30***23 | EB | 2 | X12-EL-CODE
271-kinds | period | EB*C*FAM*30***23 | EB*C*FAM*30***77 | EB | 6 | X12-EL-CODE
271-kinds | insurance | EB*R**30*MC | EB*R**30*QQ | EB | 4 | X12-EL-CODE
271-kinds | share as percents | *UC*****.2* | *UC*****20* | EB | 8 | X12-SIT-PERCENT
271-kinds | quantity without kind | *VS*20*Y*N | **20*Y*N | EB | 9 | X12-EL-NOTE
271-kinds | network | *Y*N*HC:97110 | *Y*Q*HC:97110 | EB | 12 | X12-EL-CODE
271-kinds | rejection reason | AAA*N**67*C | AAA*N**00*C | AAA | 3 | X12-EL-CODE
271-kinds | rejection follow-up | AAA*N**67*C | AAA*N**67 | AAA | 4 | X12-EL-REQUIRED
271-kinds | end of the bracket missing | LE*2120~ |  | LE | 0 | X12-SEG-MISSING
271-kinds | bracket name | LS*2120 | LS*2121 | LS | 1 | X12-EL-CODE
271-kinds | dependents denied | HL*3*2*22*1 | HL*3*2*22*0 | HL | 4 | X12-HL-CHILD
276-kinds | what is asked missing | TRN*1*ENC1001~REF*1K*ICN1~REF*BLT*111~REF*EJ*ENC1001~REF*6P*GRP1~AMT*T3*300~DTP*472*RD8*20261101-20261105~SVC*HC:99214:25*150**0510***1~REF*FJ*L1~DTP*472*D8*20261101~ |  | TRN | 0 | X12-SIT-ASKED
276-kinds | birth of the patient missing | DMG*D8*19800214*F~ |  | DMG | 0 | X12-SIT-PATIENT-BIRTH
276-kinds | receiver level missing its name | NM1*41*2*EXAMPLE BILLING LLC*****46*SUBMIT01~ |  | NM1 | 0 | X12-LOOP-MISSING
276-kinds | line date missing | REF*FJ*L1~DTP*472*D8*20261101~ | REF*FJ*L1~ | DTP | 0 | X12-SEG-MISSING
276-kinds | level kind | HL*3*2*19*1 | HL*3*2*99*1 | HL | 3 | X12-EL-CODE
276-kinds | charge | AMT*T3*300 | AMT*T3*3OO | AMT | 2 | X12-EL-NUMBER
277-kinds | answer missing | STC*F1:65*20261120**300*250*20261118*ACH*20261120*EFT77~ |  | STC | 0 | X12-SEG-MISSING
277-kinds | answer date | STC*F1:65*20261120**300 | STC*F1:65*20261320**300 | STC | 2 | X12-EL-DATE
277-kinds | answer status | STC*P1:20:PR | STC*P1:2O:PR | STC | 1 | X12-CODE-STATUS
277-kinds | trace kind | TRN*2*ENC1002 | TRN*1*ENC1002 | TRN | 1 | X12-EL-SUBSET
277ca-kinds | accepted but rejected | STC*A2:20:PR*20261122*WQ | STC*A2:20:PR*20261122*U | STC | 3 | X12-SIT-ANSWER
277ca-kinds | rejected but accepted | STC*A7:507*20261122*U | STC*A7:507*20261122*WQ | STC | 3 | X12-SIT-ANSWER
277ca-kinds | category of a 277 | STC*A2:20:PR | STC*F1:20:PR | STC | 1 | X12-CODE-STATUS
277ca-kinds | provider count | QTY*QA*2 | QTY*QA*3 | QTY | 2 | X12-BAL-CA-COUNT
277ca-kinds | provider rejected | QTY*QC*1 | QTY*QC*0 | QTY | 2 | X12-BAL-CA-COUNT
277ca-kinds | provider amount | QTY*QC*1~AMT*YU*450 | QTY*QC*1~AMT*YU*451 | AMT | 2 | X12-BAL-CA-AMOUNT
277ca-kinds | claim charge | *20261122*WQ*200 | *20261122*WQ*201 | AMT | 2 | X12-BAL-CA-AMOUNT
277ca-kinds | receipt date missing | DTP*050*D8*20261122~ |  | DTP | 0 | X12-SEG-MISSING
277ca-kinds | claim date missing | REF*D9*CH1~DTP*472*D8*20261102~ | REF*D9*CH1~ | DTP | 0 | X12-SEG-MISSING
999 | verdict | AK9*R*1*1*0 | AK9*A*1*1*0 | AK9 | 1 | X12-BAL-VERDICT
999 | verdict of one | AK9*R*1*1*0 | AK9*P*1*1*0 | AK9 | 1 | X12-BAL-VERDICT
999 | accepted with errors | IK5*R*5 | IK5*A | IK5 | 1 | X12-SIT-VERDICT
999 | element error not told | IK4*9*67*2~ |  | IK3 | 4 | X12-SIT-ELEMENT-ERRORS
999 | segment error code | *2310*8 | *2310*99 | IK3 | 4 | X12-EL-CODE
999 | element error code | IK4*9*67*2 | IK4*9*67*77 | IK4 | 3 | X12-EL-CODE
834 | relation of a subscriber | INS*Y*18 | INS*Y*19 | INS | 2 | X12-SIT-MEMBER
278-response | certified without number | HCR*A1*AUTH0001 | HCR*A1 | HCR | 2 | X12-SIT-CERTIFIED
834 | maintenance | INS*Y*18*021 | INS*Y*18*999 | INS | 3 | X12-EL-CODE
834 | dependent who is the subscriber | INS*N*19 | INS*N*18 | INS | 2 | X12-SIT-MEMBER
837p-cob | rendering is the billing provider | NM1*82*1*SMITH*ALEX****XX*1679576722 | NM1*82*2*EXAMPLE FAMILY CLINIC*****XX*1234567893 | NM1 | 0 | X12-SIT-RENDERING
837p-kinds | facility is the billing provider | NM1*77*2*CITY HOSPITAL*****XX*1245319599 | NM1*77*2*EXAMPLE FAMILY CLINIC*****XX*1234567893 | NM1 | 0 | X12-SIT-FACILITY
837p-cob | group name beside its number | SBR*S*18*GRP9** | SBR*S*18*GRP9*NAME* | SBR | 4 | X12-SIT-GROUP-NAME
837p-kinds | reason for being second of the first | SBR*P*18*GRP1** | SBR*P*18*GRP1**12 | SBR | 5 | X12-SIT-MSP-PRIMARY
837p-work | billing without npi | NM1*85*2*EXAMPLE FAMILY CLINIC*****XX*1234567893 | NM1*85*2*EXAMPLE FAMILY CLINIC | NM1 | 9 | X12-SIT-NPI
837p-ambulance | discharge before admission | DTP*435*D8*20261103~ | DTP*435*D8*20261103~DTP*096*D8*20261101~ | DTP | 3 | X12-SIT-STAY
837p-work | service after death | PAT*20~ | PAT*20****D8*20261001~ | DTP | 3 | X12-SIT-AFTER-DEATH
837p-kinds | age of the patient | HC:99213:GV*80 | HC:99460*80 | SV1 | 1 | X12-LINE-AGE
837p-ambulance | hospice not told | HC:A0427:RH*480 | HC:A0427:GV*480 | CRC | 0 | X12-LINE-HOSPICE
837p-work | zip of zeros | 627010001 | 627010000 | N4 | 3 | X12-CODE-ZIP-ZEROS
837p-work | charge with a zero before | SV1*HC:73590:RT:26*100* | SV1*HC:73590:RT:26*0100* | SV1 | 2 | X12-EL-ZEROS
837p-payers | state and region | *M5V2T6*CA | *M5V2T6*CA***QC | N4 | 7 | X12-EL-EXCLUSIVE
837p-work | rendering twice | PRV*PE*PXC*207X00000X~LX*1 | PRV*PE*PXC*207X00000X~NM1*82*1*JONES*AL****XX*1679576722~LX*1 | NM1 | 0 | X12-LOOP-REPEAT
835-none | version of a remittance | ST*835*0001~ | ST*835*0001*005010X221A1~ | ST | 3 | X12-ST-VERSION-USED
837p-payers | subscriber without a claim | CLM*COB3*75***11:B:1*Y*A*Y*Y~HI*ABK:J069~SBR*P*18*******CI~AMT*A8*75~OI***Y***Y~NM1*IL*1*LI*LEE****MI*L901~NM1*PR*2*FIRST PAYER*****PI*88888~LX*1~SV1*HC:99212*75*UN*1***1~DTP*472*D8*20261101~ |  | CLM | 0 | X12-SIT-CLAIM
"""
