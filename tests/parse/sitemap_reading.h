// The words of the tests on sitemaps and feeds.
//
//   read("<urlset><url><loc>/a</loc></url></urlset>").urls;   // {"https://example.com/a"}
//   read(gzip("https://example.com/a\n")).report.kind;        // SitemapKind::text
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>
#include <zlib.h>

#include "parse/sitemap.h"

namespace parse {

struct Reading {
  std::vector<std::string> urls;
  std::vector<std::optional<std::int64_t>> dates;  // seconds since 1970
  SitemapReport report;
  std::size_t most_waiting = 0;  // entries that one read() left to be taken
};

inline void take_entries(SitemapReader& reader, Reading& reading) {
  const std::vector<SitemapEntry> entries = reader.take_entries();
  reading.most_waiting = std::max(reading.most_waiting, entries.size());
  for (const SitemapEntry& entry : entries) {
    reading.urls.emplace_back(entry.url.href());
    reading.dates.push_back(
        entry.modified.transform([](auto time) { return time.time_since_epoch().count(); }));
  }
}

inline void give(SitemapReader& reader, std::string_view bytes, Reading& reading) {
  while (!bytes.empty()) {
    bytes = reader.read(bytes);
    take_entries(reader, reading);
  }
}

/// The bytes in pieces of `piece` bytes each.
inline Reading read(std::string_view bytes, std::string_view base = "https://example.com/dir/sitemap.xml",
                    std::size_t piece = std::string_view::npos) {
  Reading reading;
  SitemapReader reader(*Url::parse(base));
  while (!bytes.empty()) {
    give(reader, bytes.substr(0, piece), reading);
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  reading.report = reader.finish();
  take_entries(reader, reading);
  return reading;
}

inline std::vector<std::string> urls_of(std::string_view bytes) { return read(bytes).urls; }

inline std::string gzip(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("deflateInit2");
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string repeat(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  while (times-- > 0) out += piece;
  return out;
}

}  // namespace parse
