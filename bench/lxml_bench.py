"""Prints how many seconds of processor time lxml takes for the links and text of all pages of a folder, again and again.

    python3 lxml_bench.py FOLDER
"""

import pathlib
import signal
import sys
import time

import lxml.html

signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # who has read enough closes the pipe
pages = [path.read_bytes() for path in pathlib.Path(sys.argv[1]).rglob("*.html") if path.is_file()]
parser = lxml.html.HTMLParser(encoding="utf-8")

while True:
    begin = time.process_time()
    for page in pages:
        root = lxml.html.document_fromstring(page, parser=parser, ensure_head_body=True)
        facts = [element.get("href") for element in root.iter("a")], root.text_content()
    print(time.process_time() - begin, flush=True)
