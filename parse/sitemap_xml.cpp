#include "parse/sitemap_xml.h"

#include <new>

namespace parse {

SitemapXml::SitemapXml(const Url& base, SitemapFindings& findings)
    : findings_(findings), collector_(base, findings), parser_(XML_ParserCreate("UTF-8")) {
  if (!parser_) throw std::bad_alloc();
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(parser_.get(), on_open, on_close);
  XML_SetCharacterDataHandler(parser_.get(), on_text);
}

void SitemapXml::read(std::string_view text) {
  if (findings_.is_done) return;
  repaired_.clear();
  const bool is_in_bounds = repair_.read(text, repaired_);
  const XML_Status status =
      XML_Parse(parser_.get(), repaired_.data(), static_cast<int>(repaired_.size()), XML_FALSE);
  // Where a handler has halted expat, the findings have the reason.
  if (status != XML_STATUS_OK) findings_.stop(SitemapFault::malformed);
  if (!is_in_bounds) findings_.stop(SitemapFault::beyond_bounds);
}

void SitemapXml::on_open(void* self, const XML_Char* name, const XML_Char** attributes) noexcept {
  static_cast<SitemapXml*>(self)->open(name, attributes);
}

void SitemapXml::on_close(void* self, const XML_Char*) noexcept {
  auto& xml = *static_cast<SitemapXml*>(self);
  xml.collector_.close();
  xml.halt_if_done();
}

void SitemapXml::on_text(void* self, const XML_Char* text, int size) noexcept {
  static_cast<SitemapXml*>(self)->collector_.add_text({text, static_cast<std::size_t>(size)});
}

void SitemapXml::open(const XML_Char* name, const XML_Char** attributes) {
  know(name);
  attributes_.clear();
  for (; *attributes != nullptr; attributes += 2) {
    know(attributes[0]);
    attributes_.push_back({attributes[0], attributes[1]});
  }
  collector_.open(name, attributes_);
  if (collector_.depth() > max_depth || names_size_ > max_names_size)
    findings_.stop(SitemapFault::beyond_bounds);
  halt_if_done();
}

void SitemapXml::know(std::string_view name) {
  if (names_size_ > max_names_size || names_.contains(name)) return;
  names_.emplace(name);
  names_size_ += name.size() + name_cost;
}

void SitemapXml::halt_if_done() {
  if (findings_.is_done) XML_StopParser(parser_.get(), XML_FALSE);
}

}  // namespace parse
