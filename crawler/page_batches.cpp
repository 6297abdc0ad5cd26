#include "crawler/page_batches.h"

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

std::size_t size_of(const storage::PageOutcome& page) {
  std::size_t bytes = sizeof page + page.url.size();
  for (const storage::FetchRow& fetch : page.fetches) bytes += sizeof fetch + fetch.url.size();
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

void RecordBatch::add(Record record) {
  if (auto* page = std::get_if<std::unique_ptr<storage::PageOutcome>>(&record.row)) {
    bytes_ += size_of(**page);
    rows_.pages.push_back(std::move(**page));
  } else {
    rows_.seeds.push_back(std::move(std::get<storage::SeedRow>(record.row)));
  }
  held_.push_back(std::move(record.hold));
}

async::AsyncGenerator<RecordBatch> batch_records(async::Queue<Record>& records,
                                                 std::chrono::milliseconds max_age) {
  while (std::optional<Record> first = co_await next_record(records)) {
    const async::TimePoint deadline = async::EventLoop::current().now() + max_age;
    RecordBatch batch;
    batch.add(*std::move(first));
    while (!batch.is_full()) {
      std::optional<Record> record = co_await next_record_until(records, deadline);
      if (!record) break;
      batch.add(*std::move(record));
    }
    co_yield std::move(batch);
  }
}

}  // namespace crawler
