"""The job of bench/compare in aiohttp and lxml: aiohttp_lxml.py CONCURRENCY LIST DATABASE"""
import asyncio
import sqlite3
import sys
from urllib.parse import urljoin

import aiohttp
import lxml.etree
import lxml.html


def resolve(url, hrefs):
    """The links that are URLs."""
    links = []
    for href in hrefs:
        try:
            links.append(urljoin(url, href))
        except ValueError:
            pass
    return links


def read_page(url, body):
    """The title and the links; neither of a page that lxml refuses, as an empty one."""
    try:
        document = lxml.html.document_fromstring(body)
    except lxml.etree.ParserError:
        return None, []
    return document.findtext(".//title"), resolve(url, document.xpath("//a/@href"))


async def fetch_pages(session, urls, database):
    for url in urls:
        async with session.get(url) as response:
            body = await response.read()
        title, links = read_page(str(response.url), body)
        database.execute("INSERT INTO page VALUES (?, ?, ?, ?, ?)", (url, response.status, title, len(links), body))


async def main(concurrency, list_name, database_name):
    database = sqlite3.connect(database_name)
    database.execute("CREATE TABLE page (url TEXT UNIQUE, status INT, title TEXT, link_count INT, body BLOB)")
    with open(list_name) as lines:
        urls = (line.strip() for line in lines)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=concurrency)) as session:
            await asyncio.gather(*(fetch_pages(session, urls, database) for _ in range(concurrency)))
    database.commit()
    database.close()


asyncio.run(main(int(sys.argv[1]), *sys.argv[2:]))
