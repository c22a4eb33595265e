"""paged_word.py FOLDER: every word of every document of Word there is in the PDF beside it.

The PDFs are those that LibreOffice made. Words are counted, so that a row that is lost is found even
where its words stand elsewhere too; one that is broken over two lines counts as whole.
"""

import collections
import pathlib
import re
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words(text):
    return collections.Counter(re.findall(r"[^\W_]+", text))


def written(path):
    """The words of the paragraphs of a document."""
    body = ElementTree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    counted = collections.Counter()
    for paragraph in body.iter(W + "p"):
        parts = [
            one.text or "" if one.tag == W + "t" else " "
            for one in paragraph.iter()
            if one.tag in (W + "t", W + "br", W + "tab")
        ]
        counted += words("".join(parts))
    return counted


def lost(path):
    """The words that are not in the PDF as often as in the document."""
    pdf = path.with_suffix(".pdf")
    run = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True)
    printed = words(run.stdout)
    joined = re.sub(r"[\s-]+", "", run.stdout)
    return [
        word
        for word, count in written(path).items()
        if printed[word] < count and joined.count(word) < count
    ]


documents = sorted(pathlib.Path(sys.argv[1]).glob("*.docx"))
found = {path.name: lost(path) for path in documents}
for name, missing in found.items():
    print(f"{name}: every word is paged" if not missing else f"{name}: lost {missing[:20]}")
sys.exit(bool(not documents or any(found.values())))
