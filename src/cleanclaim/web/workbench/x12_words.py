"""What X12 segments, elements and codes are called here, in our own words.

The guides' texts are licensed; these are short working names for people who read a claim, a
remittance or an acknowledgement. What is not listed is shown with its position and value only.
"""

from functools import cache

# Tag, name of the segment, then its elements by position; `a>b>c` names the parts of a composite.
_SEGMENTS = """
ISA Interchange header: Authorization kind | Authorization | Security kind | Security | Sender
    kind | Sender | Receiver kind | Receiver | Date | Time | Repetition mark | Version | Control
    number | Acknowledgement wanted | Test or production | Component mark
GS Group header: Group kind | Sender | Receiver | Date | Time | Group control number | Agency |
    Version
ST Transaction begins: Transaction | Control number | Guide
SE Transaction ends: Segments counted | Control number
GE Group ends: Transactions counted | Group control number
IEA Interchange ends: Groups counted | Control number
TA1 Interchange answer: Control number | Date | Time | Answer | Note
BHT Purpose of the file: Structure | Purpose | Our reference | Date | Time | Kind
HL Level: Level number | Belongs to level | Kind of level | Levels below
NM1 Name: Role | Person or organization | Last name or organization | First name | Middle name |
    Prefix | Suffix | Kind of id | Id | Relationship | Role code
N1 Name: Role | Name | Kind of id | Id
N2 More of the name: Name | Name
N3 Street: Street | Second line
N4 Place: City | State | Postal code | Country | Location kind | Location | Subdivision
PER Contact: Purpose | Name | Kind | Number | Kind | Number | Kind | Number
PRV Specialty: Role | Kind of code | Taxonomy
CUR Currency: Role | Currency
SBR Subscriber and plan: Order of this payer | Patient is | Group or policy | Plan name |
    Insurance type | Coordination | Condition | Employment | Kind of plan
PAT Patient: Relation to subscriber | Location | Employment | Student | Date kind | Date of death
    | Unit | Weight | Pregnant
DMG Birth and sex: Date form | Birth date | Sex
REF Reference: Kind | Value | Description | Further kind>Further value>Further kind>Further
    value>Further kind>Further value
DTP Date: Kind | Form | Date
DTM Date: Kind | Date
CLM Claim: Our claim number | Charge of the claim | Filing kind | Claim kind | Place of
    service>Facility kind>Frequency | Provider signature | Takes assignment | Benefits assigned |
    Release of information | Patient signature | Related causes>Cause>Second cause>Third
    cause>State>Country | Special program | Yes or no | Service level | Yes or no | Participation
    | Status | Yes or no | Submission reason | Delay reason
CN1 Contract: Kind | Amount | Percent | Code | Terms discount | Version
AMT Amount: Kind | Amount
PWK Attachment: Report | Sent by | Copies | To | Kind of id | Attachment control number
HI Diagnoses and other codes: Kind of code>Code | Kind of code>Code | Kind of code>Code | Kind of
    code>Code | Kind of code>Code | Kind of code>Code | Kind of code>Code | Kind of code>Code |
    Kind of code>Code | Kind of code>Code | Kind of code>Code | Kind of code>Code
HCP Repricing: Method | Repriced amount | Savings | Repricer | Rate | Group code | Group amount |
    Revenue code | Code set | Repriced code | Counted in | Repriced units | Rejected because |
    Policy followed | Exception
NTE Note: Kind | Text
CR1 Ambulance: Unit | Weight | Trip kind | Reason | Unit | Distance | Address | Address | Round
    trip | Stretcher
CR2 Chiropractic: Number | Number | Level | Level | Unit | Quantity | Quantity | Kind of condition
    | Complication | Description | Description
CR3 Equipment certificate: Kind | Counted in | Length of need
CRC Condition: Kind | Applies | Condition | Condition | Condition | Condition | Condition
K3 File information: Text
OI Other insurance: Filing kind | Submission reason | Benefits assigned | Signature | Agreement |
    Release of information
MIA Inpatient remarks: Covered days | Operating outlier | Lifetime psychiatric days | DRG amount |
    Remark | Disproportionate share | Other payer first, passed through | Capital | Capital,
    federal part | Capital, hospital part | Capital, disproportionate share | Old capital |
    Capital, teaching | Operating, hospital part | Cost report days | Operating, federal part |
    Capital outlier | Teaching | Professional part | Remark | Remark | Remark | Remark | Capital
    exception
MOA Outpatient remarks: Reimbursement rate | Payable amount | Remark | Remark | Remark | Remark |
    Remark | Renal amount | Professional part
LX Line counter: Line
SV1 Professional service: Code set>Code>Modifier>Modifier>Modifier>Modifier>Description | Charge |
    Counted in | Units | Place of service | Service type | Points to diagnosis>Points to
    diagnosis>Points to diagnosis>Points to diagnosis | Amount | Emergency | Multiple procedure |
    EPSDT | Family planning | Review | National use | Copay exempt
SV2 Institutional service: Revenue code | Code
    set>Code>Modifier>Modifier>Modifier>Modifier>Description | Charge | Counted in | Units | Rate
    | Not covered
SV5 Equipment: Code set>Code | Counted in | Length of need | Rental price | Purchase price |
    Rental unit
LIN Drug: Line | Kind of code | Drug code
CTP Drug quantity: Class | Price kind | Price | Quantity | Unit
MEA Test result: Origin | Kind | Value
PS1 Purchased service: Provider id | Amount
SVD Other payer's decision: Other payer | Paid | Code
    set>Code>Modifier>Modifier>Modifier>Modifier>Description | Revenue code | Units paid | Bundled
    into line
CAS Adjustment: Group | Reason | Amount | Quantity | Reason | Amount | Quantity | Reason | Amount
    | Quantity | Reason | Amount | Quantity | Reason | Amount | Quantity | Reason | Amount |
    Quantity
LQ Remark: Kind of code | Code
FRM Form answer: Question | Answer | Text | Date | Percent
BPR Payment: Handling | Amount paid | Credit or debit | Way of payment | Format | Kind of bank id
    | Sender's bank | Kind of account | Sender's account | Payer id | Supplement | Kind of bank id
    | Receiver's bank | Kind of account | Receiver's account | Paid on
TRN Trace: Kind | Trace number | Payer id | Supplement
RDM Remittance delivery: Way | Name | Number
TS3 Provider summary: Provider | Facility kind | Fiscal period end | Claims | Charges | Covered |
    Not covered | Denied | Paid | Interest | Contract | Gain or loss | Other payer first | Blood
    deductible | Charges without laboratory | Coinsurance | Reportable by code | Payable by code |
    Deductible | Professional part | Patient liability met, other payer first | Paid to patients |
    Periodic claims | Periodic adjustment
TS2 Provider supplement: DRG amount | Federal part | Hospital part | Disproportionate share |
    Capital | Teaching | Outlier days | Day outlier | Cost outlier | Average stay | Discharges |
    Cost report days | Covered days | Days not covered | Other payer first, passed through |
    Average DRG weight | Capital, federal part | Capital, hospital part | Capital,
    disproportionate share
CLP Claim payment: Our claim number | Outcome | Charge | Paid | Patient share | Kind of plan |
    Payer's control number | Place of service | Frequency | Patient status | DRG | DRG weight |
    Discharge fraction
SVC Service payment: Code set>Code>Modifier>Modifier>Modifier>Modifier>Description | Charge | Paid
    | Revenue code | Units paid | Billed code set>Billed
    code>Modifier>Modifier>Modifier>Modifier>Description | Units billed
QTY Quantity: Kind | Quantity
PLB Provider level: Provider | Fiscal period end | Reason>Reference | Amount | Reason>Reference |
    Amount | Reason>Reference | Amount | Reason>Reference | Amount | Reason>Reference | Amount |
    Reason>Reference | Amount
AK1 Answered group: Group kind | Group control number | Version
AK2 Answered transaction: Transaction | Control number | Guide
IK3 Segment in error: Segment | Position | Loop | Error
IK4 Element in error: Position>Component>Repetition | Element number | Error | Value
CTX Context: Context>Value | Segment | Position | Loop | Element position>Component>Repetition |
    Reference>Reference
IK5 Answer to the transaction: Answer | Error | Error | Error | Error | Error
AK9 Answer to the group: Answer | Transactions sent | Transactions received | Transactions
    accepted | Error | Error | Error | Error | Error
STC Status: Category>Status>Entity | Date | Action | Charge | Paid | Date | Way of payment | Date
    | Check | Category>Status>Entity | Category>Status>Entity | Text
"""

