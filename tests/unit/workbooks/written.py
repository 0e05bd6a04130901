"""Workbooks written part by part, so that a test says exactly what a cell holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

# The style of a cell is its place in this list.
FORMATS = ("General", "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm", "[h]:mm")


def cell(reference: str, value: str | None = None, *, kind: str = "n", style: int = 0, formula: str = "") -> str:
    """A cell: what its `v` holds, of which kind, in which style; a text where the kind is `inlineStr`."""
    start = f'<c r="{reference}" s="{style}" t="{kind}">'
    if kind == "inlineStr":
        return f"{start}<is><t>{value}</t></is></c>"
    return start + (f"<f>{formula}</f>" if formula else "") + ("" if value is None else f"<v>{value}</v>") + "</c>"


def row(number: int, *cells: str) -> str:
    """A row of text cells from column A, and of what is a cell already."""
    written = (
        one if one.startswith("<c ") else cell(f"{chr(65 + at)}{number}", one, kind="inlineStr")
        for at, one in enumerate(cells)
    )
    return f'<row r="{number}">{"".join(written)}</row>'


def write_xlsx(
    path: Path,
    sheets: dict[str, str],
    *,
    hidden: Sequence[str] = (),
    merged: Sequence[str] = (),
    from_1904: bool = False,
    before_sheet: str = "",
    texts: Sequence[str] = (),
) -> Path:
    """Write an XLSX workbook; each sheet is given by its rows."""
    named = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"' + (' state="hidden"' if name in hidden else "") + "/>"
        for at, name in enumerate(sheets, start=1)
    )
    system = '<workbookPr date1904="1"/>' if from_1904 else ""
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{LINKS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    links += f'<Relationship Id="s" Type="{LINKS}/styles" Target="/xl/styles.xml"/>'
    links += f'<Relationship Id="t" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
    formats = "".join(f'<numFmt numFmtId="{170 + at}" formatCode="{code}"/>' for at, code in enumerate(FORMATS))
    styles = "".join(f'<xf numFmtId="{170 + at}"/>' for at in range(len(FORMATS)))
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    ranges = f"<mergeCells>{ranges}</mergeCells>" if merged else ""
    with ZipFile(path, "w", ZIP_DEFLATED) as book:
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{LINKS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{system}<sheets>{named}</sheets></workbook>'
        )
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>')
        book.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
            f"<cellXfs>{styles}</cellXfs></styleSheet>",
        )
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{"".join(texts)}</sst>')
        for at, rows in enumerate(sheets.values(), start=1):
            book.writestr(
                f"xl/worksheets/sheet{at}.xml",
                f'{before_sheet}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{ranges}</worksheet>',
            )
    return path


def write_ods(path: Path, tables: str, styles: str = "") -> Path:
    """Write an OpenDocument workbook from its tables and automatic styles."""
    spaces = " ".join(
        f'xmlns:{short}="urn:{short}"'
        for short in ("office", "table", "text", "style", "number", "calcext", "draw", "svg")
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return path
