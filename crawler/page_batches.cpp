#include "crawler/page_batches.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "crawler/async/event_loop.h"
#include "crawler/async/timeout.h"

namespace crawler {
namespace {

using async::Task;

std::size_t size_of(const std::optional<std::string>& text) { return text ? text->size() : 0; }

/// Nothing at the end of the stream.
Task<std::optional<Record>> next_record(async::Queue<Record>& records) {
  if (auto record = records.try_get()) co_return record;
  try {
    co_return co_await records.get();
  } catch (const async::QueueShutDown&) {
    co_return std::nullopt;
  }
}

/// Nothing at the end of the stream or when the deadline comes first.
Task<std::optional<Record>> next_record_until(async::Queue<Record>& records, async::TimePoint deadline) {
  if (auto record = records.try_get()) co_return record;
  const async::Duration left = deadline - async::EventLoop::current().now();
  if (left <= async::Duration::zero()) co_return std::nullopt;
  try {
    co_return co_await async::timeout(left, [&records] { return next_record(records); });
  } catch (const async::TimedOut&) {
    co_return std::nullopt;
  }
}

}  // namespace

namespace {

std::size_t size_of(const std::vector<storage::FetchRow>& fetches) {
  std::size_t bytes = 0;
  for (const storage::FetchRow& fetch : fetches) bytes += sizeof fetch + fetch.url.size();
  return bytes;
}

std::size_t size_of(const std::vector<parse::Url>& urls) {
  std::size_t bytes = 0;
  for (const parse::Url& url : urls) bytes += sizeof url + url.href().size();
  return bytes;
}

std::size_t size_of(const storage::PageOutcome& page) {
  std::size_t bytes = page.url.size() + size_of(page.fetches);
  for (const storage::LinkRow& link : page.links)
    bytes += sizeof link + link.url.size() + link.text.size() + link.fragment.size() + link.rel.size();
  if (page.content) {
    const storage::Content& content = *page.content;
    bytes += content.final_url.size() + content.hops.size();
    for (const auto* text : {&content.text, &content.body, &content.headers, &content.meta, &content.fields,
                             &content.title, &content.description, &content.canonical, &content.lang,
                             &content.content_type, &content.etag, &content.last_modified})
      bytes += size_of(*text);
  }
  return bytes;
}

}  // namespace

std::size_t size_of(const Ended& ended) {
  std::size_t bytes = sizeof ended + size_of(ended.fetches);
  if (ended.page) bytes += size_of(*ended.page);
  if (ended.robots) bytes += ended.robots->body.size();
  if (ended.finding) bytes += size_of(ended.finding->links) + size_of(ended.finding->sitemaps);
  return bytes;
}

void RecordBatch::add(Record record) {
  if (auto* seed = std::get_if<storage::SeedRow>(&record.what))
    commit_.rows.seeds.push_back(std::move(*seed));
  else
    add(std::move(*std::get<std::unique_ptr<Ended>>(record.what)));
  held_.push_back(std::move(record.hold));
}

void RecordBatch::add(Ended ended) {
  bytes_ += size_of(ended);
  storage::Batch& rows = commit_.rows;
  if (ended.page) rows.pages.push_back(*std::move(ended.page));
  std::ranges::move(ended.fetches, std::back_inserter(rows.fetches));
  if (ended.robots) rows.robots.push_back(*std::move(ended.robots));
  if (ended.finding) commit_.findings.push_back(*std::move(ended.finding));
}

async::AsyncGenerator<RecordBatch> batch_records(async::Queue<Record>& records, BatchEnd end) {
  while (std::optional<Record> first = co_await next_record(records)) {
    const async::TimePoint deadline = async::EventLoop::current().now() + end.max_age;
    RecordBatch batch;
    batch.add(*std::move(first));
    while (!batch.is_full()) {
      if (records.is_empty() && end.is_awaited()) break;
      std::optional<Record> record = co_await next_record_until(records, deadline);
      if (!record) break;
      batch.add(*std::move(record));
    }
    co_yield std::move(batch);
  }
}

}  // namespace crawler