# Reference of a coded element, then its codes; `|` parts them.
_CODES = """
ISA14 0=no | 1=yes
ISA15 P=production | T=test
TA104 A=accepted | E=accepted with errors | R=rejected
BHT02 00=original | 18=sent again
BHT06 CH=chargeable | RP=reporting | TH=acknowledgement
HL03 20=information source | 21=receiver | 22=subscriber | 23=patient | 19=provider | PT=patient
HL04 0=none | 1=some
NM102 1=person | 2=organization
NM108 XX=NPI | MI=member id | PI=payer id | XV=plan id | 46=sender or receiver id | 24=tax id |
    34=social security number | C=member id | II=health id | FI=tax id | BD=provider number |
    PC=provider number | SV=provider number | BS=provider number | HN=member id
N103 XX=NPI | FI=tax id | XV=plan id | PI=payer id
PRV01 BI=billing | PE=rendering | RF=referring | PT=pay-to
SBR01 P=first | S=second | T=third | U=unknown
SBR02 18=the subscriber
SBR09 11=other | 12=preferred provider plan | 13=point of service plan | 14=exclusive provider
    plan | 15=indemnity | 16=Medicare Advantage HMO | 17=dental HMO | AM=automobile | BL=Blue plan
    | CH=military | CI=commercial | DS=disability | FI=federal employees | HM=HMO | LM=liability |
    MA=Medicare part A | MB=Medicare part B | MC=Medicaid | OF=other federal | TV=title V |
    VA=veterans | WC=workers' compensation | ZZ=self-pay or unknown
PAT01 01=spouse | 19=child | 20=employee | 21=unknown | 39=organ donor | 40=cadaver donor |
    53=life partner | G8=other
DMG03 F=female | M=male | U=unknown
CLM05-2 A=bill type | B=place of service
CLM05-3 1=original | 6=corrected | 7=replacement | 8=void
CLM06 N=not on file | Y=on file
CLM07 A=yes | B=laboratory only | C=no
CLM08 N=no | W=not applicable | Y=yes
CLM09 I=informed consent | Y=signed
SV101-1 HC=HCPCS and CPT | ER=other | IV=home infusion | WK=workers' compensation
SVC01-1 HC=HCPCS and CPT | AD=dental | N4=drug code | NU=revenue code | RX=prescription | ER=other
SVD03-1 HC=HCPCS and CPT | AD=dental | N4=drug code
SV103 UN=units | MJ=minutes | F2=international units
SV109 N=no | Y=yes
LIN02 N4=NDC | EN=UPC | UK=device
CTP05-1 F2=international units | GR=grams | ME=milligrams | ML=milliliters | UN=units
CTP05 F2=international units | GR=grams | ME=milligrams | ML=milliliters | UN=units
CAS01 CO=contract, not the patient's | PR=patient share | OA=other | PI=started by the payer |
    CR=correction
PWK02 AA=on request | BM=mail | EL=electronically | EM=e-mail | FT=file transfer | FX=fax
NTE01 ADD=additional | CER=certification | DCP=goals | DGN=diagnosis | TPO=third party
OI03 N=no | W=not applicable | Y=yes
OI06 I=informed consent | Y=signed
BPR01 C=payment with remittance | D=money only | H=information only | I=remittance only |
    P=prenotification | U=split | X=handling party decides
BPR03 C=credit | D=debit
BPR04 ACH=transfer | CHK=check | NON=none | FWT=wire | BOP=choice of the bank
CLP02 1=processed as first payer | 2=processed as second payer | 3=processed as third payer |
    4=denied | 19=processed as first, forwarded | 20=processed as second, forwarded | 21=processed
    as third, forwarded | 22=reversal | 23=not our claim, forwarded | 25=predetermination
CLP06 12=preferred provider plan | 13=point of service plan | 14=exclusive provider plan |
    15=indemnity | 16=Medicare Advantage HMO | HM=HMO | MA=Medicare part A | MB=Medicare part B |
    MC=Medicaid | CH=military | WC=workers' compensation | BL=Blue plan | CI=commercial
PLB03-1 50=late filing | 51=interest penalty | 72=refund acknowledged | 90=early payment |
    AP=advance | CS=adjustment | CT=capitation | CV=cost report | E3=withheld | FB=carried forward
    | GO=graduate education | IP=incentive | IR=tax levy | L3=penalty | L6=interest | LE=levy |
    LS=lump sum | OB=offset | PI=periodic interim | RA=retroactive | RE=return on equity |
    SL=student loan | TL=third party | WO=overpayment taken back | WU=unspecified recovery |
    J1=not refundable
LQ01 HE=remark | RX=pharmacy rejection
AK901 A=accepted | E=accepted with errors | P=partly accepted | R=rejected
IK501 A=accepted | E=accepted with errors | R=rejected | M=rejected, authentication | W=rejected,
    security | X=rejected, decryption
STC03 U=rejected | WQ=accepted
STC01-1 A0=forwarded | A1=received | A2=accepted | A3=rejected as unprocessable | A4=not found |
    A5=split | A6=rejected, information missing | A7=rejected, invalid information | A8=rejected,
    invalid relation
"""

