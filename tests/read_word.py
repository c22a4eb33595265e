"""Reads Word documents back and holds them to the Markdown and the JSON of the same report.

Usage: read_word.py FOLDER..., where each holds NAME.docx, NAME.md and NAME.json.
"""

import html
import io
import json
import re
import sys
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl


def plain(markdown):
    """The words of a line of Markdown."""
    text = re.sub(r"\[((?:[^\]\\]|\\.)*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r'<a id="[^"]*"></a>', "", text)
    text = re.sub(r"(?<!\\)[*`]", "", text)
    return html.unescape(re.sub(r"\\(.)", r"\1", text)).strip()


def of_markdown(text):
    """Headings with their levels, and tables as rows of cells."""
    headings, tables, inside = [], [], False
    for line in text.splitlines():
        if line.startswith("|"):
            cells = [plain(one) for one in re.split(r"(?<!\\)\|", line)[1:-1]]
            if not inside:
                tables.append([])
            if not all(re.fullmatch(r":?-+:?", one) for one in cells):
                tables[-1].append(cells)
        inside = line.startswith("|")
        if found := re.match(r"(#+) (.*)", line):
            # Only the first is the title; Word goes down to Heading 3.
            level = len(found[1]) if not headings else min(max(len(found[1]), 2), 4)
            headings.append((level, plain(found[2])))
    return headings, tables


def of_word(document):
    """The same of a document of Word."""
    levels = {"Title": 1, "Heading 1": 2, "Heading 2": 3, "Heading 3": 4}
    paragraphs = [one for one in document.paragraphs if one.style.name in levels]
    headings = [(levels[one.style.name], one.text.strip()) for one in paragraphs]
    tables = [[[cell.text.strip() for cell in row.cells] for row in one.rows] for one in document.tables]
    return headings, tables


def charts(path):
    """Names and figures of the bars of each chart, as its workbook holds them, and its texts."""
    with ZipFile(path) as archive:
        names = [one for one in archive.namelist() if one.startswith("word/embeddings/")]
        for name in sorted(names, key=lambda name: int(re.search(r"\d+", name)[0])):
            book = openpyxl.load_workbook(io.BytesIO(archive.read(name)), data_only=True)
            rows = list(book["Data"].iter_rows(values_only=True))
            number = re.search(r"\d+", name)[0]
            drawing = archive.read(f"word/charts/chart{number}.xml").decode()
            texts = re.findall(r"<a:t>(.*?)</a:t>", drawing)
            yield [(row[0], row[1]) for row in rows[1:]], texts


def is_drawn(table):
    """True for the table that Markdown has where Word has a chart."""
    return table[0][:2] == ["Part", "Index, 0 to 100"] or is_curve(table)


def is_curve(table):
    """True for what one type of customer wants and gets; the appendix has a fifth column."""
    return table[0][1:] == ["Wanted", "You", "Rival"]


def check(path):
    document = docx.Document(path)
    result = json.loads(path.with_suffix(".json").read_text())
    headings, tables = of_markdown(path.with_suffix(".md").read_text())
    word_headings, word_tables = of_word(document)
    assert word_headings == headings, (word_headings, headings)
    # One score alone is told in words.
    drawn = [one for one in tables if is_drawn(one) and (len(one) > 2 or is_curve(one))]
    told = [one for one in tables if not is_drawn(one)]
    assert len(word_tables) == len(told), (len(word_tables), len(told))
    for table, expected in zip(word_tables, told):
        assert table == expected, (table, expected)
    found = list(charts(path))
    for chart, texts in found:
        table = drawn.pop(0)
        # A chart holds all curves of a metric, each of which is a table in Markdown.
        while len(table) <= len(chart) and drawn and is_curve(drawn[0]):
            table = table + drawn.pop(0)[1:]
        assert len(chart) == len(table) - 1, (chart, table)
        for (label, figure), row in zip(chart, table[1:]):
            text = row[1] if table[0][0] == "Part" else row[2]
            assert f": {label}".endswith(f": {row[0]}"), (label, row)
            figures = [re.split(r"[, ]", one)[0] for one in texts]
            assert text in figures, (label, text, texts)
            assert (figure is None) == (text == "–"), (label, figure)
            scores = [one["index"] for one in result["scores"] if one["title"] == row[0]]
            assert not scores or figure in scores, (label, figure, scores)
            assert figure is None or abs(figure - float(text)) <= 0.5, (label, figure)
    assert not drawn, drawn
    assert document.core_properties.title.startswith(result["client"]["name"])
    assert str(document.core_properties.created.date()) == result["assessed_on"]
    return len(headings), len(word_tables), sum(len(chart) for chart, _ in found)


def main():
    paths = [path for folder in sys.argv[1:] for path in sorted(Path(folder).glob("*.docx"))]
    assert paths, "no documents of Word"
    for path in paths:
        headings, tables, figures = check(path)
        print(f"{path.name}: {headings} headings, {tables} tables, {figures} figures as in Markdown and JSON")


main()
