// A sitemap or a feed, whole and in pieces: the first byte says where to cut it. Neither the pieces nor gzip
// around it may change what is found, and every entry is a URL that could be fetched.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parse/sitemap.h"
#include "parse/utf8.h"
#include "tests/parse/sitemap_reading.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool are_same(const parse::Reading& a, const parse::Reading& b) {
  return a.urls == b.urls && a.dates == b.dates && a.report.kind == b.report.kind &&
         a.report.fault == b.report.fault && a.report.rejected == b.report.rejected;
}

parse::Reading read_in_two(std::string_view bytes, std::size_t cut) {
  cut = std::min(cut, bytes.size());
  parse::Reading reading;
  parse::SitemapReader reader(*parse::Url::parse("https://example.com/dir/"));
  give(reader, bytes.substr(0, cut), reading);
  give(reader, bytes.substr(cut), reading);
  reading.report = reader.finish();
  take_entries(reader, reading);
  return reading;
}

constexpr std::size_t kBlockSize = 64 * 1024;
/// Some 20 octets are the shortest entry, and a block has 64 KiB; what was held back may come with it.
constexpr std::size_t kMostWaiting = 20'000;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const parse::Reading whole = read_in_two(input, input.size());
  require(whole.report.entries == whole.urls.size());
  require(whole.report.size <= parse::SitemapReader::max_size);
  require(whole.most_waiting <= kMostWaiting);
  require(whole.urls.empty() || whole.report.kind != parse::SitemapKind::unknown);
  for (const std::string& url : whole.urls) require(parse::Url::parse(url)->href() == url);

  require(are_same(whole, read_in_two(input, data[0])));
  if (!input.starts_with("\x1F\x8B"))
    require(are_same(whole, read_in_two(parse::gzip(input), data[0] % 64U)));

  // An encoding is sought in the first block alone, and UTF-16 begins with its first octet.
  const bool has_one_encoding = parse::is_utf8(input) && input.find(char{0}) == std::string_view::npos &&
                                input.find("encoding") == std::string_view::npos;
  if (!has_one_encoding) return 0;
  const std::string blanks(kBlockSize - std::min<std::size_t>(data[0], input.size()), ' ');
  require(are_same(whole, read_in_two(blanks + std::string(input), blanks.size())));
  return 0;
}
