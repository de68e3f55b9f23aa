"""A report in which every text from outside is one that wants to do harm."""

from dataclasses import replace

from report_records import CROPPED, TRAILER, report_of

from provcheck.records import (
    Claims,
    Credentials,
    CredentialState,
    Deed,
    Facts,
    Finding,
    Ingredient,
    Label,
    Outcome,
    Place,
    ReleaseImage,
    Report,
    Severity,
    Skipped,
    Stated,
    Verdict,
    Waiver,
)

HOSTILE_TEXTS = {
    "terminal escape": "\x1b]0;owned\x07\x1b[2J\x9b31mred",
    "line breaks": "one\r\ntwo\nthree\u2028four\u2029five\x0b\x0c\x85six",
    "right to left": "\u202egpj.exe\u2066\u200f",
    "no XML": "a\x00b\x01c\ufffed\uffffe\x7f",
    "no Unicode": "caf\udce9 \ud800",
    "XML": "]]> <!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]> &x; <a b=\"c\">",
    "HTML": "<img src=x onerror=alert(1)><script>alert(1)</script><!-- --> &lt;b&gt;",
    "formula": '=HYPERLINK("http://evil.example","a")',
    "formula after a blank": " @SUM(1+1)*cmd|' /C calc'!A0",
    "wide formula": "\uff1dcmd|'/C calc'!A0",
    "plus": "+1",
    "minus": "-1+2",
    "table": "a | b || c \\| d",
    "quotes": "a \"b\", 'c'; d\t",
    "link": "[click](javascript:alert(1)) ![i](http://evil.example/i.png) <http://evil.example> [x]: http://e.example",
    "address": "http://evil.example https://evil.example www.evil.example me@evil.example",
    "mention": "@everyone #1 GH-1 a/b#2 #heading",
    "code": "`a` ``` ~~~ $x$ **b** __c__ ~~d~~",
    "command": "::error file=a::b",
    "old command": "##[add-mask]x ##[error]y ##vso[task.setvariable variable=a]b ##teamcity[c]",
    "escaped": "%0A::error::x%0D %25 a:b,c=d",
    "placeholder": "{0} {1} %s {name}",
    "markup": "[red]x[/red] :smile:",
    "path": "../../../etc/passwd",
    "origin": "release.toml, line 99999999999999999999",
    "long": "x" * 1500,
}


def hostile_report(text: str) -> Report:
    """Return a report whose every text from outside is, or holds, `text`."""
    facts = Facts(
        title=text, publisher=text, place=Place(text, text), url=text, archive_url=text, rights=text, note=text
    )
    match = replace(CROPPED, source=replace(TRAILER, path=text, facts=facts))
    claims = Claims(
        place=Stated(Place(text, text), text),
        caption=Stated(text, text),
        credit=Stated(text, text),
        label=Stated(Label.FILE, text),
    )
    credentials = Credentials(
        CredentialState.INVALID,
        text,
        text,
        (text,),
        signer=text,
        organisation=text,
        issuer=text,
        signed=text,
        generator=text,
        deeds=(Deed(text, text, text, text),),
        ingredients=(Ingredient(text, text),),
        place_taken=Stated(Place(text, text), text),
    )
    image = ReleaseImage(text, text, "9" * 64, claims, credentials=credentials)
    waiver = Waiver("sha256:" + "9" * 64, "PC102", text, approved_by=text, origin=text)
    findings = (
        Finding("PC101", Severity.ERROR, text, text, text, TRAILER.id),
        Finding("PC102", Severity.ERROR, text, text, text, TRAILER.id, waiver),
        Finding("PC104", Severity.WARNING, text),
    )
    report = report_of(
        Verdict(image, Outcome.MISMATCHED, (match,), findings=findings, reason=text),
        Verdict(image, Outcome.NO_MATCH, leads=(match,), reason=text),
        Verdict(image, Outcome.INCONCLUSIVE, reason=text),
        Verdict(image, Outcome.CREDITED, (match,), reason=text),
        skipped=(Skipped(text, text), Skipped(f"b{text}", text, missed=False)),
    )
    release = replace(report.release, path=text, title=text, language=text)
    coverage = replace(report.coverage, path=text, newest=text)
    return replace(report, release=release, coverage=coverage, tool={**report.tool, "version": text}, waivers=(waiver,))
