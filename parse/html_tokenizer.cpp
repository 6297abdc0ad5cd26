#include "parse/html_tokenizer.h"

#include "parse/ascii.h"
#include "parse/byte_scan.h"
#include "parse/raw_text.h"
#include "parse/utf8.h"

namespace parse {
namespace {

constexpr std::string_view kNul("\0", 1);
constexpr std::string_view kCommentStart = "<!--";
constexpr std::string_view kDoctypeStart = "<!doctype";
constexpr std::string_view kCdataStart = "<![CDATA[";
constexpr std::string_view kCdataEnd = "]]>";

}  // namespace

void HtmlTokenizer::switch_to(ContentModel model) {
  model_ = model;
  content_end_ = end_of_content();
}

const char* HtmlTokenizer::end_of_content() const {
  switch (model_) {
    case ContentModel::data:
    case ContentModel::plaintext:
      return end_;
    case ContentModel::rcdata:
    case ContentModel::rawtext:
      return end_of_raw_text(at_, end_, start_tag_);
    case ContentModel::script_data:
      return end_of_script(at_, end_, start_tag_);
    case ContentModel::cdata_section: {
      const std::size_t close = std::string_view(at_, end_).find(kCdataEnd);
      return close == std::string_view::npos ? end_ : at_ + close;
    }
  }
  return end_;
}

const HtmlToken* HtmlTokenizer::next() {
  for (;;) {
    if (model_ != ContentModel::data) {
      if (at_ != content_end_) return read_text();
      if (model_ == ContentModel::cdata_section && at_ != end_) at_ += kCdataEnd.size();
      model_ = ContentModel::data;
    }
    if (at_ == end_) return nullptr;
    if (*at_ != '<') return read_text();

    const char first = peek(1);
    if (is_letter(first)) return read_tag(HtmlToken::Kind::start_tag, at_ + 1);
    if (first == '!') {
      if (const HtmlToken* const token = read_declaration()) return token;
    } else if (first == '?') {
      return read_bogus_comment(at_ + 1);
    } else if (first != '/' || end_ - at_ == 2) {
      return read_text();
    } else if (is_letter(peek(2))) {
      return read_tag(HtmlToken::Kind::end_tag, at_ + 2);
    } else if (peek(2) != '>') {
      return read_bogus_comment(at_ + 2);
    } else {
      at_ += 3;  // "</>" is nothing
    }
  }
}

const HtmlToken* HtmlTokenizer::read_tag(HtmlToken::Kind kind, const char* name) {
  at_ = tag_.read(name, end_);
  if (at_ == nullptr) {  // a tag that the end cuts off is none
    at_ = end_;
    return nullptr;
  }
  const bool is_start = kind == HtmlToken::Kind::start_tag;
  if (is_start) start_tag_ = tag_.source_name();
  token_ = {.kind = kind,
            .is_self_closing = is_start && tag_.is_self_closing(),
            .tag = tag_.tag(),
            .text = tag_.name(),
            .attributes = is_start ? tag_.attributes() : std::span<const Attribute>()};
  return &token_;
}

/// Null if what begins here is a CDATA section.
const HtmlToken* HtmlTokenizer::read_declaration() {
  const std::string_view rest(at_, end_);
  if (rest.starts_with(kCommentStart)) {
    at_ = declaration_.read_comment(at_ + kCommentStart.size(), end_);
    token_ = {.kind = HtmlToken::Kind::comment, .text = declaration_.data()};
    return &token_;
  }
  if (equals_ignoring_case(rest.substr(0, kDoctypeStart.size()), kDoctypeStart)) {
    at_ = declaration_.read_doctype(at_ + kDoctypeStart.size(), end_);
    token_ = {.kind = HtmlToken::Kind::doctype, .text = doctype().name.value_or("")};
    return &token_;
  }
  if (is_in_foreign_content_ && rest.starts_with(kCdataStart)) {
    at_ += kCdataStart.size();
    switch_to(ContentModel::cdata_section);
    return nullptr;
  }
  return read_bogus_comment(at_ + 2);
}

const HtmlToken* HtmlTokenizer::read_bogus_comment(const char* data) {
  at_ = declaration_.read_bogus_comment(data, end_);
  token_ = {.kind = HtmlToken::Kind::comment, .text = declaration_.data()};
  return &token_;
}

const HtmlToken* HtmlTokenizer::read_text() {
  const bool is_data = model_ == ContentModel::data;
  const bool has_references = is_data || model_ == ContentModel::rcdata;
  const char* const begin = at_;
  if (*at_ == '&' && has_references) {
    if (const HtmlToken* const token = read_reference()) return token;
  } else if (*at_ == '\0') {
    ++at_;
    return text_token(is_data || model_ == ContentModel::cdata_section ? kNul : kReplacement);
  } else if (*at_ == '\r') {
    ++at_;
    if (peek(0) != '\n') return text_token("\n");
    return take_text(at_);
  }
  return take_text(begin);
}

/// The run from `begin`, of which at least a character is text whatever it is.
const HtmlToken* HtmlTokenizer::take_text(const char* begin) {
  if (model_ == ContentModel::data)
    at_ = find_byte<'<', '&', '\r', '\0'>(begin + 1, end_);
  else if (model_ == ContentModel::rcdata)
    at_ = find_byte<'&', '\r', '\0'>(begin + 1, content_end_);
  else
    at_ = find_byte<'\r', '\0'>(begin + 1, content_end_);
  return text_token(std::string_view(begin, at_));
}

/// Null if there is none at this '&'.
const HtmlToken* HtmlTokenizer::read_reference() {
  reference_ = read_character_reference(std::string_view(at_ + 1, end_), ReferencePlace::text);
  if (reference_.length == 0) return nullptr;
  at_ += 1 + reference_.length;
  return text_token(reference_.text());
}

const HtmlToken* HtmlTokenizer::text_token(std::string_view text) {
  token_ = {.kind = HtmlToken::Kind::text, .text = text};
  return &token_;
}

}  // namespace parse
