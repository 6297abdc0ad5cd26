// What begins with "<!", or is read as if it did: a comment, a doctype.
//
//   MarkupDeclaration declaration;
//   at = declaration.read_comment(at, end);  // behind "<!--"; to behind "-->"
//   declaration.data();                      // what stands between
//   at = declaration.read_doctype(at, end);  // behind "<!doctype"; to behind '>'
//   declaration.doctype().forces_quirks;
//
// Contract: total, linear; each is read to the end of the page if nothing ends it before. Views into the page
// or the object, valid until the next read. Source: https://html.spec.whatwg.org/#comment-start-state to
// #bogus-doctype-state
#pragma once

#include <optional>
#include <string_view>

#include "parse/decoded_text.h"
#include "parse/html_token.h"

namespace parse {

class MarkupDeclaration {
 public:
  const char* read_comment(const char* at, const char* end);
  /// Up to the next '>', whatever it holds.
  const char* read_bogus_comment(const char* at, const char* end);
  const char* read_doctype(const char* at, const char* end);

  std::string_view data() const { return data_; }
  const Doctype& doctype() const { return doctype_; }

 private:
  std::string_view decode(std::string_view source);
  bool read_ids(std::string_view& rest);
  bool read_id(std::string_view& rest, std::optional<std::string_view>& id);

  std::string_view data_;
  Doctype doctype_;
  DecodedText decoded_;
};

}  // namespace parse
