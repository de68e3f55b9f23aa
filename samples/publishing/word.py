"""A statement as a Word document (DOCX, ECMA-376): a picture a paragraph, its caption in the style for captions."""

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from publishing.archive import archive
from publishing.statement import Shown, Statement

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EMU_WIDTH: Final = 5_400_000  # 15 cm

_CONTENT_TYPES: Final = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="jpg" ContentType="image/jpeg"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_ROOT: Final = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_STYLES: Final = (
    f'{_XML}<w:styles xmlns:w="{_WORD}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>'
    '<w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Caption">'
    '<w:name w:val="caption"/><w:rPr><w:i/></w:rPr></w:style></w:styles>'
)


def word_document(statement: Statement) -> bytes:
    """Return a statement as DOCX; the pictures are `word/media/image1.jpg` and so on."""
    files = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _ROOT,
        "docProps/core.xml": _properties(statement),
        "word/document.xml": _document(statement),
        "word/styles.xml": _STYLES,
        "word/_rels/document.xml.rels": _relations(statement),
    }
    media = {f"word/media/image{at}.jpg": shown.jpeg for at, shown in enumerate(statement.pictures, start=1)}
    return archive({name: text.encode() for name, text in files.items()} | media)


def _properties(statement: Statement) -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(statement.title)}</dc:title>'
        f"<dc:language>{statement.language}</dc:language></cp:coreProperties>"
    )


def _relations(statement: Statement) -> str:
    images = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/image" Target="media/image{at}.jpg"/>'
        for at in range(1, len(statement.pictures) + 1)
    )
    styles = f'<Relationship Id="rId0" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{styles}{images}</Relationships>'


def _document(statement: Statement) -> str:
    body = "".join(_paragraphs(statement))
    return (
        f'{_XML}<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
        f'xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"><w:body>{body}</w:body></w:document>'
    )


def _paragraphs(statement: Statement) -> Iterator[str]:
    yield _paragraph("Title", _run(statement.title))
    for at, shown in enumerate(statement.pictures, start=1):
        yield _paragraph("Normal", f"<w:r><w:drawing>{_drawing(shown, at)}</w:drawing></w:r>")
        yield _paragraph("Caption", _run(shown.caption))


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _drawing(shown: Shown, at: int) -> str:
    width, height = shown.size
    sides = f'cx="{_EMU_WIDTH}" cy="{_EMU_WIDTH * height // width}"'
    name = quoteattr(shown.name)
    return (
        f'<wp:inline><wp:extent {sides}/><wp:docPr id="{at}" name={name}/><a:graphic>'
        f'<a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{at}" name={name}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId{at}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {sides}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    )
