// A sitemap, a sitemap index or a feed, read as it arrives: the URLs that a site lists for crawlers.
//
//   SitemapReader reader(url);
//   while (!bytes.empty()) {
//     bytes = reader.read(bytes);   // as far as it goes without having too many entries wait
//     for (SitemapEntry& entry : reader.take_entries()) visit(std::move(entry.url));
//   }
//   const SitemapReport report = reader.finish();   // and take the last entries
//
// Read are XML sitemaps and indexes, text sitemaps, RSS 0.9 to 2.0 and Atom 1.0, each plain or in gzip, which
// its bytes tell. Survived are a bare '&', undeclared entities and prefixes, blank lines before the XML, any
// encoding, wrong bytes, a root without a namespace, and relative addresses (by `base`, see read_location).
// Nobody is held to sitemaps.org's limit of 50,000 entries, since its limit of 50 MB bounds them too.
//
// Contract: total, linear in the bytes that come out of gzip; no input or output, no entity is expanded.
// Whatever the bytes, it holds a few blocks, and the entries not taken: those of one block for each read().
// How the input is split into pieces changes nothing. After a fault the entries before it count.
// Thread-compatible; not movable: zlib and expat keep its address.
//
// Source: https://www.sitemaps.org/protocol.html; for the feeds see sitemap_collector.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "parse/block_decoder.h"
#include "parse/gunzip.h"
#include "parse/sitemap_findings.h"
#include "parse/sitemap_lines.h"
#include "parse/sitemap_xml.h"
#include "parse/url.h"

namespace parse {

class SitemapReader {
 public:
  /// sitemaps.org's limit, after decompression. What comes after it is not read.
  static constexpr std::size_t max_size = 52'428'800;

  explicit SitemapReader(const Url& base) : base_(base) {}

  /// Returns what it has not read since entries wait to be taken: give it again.
  std::string_view read(std::string_view bytes);
  /// To be called once, after the last byte.
  SitemapReport finish();

  std::vector<SitemapEntry> take_entries() { return std::exchange(findings_.entries, {}); }
  /// Whether what is still to come would be ignored, so that a transfer may as well end.
  bool is_done() const { return findings_.is_done; }

 private:
  enum class Last { no, yes, cut };  // cut: yes, but its end is not the text's

  std::string_view fill_block(std::string_view bytes);
  void read_block(Last last);
  void read_text(std::string_view text);
  void end(SitemapFault fault);

  Url base_;
  SitemapFindings findings_;
  bool is_packing_known_ = false;
  std::optional<Gunzip> gunzip_;  // if it is packed
  std::string block_;
  BlockDecoder decoder_;
  std::variant<std::monostate, SitemapXml, SitemapLines>
      format_;  // monostate: nothing but white space so far
};

}  // namespace parse