# Tag and qualifier in its first element, then what this very segment is.
_MEANINGS = """
NM1 40=Receiver | 41=Submitter | 45=Drop-off | 71=Attending provider | 72=Operating provider |
    74=Corrected insured | 77=Service place | 82=Rendering provider | 85=Billing provider |
    87=Pay-to address | DK=Ordering provider | DN=Referring provider | DQ=Supervising provider |
    GB=Other insured | IL=Insured | P3=Primary care provider | PE=Pay-to plan | PR=Payer |
    PW=Pick-up | QB=Purchased service provider | QC=Patient | TT=Forwarded to | AY=Clearinghouse |
    ZZ=Other
N1 PR=Payer | PE=Payee
HL 20=Billing provider level | 21=Receiver level | 22=Subscriber level | 23=Patient level |
    19=Provider level | PT=Patient level
REF 0B=State license | 1G=UPIN | 1L=Group number | 2U=Payer id | 4N=Authorization exception |
    6R=Our line number | 6P=Group number | 9A=Repriced number | 9B=Repriced line number |
    9C=Adjusted repriced number | 9F=Referral number | BB=Authorization | CE=Class of contract |
    CT=Contract | D9=Clearinghouse number | EA=Medical record number | EI=Tax id | EO=Submitter
    number | EV=Receiver number | EW=Mammography certificate | F2=Version | F4=CLIA of the
    referring facility | F5=Medicare version | F8=Payer's control number | FY=Claim office |
    G1=Prior authorization | G2=Provider number at the payer | G3=Predetermination | IG=Policy
    number | JD=User number | LU=Location number | LX=Device exemption | NF=NAIC number |
    P4=Project code | SY=Social security number | T4=Signal code | TJ=Tax id | X4=CLIA |
    Y4=Property claim number | 0K=Policy form | HPI=NPI | 28=Employee number | 1W=Member id |
    1A=Provider number | 1C=Provider number | 1D=Provider number | 1K=Payer's control number |
    BLT=Bill type | E9=Attachment
DTP 036=Coverage ended | 050=Received | 090=Report start | 091=Report end | 096=Discharge |
    150=Period start | 151=Period end | 232=Statement from | 233=Statement to | 271=Prescription |
    297=Last worked | 296=Return to work | 304=Last seen | 314=Disability | 360=Disability start |
    361=Disability end | 431=Onset | 435=Admission | 439=Accident | 444=First contact | 453=Acute
    manifestation | 454=First treatment | 455=Last X-ray | 461=Last certification | 463=Begin
    therapy | 471=Prescription | 472=Service date | 484=Last menstrual period | 573=Paid on |
    607=Recertification | 738=Most recent test | 739=Most recent test
DTM 009=Processed | 036=Coverage ended | 050=Received | 150=Service from | 151=Service to |
    232=Claim from | 233=Claim to | 405=Produced | 472=Service date
AMT A8=Not covered | AU=Covered | B6=Allowed | D=Other payer paid | D8=Discount | DY=Per day limit
    | EAF=Remaining patient share | F2=Patient paid before | F4=Sales tax | F5=Patient paid |
    I=Interest | KH=Late filing reduction | NL=Negative ledger | T=Tax | T2=Claim before taxes |
    YU=In process | YY=Returned | ZK=Federal claim | GT=Goods and services tax | N8=Miscellaneous
    taxes
QTY CA=Covered days | PT=Patients | 90=Accepted | AA=Rejected | QA=Accepted claims | QC=Rejected
    claims | PS=Prescription
PER IC=Contact | BL=Technical contact | CX=Claims office
"""

