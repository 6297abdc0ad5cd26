// Tree construction without a tree: which elements a page's tokens make, and what text stands in them, told
// to a FactCollector as it is read.
//
//   HtmlTokenizer tokenizer(html);
//   TreeConstruction construction(tokenizer, facts);
//   while (const HtmlToken* token = tokenizer.next()) construction.take(*token);
//   construction.finish();
//
// Contract: total, linear. Scripting is off, as it is for who reads a page without running it. Where gumbo
// 0.10 departs from today's standard, this follows gumbo, so that both find the same in a page: <select>
// holds options, groups and scripts alone; <main>, <dialog> and <search> are no special elements, and the
// last two no blocks; names that gumbo does not know are one name to an end tag; the public identifier of a
// doctype asks for no quirks. It departs from both where nobody reading facts would notice, or like it:
// <isindex> is an unknown element, the attributes of a second <body> are lost, and of a second <html> all but
// lang; what a <frameset> takes away with the body stays; what a table or misnesting moves stays where it
// stands, and is hidden there if that is. Source: https://html.spec.whatwg.org/#tree-construction
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <gumbo.h>

#include "parse/fact_collector.h"
#include "parse/html_token.h"
#include "parse/html_tokenizer.h"
#include "parse/insertion_point.h"
#include "parse/open_elements.h"

namespace parse {

class TreeConstruction {
 public:
  /// Both outlive it; the tokenizer is told how the content of <script> and its like is read.
  TreeConstruction(HtmlTokenizer& tokenizer, FactCollector& facts)
      : tokenizer_(tokenizer), facts_(facts), point_(facts) {}

  void take(const HtmlToken& token);
  /// Closes what is open.
  void finish() { point_.pop_to_size(0); }

  /// Whether elements were nested deeper than OpenElements::max_depth.
  bool was_too_deep() const { return point_.was_too_deep(); }

 private:
  /// https://html.spec.whatwg.org/#the-insertion-mode
  enum class Mode : std::uint8_t {
    initial,
    before_html,
    before_head,
    in_head,
    in_head_noscript,
    after_head,
    in_body,
    text,
    in_table,
    in_caption,
    in_column_group,
    in_table_body,
    in_row,
    in_cell,
    in_select,
    in_select_in_table,
    in_template,
    after_body,
    in_frameset,
    after_frameset,
  };

  // Each of these says whether it is done with the token: if not, it is to be read again in the mode that is
  // now set.
  bool read_tag(const HtmlToken& token);
  bool read_tag_by_mode(const HtmlToken& token);
  /// Takes what it is done with from the front of `text`, if it is not done with all.
  bool read_text(std::string_view& text);
  void add_text(std::string_view text);

  bool before_html(const HtmlToken& token);
  bool before_head(const HtmlToken& token);
  bool in_head(const HtmlToken& token);
  bool in_head_noscript(const HtmlToken& token);
  bool after_head(const HtmlToken& token);
  bool in_body(const HtmlToken& token);
  bool start_in_body(const HtmlToken& token);
  bool end_in_body(const HtmlToken& token);
  bool in_table(const HtmlToken& token);
  bool in_caption(const HtmlToken& token);
  bool in_column_group(const HtmlToken& token);
  bool in_table_body(const HtmlToken& token);
  bool in_row(const HtmlToken& token);
  bool in_cell(const HtmlToken& token);
  bool in_select(const HtmlToken& token);
  bool in_select_in_table(const HtmlToken& token);
  bool in_template(const HtmlToken& token);
  bool in_frameset(const HtmlToken& token);
  bool after_frameset(const HtmlToken& token);
  bool in_foreign_content(const HtmlToken& token);

  static bool takes_text_as_html(const OpenElement& element) {
    return element.content != OpenElement::Content::foreign &&
           element.content != OpenElement::Content::annotation;
  }
  bool is_foreign(const HtmlToken& token) const;
  void add_foreign_text(std::string_view text);
  void read_doctype();

  void merge_html(const HtmlToken& token);
  void insert_raw_text(const HtmlToken& token);
  void open_template(const HtmlToken& token);
  void close_template();
  void set_template_mode(Mode mode);
  void replace_body(const HtmlToken& frameset);
  void open_form(const HtmlToken& token);
  void close_form();
  void close_list_item(const TagSet& tags);
  void close_ordinary(GumboTag tag);
  void close_p() {
    if (has_in_scope(GUMBO_TAG_P, Scope::button)) point_.pop_through(GUMBO_TAG_P);
  }
  static bool is_hidden_input(const HtmlToken& token);
  /// False if there is none.
  bool close_table();
  void close_cell();
  void open_select(const HtmlToken& token);
  /// False if there is none.
  bool close_select();
  void reset_mode();
  void set_mode(Mode mode) { mode_ = mode; }

  const OpenElement& top() const { return point_.open().top(); }
  bool has_in_scope(GumboTag tag, Scope scope = Scope::general) const {
    return point_.open().has_in_scope(tag, scope);
  }
  bool has_in_scope(const TagSet& tags, Scope scope) const { return point_.open().has_in_scope(tags, scope); }
  bool is_in_template() const { return point_.open().has(GUMBO_TAG_TEMPLATE); }

  HtmlTokenizer& tokenizer_;
  FactCollector& facts_;
  InsertionPoint point_;
  Mode mode_ = Mode::initial;
  Mode mode_after_text_ = Mode::initial;
  std::vector<Mode> template_modes_;
  std::uint32_t form_ = 0;  // the id of the form that controls belong to, or 0
  bool has_head_ = false;
  bool is_frameset_ok_ = true;
  bool is_in_quirks_mode_ = true;
};

}  // namespace parse
