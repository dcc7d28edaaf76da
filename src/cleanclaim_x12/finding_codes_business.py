"""The registry of finding codes, second part: SNIP 3 to 7."""

BUSINESS = """
# 3 balances
X12-BAL-CLAIM | 3 | error | claim: | CLM02 equal to the sum of line charges | 837 guides 1.4.3 | A8:178;A8:400
X12-BAL-BELOW-ZERO | 3 | error | claim: | charges of zero or more | 837 guides CLM02 | A7:178
X12-BAL-COB-LINE | 3 | error | claim: | line charge equal to SVD02 and the CAS of its 2430 loops | 837 guides 1.4.4 | A8:672
X12-BAL-COB-PAID | 3 | error | claim: | AMT*D equal to the SVD02 of that payer less its CAS of 2320 | 837 guides 1.4.4 | A8:672
X12-BAL-COB-CLAIM | 3 | error | claim: | CLM02 equal to AMT*D and all CAS of that payer | 837 guides 1.4.4 | A8:672
X12-BAL-NONCOVERED | 3 | error | claim: | AMT*A8 equal to CLM02, without CAS or SVD | 837 guides 1.4.4 | A8:672
X12-BAL-REMAINING | 3 | warning | claim: | AMT*EAF no more than the PR amounts | 837 guides 1.4.4 | A8:672
X12-BAL-PATIENT-PAID | 3 | warning | claim: | AMT*F5 no more than CLM02 | 837 guides | A8:178
X12-BAL-LINE-NONCOVERED | 3 | error | claim: | SV207 no more than SV203 | 837I guide | A8:583
X12-BAL-DAYS | 3 | warning | claim: | value codes 80 and 81 equal to the days of the statement | NUBC | A8:726
X12-BAL-PAYMENT | 3 | error | claim: | BPR02 equal to the CLP04 less the PLB amounts | 835 guide 1.10.2.1.3 |
X12-BAL-NEGATIVE | 3 | error | claim: | BPR02 not below zero | 835 guide 1.10.2.1.3 |
X12-BAL-NO-PAYMENT | 3 | error | claim: | BPR01 H and BPR04 NON where BPR02 is zero | 835 guide 1.10.2.1.3 |
X12-BAL-REMIT-CLAIM | 3 | error | claim: | CLP04 equal to CLP03 less all CAS of the claim | 835 guide 1.10.2.1.2 |
X12-BAL-REMIT-LINE | 3 | error | claim: | SVC03 equal to SVC02 less the CAS of the line | 835 guide 1.10.2.1.1 |
X12-BAL-REMIT-CHARGE | 3 | error | claim: | CLP03 equal to the sum of SVC02 | 835 guide 1.10.2.1.2 |
X12-BAL-REMIT-PAID | 3 | error | claim: | CLP04 equal to the sum of SVC03 less the claim's CAS | 835 guide 1.10.2.1.2 |
X12-BAL-REMIT-PATIENT | 3 | warning | claim: | CLP05 equal to the PR amounts | 835 guide |
X12-BAL-REMIT-UNITS | 3 | warning | claim: | SVC05 equal to SVC07 less the CAS quantities | 835 guide |
X12-BAL-TS3 | 3 | warning | claim: | TS304 and TS305 equal to number and charges of the claims | 835 guide |
X12-BAL-CA-COUNT | 3 | error | claim: | QTY equal to the number of claims so answered | 277CA guide |
X12-BAL-CA-AMOUNT | 3 | error | claim: | AMT equal to the charges of claims so answered | 277CA guide |
X12-BAL-SETS | 3 | error | claim: | AK903 and AK904 equal to the transactions answered | 999 guide |
X12-BAL-VERDICT | 3 | error | claim: | AK901 that agrees with AK903 and AK904 | 999 guide |
X12-BAL-MEMBERS | 3 | warning | claim: | QTY equal to the subscribers and dependents | 834 guide |
X12-BAL-PREMIUM | 3 | warning | claim: | BPR02 equal to the sum of RMR04 and ADX01 | 820 guide |
# 4 situations: IK304 I6 dependent segment missing, I9 present; IK403 I9 missing, I13 present
X12-SIT-PATIENT | 4 | error | element:I9 | SBR02 18 where no patient level follows | 837 guides 2000B | A8:156:IL
X12-SIT-PATIENT-TWICE | 4 | error | element:I13 | no SBR02 where a patient level follows | 837 guides 2000B | A8:156:IL
X12-SIT-SUBSCRIBER | 4 | error | segment:I6 | address and birth of a subscriber who is the patient | 837 guides 2010BA | A6:125:IL
X12-SIT-CLAIM | 4 | error | segment:I7 | a claim of a subscriber without patient levels | 837 guides 2000B | A6:125:IL
X12-SIT-STATE | 4 | error | element:I9 | state and ZIP of an address in the United States | guides N4 | A7:501
X12-SIT-COUNTRY | 4 | warning | element:I13 | no country code for the United States | guides N4 |
X12-SIT-NAME | 4 | error | element:I13 | first, middle name and suffix only of a person | guides NM1 | A7:125
X12-SIT-REPLACED | 4 | error | segment:I6 | REF*F8 with the claim that is replaced or voided | 837 guides 2300 | A6:464
X12-SIT-ORIGINAL | 4 | warning | segment:I9 | no REF*F8 on an original claim | 837 guides 2300 | A7:464
X12-SIT-FREQUENCY | 4 | warning | element:I6 | frequency 1, 6, 7 or 8 | 837 guides CLM05 | A7:535
X12-SIT-ATTACHMENT | 4 | error | element:I9 | PWK05 and PWK06 where paperwork is sent | 837 guides PWK | A6:489
X12-SIT-ATTACHMENT-TWICE | 4 | warning | element:I13 | an attachment's number once in a claim | 837 guides PWK | A7:489
X12-SIT-OTHER-PAYER | 4 | error | segment:I6 | the payers that come before this one in 2320 | 837 guides 2320 | A6:742
X12-SIT-RANK | 4 | error | element:I13 | each rank of payers once | 837 guides 2320 | A7:742
X12-SIT-PAID-AMOUNT | 4 | error | segment:I6 | AMT*D of a payer that has adjudicated | 837 guides 2320 | A6:286
X12-SIT-ADJUDICATED | 4 | error | segment:I6 | DTP*573 of a payer that has adjudicated | 837 guides 2330B | A6:516
X12-SIT-ADJUDICATED-TWICE | 4 | error | segment:I9 | DTP*573 for the claim or for lines, not both | 837 guides 2330B | A7:516
X12-SIT-PAYER-UNKNOWN | 4 | error | element:7 | SVD01 the identifier of a payer in 2330B | 837 guides 2430 | A7:479
X12-SIT-MSP | 4 | error | element:I9 | SBR05 where Medicare is not primary | 837 guides SBR | A6:480:PR
X12-SIT-MSP-PRIMARY | 4 | warning | element:I13 | no SBR05 where Medicare is primary or absent | 837 guides SBR |
X12-SIT-FILING | 4 | error | element:I9 | SBR09, the kind of payer | 837 guides SBR | A6:480:PR
X12-SIT-GROUP-TWICE | 4 | warning | element:I13 | a group code in one CAS until that is full | guides CAS | A7:519
X12-SIT-GROUP-NAME | 4 | warning | element:I13 | SBR04 only where SBR03 is empty | 837 guides SBR |
X12-SIT-BENEFITS | 4 | warning | element:I13 | OI03 as CLM08 | 837 guides OI |
X12-SIT-ACCIDENT-DATE | 4 | error | segment:I6 | DTP*439 of a claim that comes from an accident | 837 guides 2300 | A6:727
X12-SIT-ACCIDENT-CAUSE | 4 | warning | element:I9 | CLM11 where an accident date stands | 837 guides 2300 | A6:633
X12-SIT-ACCIDENT-STATE | 4 | error | element:I9 | CLM11-4 of an auto accident | 837 guides 2300 | A6:728
X12-SIT-MINUTES | 4 | error | element:I13 | MJ only for anesthesia | 837P guide SV103 | A7:476
X12-SIT-UNITS-ANESTHESIA | 4 | warning | element:I13 | minutes for anesthesia | 837P guide SV103 | A7:476
X12-SIT-POINTER | 4 | error | element:7 | a diagnosis that the claim has | 837 guides SV107 | A7:477
X12-SIT-POINTER-TWICE | 4 | warning | element:I13 | each diagnosis once | 837 guides SV107 | A7:477
X12-SIT-POS-SAME | 4 | warning | element:I13 | SV105 only where it differs from CLM05-1 | 837P guide SV105 |
X12-SIT-AMBULANCE | 4 | error | segment:I6 | CR1 of an ambulance claim | 837P guide CR1 | A6:428
X12-SIT-AMBULANCE-PLACE | 4 | error | segment:I6 | pick-up and drop-off of an ambulance claim | 837P guide 2310E, 2310F | A6:763
X12-SIT-AMBULANCE-WHY | 4 | warning | segment:I6 | CRC*07 of an ambulance claim | 837P guide CRC | A6:428
X12-SIT-ADMISSION | 4 | error | segment:I6 | DTP*435 of an inpatient | 837 guides 2300 | A6:189
X12-SIT-ADMITTING | 4 | error | segment:I6 | HI*ABJ of an inpatient | 837I guide 2300 | A6:232
X12-SIT-DISCHARGE-HOUR | 4 | warning | segment:I6 | DTP*096 of a final inpatient bill | 837I guide 2300 | A6:233
X12-SIT-ADMISSION-TYPE | 4 | warning | element:I9 | CL102 of an inpatient | 837I guide CL1 | A6:229
X12-SIT-POA | 4 | warning | element:I9 | present on admission of an inpatient's diagnosis | 837I guide HI | A6:688
X12-SIT-VISIT-REASON | 4 | warning | segment:I6 | HI*APR of an unscheduled outpatient | 837I guide HI | A6:673
X12-SIT-PATIENT-STATUS | 4 | warning | element:I13 | patient status 30 on interim bills alone | NUBC | A8:234
X12-SIT-ATTENDING | 4 | warning | segment:I6 | 2310A, except for transports | 837I guide 2310A | A6:562:71
X12-SIT-LINE-DATE | 4 | error | segment:I6 | DTP*472 of an outpatient line | 837I guide 2400 | A6:187
X12-SIT-TOTAL-LINE | 4 | error | element:I13 | no line for the total, revenue code 0001 | 837I guide 2400 | A7:455
X12-SIT-STATEMENT | 4 | warning | element:I13 | line dates within the statement period | 837I guide 2400 | A8:187
X12-SIT-PREDETERMINATION | 4 | error | segment:I9 | no service date on a predetermination | 837D guide 2300 | A7:187
X12-SIT-SERVICE-DATE | 4 | error | segment:I6 | a service date for the claim or the line | 837D guide 2300 | A6:187
X12-SIT-UNLISTED | 4 | warning | element:I9 | SV101-7 of an unlisted procedure | 837P guide SV101 | A6:586
X12-SIT-PERIOD | 4 | error | element:8 | a period that ends after it begins | guides | A8:188
X12-SIT-FUTURE | 4 | error | element:8 | a date not after the transaction's | 837 guides | A7:187;A7:510
X12-SIT-BEFORE-BIRTH | 4 | error | element:8 | a date not before birth | 837 guides | A8:187;A8:158:QC
X12-SIT-AFTER-DEATH | 4 | warning | element:8 | a service date not after death | 837 guides PAT | A8:187
X12-SIT-OLD | 4 | warning | element:8 | a birth at most 120 years ago | 837 guides DMG | A7:158:QC
X12-SIT-AFTER-SERVICE | 4 | warning | element:8 | onset and accident not after the service | 837 guides | A8:727
X12-SIT-STAY | 4 | error | element:8 | discharge not before admission | 837 guides | A8:190;A8:189
X12-SIT-CLAIM-TWICE | 4 | warning | element:7 | CLM01 once in a transaction | 837 guides CLM01 | A3:746
X12-SIT-LINE-CONTROL | 4 | warning | element:7 | REF*6R once in a claim | 837 guides 2400 |
X12-SIT-RENDERING | 4 | warning | segment:I9 | 2310B only where it differs from the billing provider | 837P guide 2310B |
X12-SIT-FACILITY | 4 | warning | segment:I9 | a service facility that differs from the billing provider | 837 guides 2310 |
X12-SIT-POST-BOX | 4 | error | element:I12 | a street address of the billing provider | 837 guides 2010AA N3 | A7:503:85
X12-SIT-ZIP9 | 4 | error | element:I12 | ZIP of nine digits | 837 guides 2010AA N4 | A7:500:85
X12-SIT-TAX-ID | 4 | warning | element:I13 | SY only of a person | 837 guides 2010AA | A7:128:85
X12-SIT-NPI | 4 | warning | element:I9 | NPI of the billing provider, or its number at the payer | 837 guides 2010AA | A6:562:85
X12-SIT-PROVIDER-NPI | 4 | warning | element:I9 | NPI of a provider, or its number at the payer | 837 guides 2310 | A6:562
X12-SIT-DIAGNOSIS-TWICE | 4 | warning | element:I13 | each diagnosis once | 837 guides HI | A7:255
X12-SIT-EXTERNAL-CAUSE | 4 | warning | element:7 | a principal diagnosis that is no external cause | ICD-10-CM | A7:254
X12-SIT-REVERSAL | 4 | error | element:I13 | no amount above zero in a reversal | 835 guide 1.10.2.8 |
X12-SIT-REVERSAL-PATIENT | 4 | warning | element:I13 | no CLP05 in a reversal | 835 guide 1.10.2.8 |
X12-SIT-DENIED | 4 | error | element:I13 | no payment on a denied claim | 835 guide CLP02 |
X12-SIT-REMARK | 4 | warning | segment:I6 | a remark code for this adjustment reason | CARC 16 and others |
X12-SIT-REMIT-DATE | 4 | warning | segment:I6 | a service date for claim or line | 835 guide |
X12-SIT-TRACE | 4 | warning | element:I12 | TRN03 1 and nine digits | 835 guide TRN |
X12-SIT-PAYMENT-ROUTE | 4 | warning | element:I9 | accounts of a payment from bank to bank | 835 guide BPR |
X12-SIT-SEARCH | 4 | error | element:I9 | a member id, or name and birth | 270 guide 2100C |
X12-SIT-TRACE-TWICE | 4 | error | element:7 | TRN02 once in a transaction | 276 guide |
X12-SIT-ASKED | 4 | error | segment:I6 | what is asked about a subscriber who is the patient | 270 and 276 guides |
X12-SIT-PATIENT-BIRTH | 4 | error | segment:I6 | DMG of a subscriber who is the patient | 276 guide 2000D |
X12-SIT-PERCENT | 4 | warning | element:I12 | a share of one, 0.2 for 20 percent | 271 guide EB08 |
X12-SIT-CERTIFIED | 4 | warning | element:I9 | the number of the certification | 278 guide HCR02 |
X12-SIT-ANSWER | 4 | error | element:I13 | U with a category that rejects, WQ with one that accepts | 277CA guide STC03 |
X12-SIT-VERDICT | 4 | warning | element:I13 | A only of a transaction without errors | 999 guide IK501 |
X12-SIT-ELEMENT-ERRORS | 4 | warning | element:I13 | IK304 8 only where IK4 follows | 999 guide IK304 |
X12-SIT-MEMBER | 4 | warning | element:7 | relationship 18 of subscribers alone | 834 guide INS02 |
# 5 code sets
X12-CODE-NPI | 5 | error | element:7 | an NPI with its check digit | 45 CFR 162.406 | A7:562
X12-CODE-TAXONOMY | 5 | error | element:7 | a provider taxonomy code | NUCC | A7:145
X12-CODE-DIAGNOSIS | 5 | error | element:7 | a diagnosis code valid on the date of service | ICD-10-CM | A7:255;A7:700
X12-CODE-PROCEDURE | 5 | error | element:7 | a procedure code valid on the date of service | HCPCS, CPT, CDT, HIPPS | A7:454
X12-CODE-MODIFIER | 5 | error | element:7 | a modifier | HCPCS, CPT | A7:453
X12-CODE-MODIFIER-TWICE | 5 | warning | element:7 | each modifier once | HCPCS, CPT | A7:453
X12-CODE-ICD-PROCEDURE | 5 | error | element:7 | a procedure code of seven characters | ICD-10-PCS | A7:454
X12-CODE-REVENUE | 5 | error | element:7 | a revenue code | NUBC | A7:455
X12-CODE-POS | 5 | error | element:7 | a place of service | CMS | A7:249
X12-CODE-BILL-TYPE | 5 | error | element:7 | a type of bill | NUBC | A7:228
X12-CODE-FREQUENCY | 5 | error | element:7 | a claim frequency | NUBC | A7:535
X12-CODE-NUBC | 5 | error | element:7 | a condition, occurrence or value code | NUBC | A7:460
X12-CODE-ADMISSION | 5 | error | element:7 | an admission type, source or patient status | NUBC | A7:231
X12-CODE-DRG | 5 | error | element:7 | a DRG of three digits | CMS | A7:256
X12-CODE-CARC | 5 | error | element:7 | a claim adjustment reason code | X12 139 | A7:521
X12-CODE-RARC | 5 | error | element:7 | a remittance advice remark code | X12 411 |
X12-CODE-STATUS | 5 | error | element:7 | a claim status code | X12 507 and 508 |
X12-CODE-ENTITY | 5 | error | element:7 | an entity code | X12 98 |
X12-CODE-STATE | 5 | error | element:7 | a state or province | USPS | A7:501
X12-CODE-ZIP | 5 | error | element:7 | a ZIP code of five or nine digits | USPS | A7:500
X12-CODE-ZIP-ZEROS | 5 | warning | element:7 | four digits after the ZIP code that are not all zero | USPS | A7:500
X12-CODE-ZIP-STATE | 5 | warning | element:7 | a ZIP code of the state | USPS | A7:500
X12-CODE-COUNTRY | 5 | error | element:7 | a country | ISO 3166 | A7:500
X12-CODE-CURRENCY | 5 | error | element:7 | a currency | ISO 4217 |
X12-CODE-ABA | 5 | warning | element:7 | a routing number with its check digit | ABA |
X12-CODE-EIN | 5 | error | element:7 | an employer identification number | IRS | A7:128:85
X12-CODE-SSN | 5 | warning | element:7 | a social security number that can exist | SSA |
X12-CODE-MBI | 5 | warning | element:7 | a Medicare beneficiary identifier | CMS | A7:164:IL
X12-CODE-NDC | 5 | error | element:7 | a national drug code of eleven digits | FDA | A7:218
X12-CODE-CLIA | 5 | error | element:7 | a CLIA number | CMS | A7:544
X12-CODE-IDE | 5 | warning | element:7 | an investigational device number | FDA | A7:579
X12-CODE-SERVICE | 5 | error | element:7 | a service type code | X12 1365 |
X12-CODE-PHONE | 5 | warning | element:7 | a telephone number of ten digits | NANP |
X12-CODE-TOOTH | 5 | error | element:7 | a tooth | ADA | A7:244
# 6 service lines
X12-LINE-CHIROPRACTIC | 6 | warning | segment:I6 | CR2 and the first treatment of spinal manipulation | Medicare | A6:186
X12-LINE-ANESTHESIA | 6 | warning | element:I9 | an anesthesia modifier | Medicare | A6:453
X12-LINE-MILEAGE | 6 | warning | element:I12 | miles with at most one decimal | Medicare | A7:267
X12-LINE-LABORATORY | 6 | warning | segment:I6 | REF*X4, the CLIA number | CLIA | A6:544
X12-LINE-MAMMOGRAPHY | 6 | warning | segment:I6 | REF*EW, the certification | MQSA | A6:142
X12-LINE-DRUG | 6 | warning | element:I12 | a quantity of the drug above zero | payers | A7:724
X12-LINE-OXYGEN | 6 | warning | segment:I6 | CR3 or the certificate of oxygen | Medicare | A6:425
X12-LINE-HOSPICE | 6 | warning | segment:I6 | CRC*70 of a hospice patient's services | Medicare |
X12-LINE-HOME-HEALTH | 6 | warning | element:I9 | a HIPPS code with revenue code 0023 | Medicare | A6:513
X12-LINE-ORTHODONTICS | 6 | warning | segment:I6 | DN1 of orthodontic treatment | ADA | A6:605
X12-LINE-TOOTH | 6 | warning | segment:I6 | TOO of a procedure on a tooth | ADA | A6:244
X12-LINE-UNITS | 6 | warning | element:I12 | whole units above zero | payers | A7:476
X12-LINE-SIDES | 6 | warning | element:I13 | modifier 50 or LT or RT | HCPCS | A7:453
X12-LINE-SEX | 6 | warning | element:7 | a procedure that fits the patient's sex | payers | A8:474:QC
X12-LINE-AGE | 6 | warning | element:7 | a procedure that fits the patient's age | payers | A8:475:QC
# 7 trading partners
X12-PARTNER-VALUE | 7 | error | element:7 | a value that the partner takes | partner | A7:21
X12-PARTNER-REQUIRED | 7 | error | element:I9 | a value that the partner requires | partner | A6:21
X12-PARTNER-SEGMENT | 7 | error | segment:I6 | a segment that the partner requires | partner | A6:21
X12-PARTNER-UNWANTED | 7 | error | segment:I9 | no segment that the partner does not take | partner | A7:21
X12-PARTNER-MANY | 7 | error | set:5 | no more claims in a transaction than the partner takes | partner | A3:121
"""