MONEY = frozenset(
    {
        "CLM02",
        "AMT02",
        "SV102",
        "SV203",
        "SVD02",
        "BPR02",
        "CLP03",
        "CLP04",
        "CLP05",
        "SVC02",
        "SVC03",
        "HCP02",
        "HCP03",
        "PS102",
        "CN102",
        "CAS03",
        "CAS06",
        "CAS09",
        "CAS12",
        "CAS15",
        "CAS18",
        "PLB04",
        "PLB06",
        "PLB08",
        "PLB10",
        "PLB12",
        "PLB14",
        "STC04",
        "STC05",
        "MOA02",
        "MOA08",
        "MOA09",
        "SV504",
        "SV505",
    }
)
DATES = frozenset({"BHT04", "DMG02", "DTP03", "DTM02", "BPR16", "GS04", "PLB02", "STC02", "PAT06"})


@cache
def segment_names() -> dict[str, str]:
    """Name of each segment by tag."""
    return {tag: name for tag, (name, _) in _segments().items()}


def element_name(tag: str, position: int, part: int = 0) -> str:
    """Name of an element, or of a part of it; empty where we have no word.

    >>> element_name("SV1", 2), element_name("SV1", 1, 2), element_name("ZZZ", 1)
    ('Charge', 'Code', '')
    """
    elements = _segments().get(tag, ("", ()))[1]
    if position > len(elements):
        return ""
    parts = elements[position - 1].split(">")
    return parts[part - 1] if 0 < part <= len(parts) else parts[0]


