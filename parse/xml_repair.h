// XML as people write it, made such that a strict parser can read it, and need not be feared.
//
//   XmlRepair repair;
//   repair.read("\n<?xml version='1.0'?><loc>/?a=1&b=2&am", out);   // out: "\n<loc>/?a=1&amp;b=2"
//   repair.read("p;c</loc>", out);                                  // … "&amp;c</loc>"
//
// What stays: tags, text, CDATA sections, character references, and the five entities that XML has by itself.
// What goes: comments, processing instructions, the XML declaration, and the document type declaration with
// every entity that it declares: so none can be expanded, and none leads to another file. A '&' that begins
// no such reference is escaped, and so is a '<' that begins no markup; a character that XML forbids is
// U+FFFD.
//
// Contract: total, linear; `text` is UTF-8, split between characters. How it is split changes nothing. Markup
// comes out whole, never half a tag: expat before 2.6 reads a tag anew with each piece of it. What is held
// back is at most max_tag and the text given last.
//
// Source: https://www.w3.org/TR/xml/#sec-documents
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parse {

class XmlRepair {
 public:
  /// Room for the longest Url (64 KiB) with all of its characters as references, or for some of them.
  static constexpr std::size_t max_tag = 256 * 1024;

  /// Appends to `out`. False once a tag is longer than max_tag: there is no reading on from there.
  bool read(std::string_view text, std::string& out);

 private:
  enum class Inside { content, cdata, comment, instruction, declaration, literal };

  // Each returns how much of `rest` it has read; nothing, if more text has to come first.
  std::size_t read_some(std::string_view rest, std::string& out);
  std::size_t read_content(std::string_view rest, std::string& out);
  std::size_t read_markup(std::string_view rest, std::string& out);
  std::size_t read_cdata(std::string_view rest, std::string& out);
  std::size_t read_declaration(std::string_view rest);
  std::size_t skip_to(std::string_view end, std::string_view rest, Inside after);

  std::string held_;
  Inside inside_ = Inside::content;
  Inside outside_ = Inside::content;  // what the comment or instruction stands in
  bool is_in_subset_ = false;         // between the '[' and ']' of the document type declaration
  char quote_ = '"';                  // what ends the literal
};

}  // namespace parse
