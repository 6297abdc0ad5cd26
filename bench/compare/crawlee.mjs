// The job of bench/compare in Crawlee, with Cheerio: crawlee.mjs CONCURRENCY LIST DATABASE
import { readFileSync } from 'node:fs';

import Database from 'better-sqlite3';
import { CheerioCrawler, Configuration, RequestList, log } from '@crawlee/cheerio';

const [concurrency, listName, databaseName] = process.argv.slice(2);
const urls = readFileSync(listName, 'utf8').trim().split('\n');

const database = new Database(databaseName);
database.exec('CREATE TABLE page (url TEXT UNIQUE, status INT, title TEXT, link_count INT, body BLOB)');
const insert = database.prepare('INSERT INTO page VALUES (?, ?, ?, ?, ?)');

log.setLevel(log.LEVELS.ERROR);
const crawler = new CheerioCrawler({
  requestList: await RequestList.open(null, urls),
  minConcurrency: Number(concurrency),
  maxConcurrency: Number(concurrency),
  useSessionPool: false,
  persistCookiesPerSession: false,
  requestHandler({ request, response, $, body }) {
    const links = $('a[href]').toArray().flatMap((link) => {
      try {
        return [new URL($(link).attr('href'), request.loadedUrl).href];
      } catch {
        return [];
      }
    });
    insert.run(request.url, response.statusCode, $('title').first().text(), links.length, body);
  },
}, new Configuration({ persistStorage: false }));

database.exec('BEGIN');
await crawler.run();
database.exec('COMMIT');
database.close();
