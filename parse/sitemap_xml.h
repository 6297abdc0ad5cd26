// An XML sitemap or feed, read by expat.
//
//   SitemapXml xml(base, findings);
//   xml.read(first_block);   xml.read(second_block);
//   xml.finish();            // a root that is still open is SitemapFault::truncated
//
// Contract: total, linear, no input or output; `text` is UTF-8, split between characters. expat sees what
// XmlRepair makes of it: no declarations, so no entities, and whole tags. Its memory is bounded by the depth
// and by the size of all different names, each of which it keeps. Not movable: expat keeps the address.
// Throws std::bad_alloc on construction.
//
// Source: https://www.w3.org/TR/xml/, https://libexpat.github.io/doc
#pragma once

#include <cstddef>
#include <expat.h>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "parse/attribute.h"
#include "parse/sitemap_collector.h"
#include "parse/sitemap_findings.h"
#include "parse/url.h"
#include "parse/xml_repair.h"

namespace parse {

class SitemapXml {
 public:
  /// As for HTML, of which feeds may hold some.
  static constexpr std::size_t max_depth = 512;
  /// Octets of all different names of elements and attributes, name_cost more for each: some 4,000 names,
  /// where the formats with all their extensions have 200.
  static constexpr std::size_t max_names_size = 256 * 1024;
  static constexpr std::size_t name_cost = 64;

  SitemapXml(const Url& base, SitemapFindings& findings);
  SitemapXml(const SitemapXml&) = delete;
  SitemapXml& operator=(const SitemapXml&) = delete;

  void read(std::string_view text);
  void finish() { findings_.stop(SitemapFault::truncated); }

 private:
  struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  static void on_open(void* self, const XML_Char* name, const XML_Char** attributes) noexcept;
  static void on_close(void* self, const XML_Char* name) noexcept;
  static void on_text(void* self, const XML_Char* text, int size) noexcept;

  void open(const XML_Char* name, const XML_Char** attributes);
  void know(std::string_view name);
  void halt_if_done();

  SitemapFindings& findings_;
  SitemapCollector collector_;
  XmlRepair repair_;
  std::string repaired_;
  std::vector<Attribute> attributes_;         // of the tag being read; kept for its memory
  std::set<std::string, std::less<>> names_;  // those that expat knows
  std::size_t names_size_ = 0;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser_;
};

}  // namespace parse
