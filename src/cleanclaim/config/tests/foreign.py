"""Files of other systems and of payers who answer them, as text; people and numbers are made up."""

SEGMENT = "~\n"


def file_837(*claims: str, npi: str, sender: str = "OTHERSYS", kind: str = "CH") -> bytes:
    """An 837P of one billing provider with these claims."""
    body = [
        "ST*837*0001*005010X222A1",
        f"BHT*0019*00*B1*20260105*0930*{kind}",
        "NM1*41*2*OTHER SYSTEM*****46*OTHERSYS",
        "PER*IC*DESK*TE*5555550100",
        "NM1*40*2*CLEARING*****46*CLEARING",
        *provider(npi).split(SEGMENT),
        *SEGMENT.join(claims).split(SEGMENT),
    ]
    return _enclosed("HC", "005010X222A1", body, sender)


def provider(npi: str, level: int = 1) -> str:
    """A billing provider's level; claims that follow are its."""
    return SEGMENT.join(
        [
            f"HL*{level}**20*1",
            f"NM1*85*2*SAMPLE CLINIC*****XX*{npi}",
            "N3*1 TEST WAY",
            "N4*SALEM*OR*973010001",
            "REF*EI*001234567",
        ]
    )


def _enclosed(group: str, guide: str, body: list[str], sender: str) -> bytes:
    parties = f"ZZ*{sender:<15}*ZZ*{'RECEIVER':<15}"
    lines = [
        f"ISA*00*{'':10}*00*{'':10}*{parties}*260105*0930*^*00501*000000001*0*P*:",
        f"GS*{group}*{sender}*RECEIVER*20260105*0930*1*X*{guide}",
        *body,
        f"SE*{len(body) + 1}*0001",
        "GE*1*1",
        "IEA*1*000000001",
    ]
    return (SEGMENT.join(lines) + SEGMENT).encode()


def claim(number: str, *more: str, level: int = 2, rank: str = "P", head: str = "11:B:1") -> str:
    """One claim of 150.00 with its subscriber, who is the patient."""
    return SEGMENT.join(
        [
            f"HL*{level}*1*22*0",
            f"SBR*{rank}*18*GROUP1******CI",
            "NM1*IL*1*FICTIONAL*ADA****MI*W000111",
            "N3*2 MADE UP ST",
            "N4*SALEM*OR*973010002",
            "DMG*D8*19800131*F",
            "NM1*PR*2*UNSEEN HEALTH*****PI*UNSEEN1",
            f"CLM*{number}*150***{head}*Y*A*Y*Y",
            "HI*ABK:J069",
            *more,
            "LX*1",
            "SV1*HC:99213*100*UN*1***1",
            "DTP*472*D8*20260102",
            "REF*6R*L-1",
            "LX*2",
            "SV1*HC:85025*50*UN*1***1",
            "DTP*472*D8*20260102",
            "REF*6R*L-2",
        ]
    )


def decided(number: str, rank: str = "S") -> str:
    """The same for a second payer: the first paid 60.00 and left 20.00 to the patient."""
    other = (
        "SBR*P*18*******MB",
        "AMT*D*60",
        "OI***Y***Y",
        "NM1*IL*1*FICTIONAL*ADA****MI*M000222",
        "NM1*PR*2*FIRST PAYER*****PI*FIRST1",
    )
    text = claim(number, *other, rank=rank)
    said = "SVD*FIRST1*60*HC:99213**1" + SEGMENT + "CAS*CO*45*20**PR*2*20"
    paid = SEGMENT + said + SEGMENT + "DTP*573*D8*20260104"
    none = SEGMENT + "SVD*FIRST1*0*HC:85025**1" + SEGMENT + "CAS*CO*45*50"
    none += SEGMENT + "DTP*573*D8*20260104"
    return text.replace("REF*6R*L-1", "REF*6R*L-1" + paid).replace(
        "REF*6R*L-2", "REF*6R*L-2" + none
    )


def file_835(number: str, *, npi: str, payer: str = "UNSEEN1") -> bytes:
    """A payment of 90.00: 40.00 contractual on the first line, 20.00 coinsurance on the second."""
    body = [
        "ST*835*0001",
        "BPR*I*90*C*ACH*CCP*01*000000000*DA*1*1000000009**01*000000000*DA*2*20260110",
        "TRN*1*TRACE77*1000000009",
        "DTM*405*20260110",
        "N1*PR*UNSEEN HEALTH",
        "N3*9 PAYER RD",
        "N4*SALEM*OR*97301",
        f"REF*2U*{payer}",
        "PER*BL*DESK*TE*5555550100",
        f"N1*PE*SAMPLE CLINIC*XX*{npi}",
        "LX*1",
        f"CLP*{number}*1*150*90*20*12*ICN900*11*1",
        "NM1*QC*1*FICTIONAL*ADA****MI*W000111",
        "SVC*HC:99213*100*60**1",
        "DTM*472*20260102",
        "CAS*CO*45*40",
        "REF*6R*L-1",
        "SVC*HC:85025*50*30**1",
        "DTM*472*20260102",
        "CAS*PR*2*20",
        "REF*6R*L-2",
    ]
    return _enclosed("HP", "005010X221A1", body, "UNSEEN1")


def file_277ca(number: str) -> bytes:
    """The payer has the claim."""
    body = [
        "ST*277*0001*005010X214",
        "BHT*0085*08*1*20260106*0930*TH",
        "HL*1**20*1",
        "NM1*PR*2*UNSEEN HEALTH*****PI*UNSEEN1",
        "TRN*1*1",
        "DTP*050*D8*20260106",
        "DTP*009*D8*20260106",
        "HL*2*1*21*1",
        "NM1*41*2*OTHER SYSTEM*****46*OTHERSYS",
        "TRN*2*000000001",
        "STC*A1:19:PR*20260106*WQ*150",
        "HL*3*2*19*1",
        "NM1*85*2*SAMPLE CLINIC*****XX*1111111112",
        "HL*4*3*PT",
        "NM1*QC*1*FICTIONAL*ADA****MI*W000111",
        f"TRN*2*{number}",
        "STC*A2:20:PR*20260106*WQ*150",
        "REF*1K*ICN900",
        "DTP*472*D8*20260102",
    ]
    return _enclosed("HN", "005010X214", body, "UNSEEN1")
