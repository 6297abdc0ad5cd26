"""The job of bench/compare in Scrapy: scrapy_spider.py CONCURRENCY LIST DATABASE"""
import sqlite3
import sys

import scrapy
from scrapy.crawler import CrawlerProcess

concurrency, list_name, database_name = sys.argv[1:]


def resolve(response):
    """The links that are URLs."""
    links = []
    for href in response.css("a::attr(href)").getall():
        try:
            links.append(response.urljoin(href))
        except ValueError:
            pass
    return links


class PagesSpider(scrapy.Spider):
    name = "pages"

    def start_requests(self):
        with open(list_name) as urls:
            for url in urls:
                yield scrapy.Request(url.strip())

    def parse(self, response):
        yield {
            "url": response.url,
            "status": response.status,
            "title": response.css("title::text").get(),
            "links": resolve(response),
            "body": response.body,
        }


class SqlitePipeline:
    def open_spider(self, spider):
        self.database = sqlite3.connect(database_name)
        self.database.execute("CREATE TABLE page (url TEXT UNIQUE, status INT, title TEXT, link_count INT, body BLOB)")

    def close_spider(self, spider):
        self.database.commit()
        self.database.close()

    def process_item(self, item, spider):
        row = (item["url"], item["status"], item["title"], len(item["links"]), item["body"])
        self.database.execute("INSERT INTO page VALUES (?, ?, ?, ?, ?)", row)
        return item


process = CrawlerProcess(settings={
    "CONCURRENT_REQUESTS": int(concurrency),
    "CONCURRENT_REQUESTS_PER_DOMAIN": int(concurrency),
    "COOKIES_ENABLED": False,
    "ITEM_PIPELINES": {SqlitePipeline: 100},
    "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
})
process.crawl(PagesSpider)
process.start()
