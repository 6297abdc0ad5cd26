// The tokens of an HTML document: what a browser's tokenizer emits, but for parse errors.
//
//   HtmlTokenizer tokens("<p class=x>a &amp; b");
//   while (const HtmlToken* token = tokens.next())
//     if (token->kind == HtmlToken::Kind::start_tag) tokens.switch_to(content_model_of(token->tag));
//
// Contract: total; linear in the page's size; no recursion. A token and its views are valid until the next
// call. A run of characters may come as several text tokens: a decoded reference, a CR alone and a NUL is
// each a token of its own. Of a tag's attributes the first TagReader::max_attributes are kept. A NUL among
// data is left to tree construction, as the standard has it. Tokenizers share no state. Source:
// https://html.spec.whatwg.org/#tokenization
#pragma once

#include <cstddef>
#include <string_view>

#include "parse/character_reference.h"
#include "parse/content_model.h"
#include "parse/html_token.h"
#include "parse/markup_declaration.h"
#include "parse/tag_reader.h"

namespace parse {

class HtmlTokenizer {
 public:
  /// `html` is valid UTF-8 and outlives the tokenizer.
  explicit HtmlTokenizer(std::string_view html) : at_(html.data()), end_(at_ + html.size()) {}

  /// Null at the end.
  const HtmlToken* next();

  /// Says how the characters behind the newest start tag are read, up to the end tag of its name (a CDATA
  /// section: up to "]]>"); then they are data again.
  void switch_to(ContentModel model);

  /// Whether the adjusted current node is not HTML: there <![CDATA[ opens a section, elsewhere a comment.
  void set_in_foreign_content(bool is_foreign) { is_in_foreign_content_ = is_foreign; }

  /// Of the newest doctype token; its views are valid as long as the token.
  const Doctype& doctype() const { return declaration_.doctype(); }

 private:
  const HtmlToken* read_data();
  const HtmlToken* read_text();
  const HtmlToken* read_tag(HtmlToken::Kind kind, const char* name);
  const HtmlToken* read_declaration();
  const HtmlToken* read_bogus_comment(const char* data);
  const HtmlToken* read_reference();
  const HtmlToken* text_token(std::string_view text);
  const HtmlToken* take_text(const char* begin);
  const char* end_of_content() const;
  char peek(std::ptrdiff_t ahead) const { return end_ - at_ > ahead ? at_[ahead] : '\0'; }

  const char* at_;
  const char* end_;
  const char* content_end_ = nullptr;  // of the characters that model_ is for, unless that is data
  ContentModel model_ = ContentModel::data;
  bool is_in_foreign_content_ = false;
  std::string_view start_tag_;  // the newest one's name as the page has it
  HtmlToken token_;
  CharacterReference reference_;
  TagReader tag_;
  MarkupDeclaration declaration_;
};

}  // namespace parse