def code_words(ref: str, code: str) -> str:
    """Meaning of a coded value, or nothing.

    >>> code_words("SV103", "UN"), code_words("CLM05-3", "7")
    ('units', 'replacement')
    """
    if ref in ("NM101", "N101", "HL03", "REF01", "DTP01", "DTM01", "AMT01", "QTY01", "PER01"):
        return meaning(ref[:-2], code)
    return _codes().get(ref, {}).get(code, "")


def meaning(tag: str, qualifier: str) -> str:
    """What a segment with this qualifier is, or nothing.

    >>> meaning("DTP", "472")
    'Service date'
    """
    return _meanings().get(tag, {}).get(qualifier, "")


@cache
def _segments() -> dict[str, tuple[str, tuple[str, ...]]]:
    found = {}
    for line in _lines(_SEGMENTS):
        head, _, elements = line.partition(": ")
        tag, _, name = head.partition(" ")
        found[tag] = (name, tuple(elements.split(" | ")))
    return found


def _lines(text: str) -> list[str]:
    """Join what goes on in an indented line."""
    return text.strip().replace("\n    ", " ").splitlines()


def _table(text: str) -> dict[str, dict[str, str]]:
    found = {}
    for line in _lines(text):
        key, _, rows = line.partition(" ")
        found[key] = dict(row.split("=", 1) for row in rows.split(" | "))
    return found


@cache
def _codes() -> dict[str, dict[str, str]]:
    return _table(_CODES)


@cache
def _meanings() -> dict[str, dict[str, str]]:
    return _table(_MEANINGS)
