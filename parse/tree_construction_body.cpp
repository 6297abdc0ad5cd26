// The rules for the body: https://html.spec.whatwg.org/#parsing-main-inbody
#include <cstddef>

#include "parse/ascii.h"
#include "parse/attribute.h"
#include "parse/body_tag.h"
#include "parse/content_model.h"
#include "parse/tree_construction.h"

namespace parse {
namespace {

constexpr TagSet kListItems{GUMBO_TAG_LI};
constexpr TagSet kDefinitions{GUMBO_TAG_DD, GUMBO_TAG_DT};
constexpr TagSet kHoldListItems{GUMBO_TAG_ADDRESS, GUMBO_TAG_DIV, GUMBO_TAG_P};

}  // namespace

bool TreeConstruction::in_body(const HtmlToken& token) {
  return token.is_start() ? start_in_body(token) : end_in_body(token);
}

bool TreeConstruction::start_in_body(const HtmlToken& token) {
  const auto insert = [&] { point_.insert(token.tag, token.attributes); };
  switch (body_tag(token.tag)) {
    case BodyTag::html:
    case BodyTag::head_content:
      return in_head(token);
    case BodyTag::body:
      if (point_.open().size() > 1 && !is_in_template()) is_frameset_ok_ = false;
      break;
    case BodyTag::frameset:
      replace_body(token);
      break;
    case BodyTag::preformatted:
      is_frameset_ok_ = false;
      [[fallthrough]];
    case BodyTag::block:
    case BodyTag::paragraph:
      close_p();
      insert();
      break;
    case BodyTag::heading:
      close_p();
      if (top().is_html_in(kHeadings)) point_.pop();
      insert();
      break;
    case BodyTag::form:
      open_form(token);
      break;
    case BodyTag::list_item:
      close_list_item(kListItems);
      close_p();
      insert();
      break;
    case BodyTag::definition:
      close_list_item(kDefinitions);
      close_p();
      insert();
      break;
    case BodyTag::plaintext:
      close_p();
      insert();
      tokenizer_.switch_to(ContentModel::plaintext);
      break;
    case BodyTag::button:
      if (has_in_scope(GUMBO_TAG_BUTTON)) point_.pop_through(GUMBO_TAG_BUTTON);
      point_.reopen_formatting();
      insert();
      is_frameset_ok_ = false;
      break;
    case BodyTag::anchor:
      if (point_.has_in_list(GUMBO_TAG_A)) {
        point_.close_formatting(GUMBO_TAG_A);
        point_.drop_formatting(GUMBO_TAG_A);
      }
      [[fallthrough]];
    case BodyTag::formatting:
      point_.reopen_formatting();
      point_.insert_formatting(token);
      break;
    case BodyTag::nobr:
      point_.reopen_formatting();
      if (has_in_scope(GUMBO_TAG_NOBR)) {
        point_.close_formatting(GUMBO_TAG_NOBR);
        point_.reopen_formatting();
      }
      point_.insert_formatting(token);
      break;
    case BodyTag::scoped:
      point_.reopen_formatting();
      insert();
      point_.add_marker();
      is_frameset_ok_ = false;
      break;
    case BodyTag::table:
      if (!is_in_quirks_mode_) close_p();
      insert();
      is_frameset_ok_ = false;
      mode_ = Mode::in_table;
      break;
    case BodyTag::void_in_text:
    case BodyTag::line_break:
      point_.reopen_formatting();
      point_.insert_void(token.tag == GUMBO_TAG_IMAGE ? GUMBO_TAG_IMG : token.tag, token.attributes);
      is_frameset_ok_ = false;
      break;
    case BodyTag::input:
      point_.reopen_formatting();
      point_.insert_void(token.tag, token.attributes);
      if (!is_hidden_input(token)) is_frameset_ok_ = false;
      break;
    case BodyTag::void_media:
      point_.insert_void(token.tag, token.attributes);
      break;
    case BodyTag::rule:
      close_p();
      point_.insert_void(token.tag, token.attributes);
      is_frameset_ok_ = false;
      break;
    case BodyTag::xmp:
      close_p();
      point_.reopen_formatting();
      [[fallthrough]];
    case BodyTag::textarea:
    case BodyTag::raw_text:
      if (token.tag != GUMBO_TAG_NOEMBED) is_frameset_ok_ = false;
      insert_raw_text(token);
      break;
    case BodyTag::select:
      open_select(token);
      break;
    case BodyTag::option:
      if (top().is_html(GUMBO_TAG_OPTION)) point_.pop();
      point_.reopen_formatting();
      insert();
      break;
    case BodyTag::ruby_base:
      if (has_in_scope(GUMBO_TAG_RUBY)) point_.pop_implied();
      insert();
      break;
    case BodyTag::ruby_text:
      if (has_in_scope(GUMBO_TAG_RUBY)) point_.pop_implied(GUMBO_TAG_RTC);
      insert();
      break;
    case BodyTag::math:
      point_.reopen_formatting();
      point_.insert_foreign(OpenElement::Namespace::math, token);
      break;
    case BodyTag::svg:
      point_.reopen_formatting();
      point_.insert_foreign(OpenElement::Namespace::svg, token);
      break;
    case BodyTag::misplaced:
      break;
    case BodyTag::ordinary:
      point_.reopen_formatting();
      insert();
      break;
  }
  return true;
}

bool TreeConstruction::end_in_body(const HtmlToken& token) {
  switch (body_tag(token.tag)) {
    case BodyTag::html:
    case BodyTag::body:
      if (!has_in_scope(GUMBO_TAG_BODY)) break;
      mode_ = Mode::after_body;
      return token.tag == GUMBO_TAG_BODY;
    case BodyTag::block:
    case BodyTag::preformatted:
    case BodyTag::button:
      if (has_in_scope(token.tag)) point_.pop_through(token.tag);
      break;
    case BodyTag::form:
      close_form();
      break;
    case BodyTag::paragraph:
      if (has_in_scope(GUMBO_TAG_P, Scope::button))
        point_.pop_through(GUMBO_TAG_P);
      else
        point_.insert_void(GUMBO_TAG_P);
      break;
    case BodyTag::list_item:
      if (has_in_scope(GUMBO_TAG_LI, Scope::list_item)) point_.pop_through(GUMBO_TAG_LI);
      break;
    case BodyTag::definition:
      if (has_in_scope(token.tag)) point_.pop_through(token.tag);
      break;
    case BodyTag::heading:
      if (!has_in_scope(kHeadings, Scope::general)) break;
      point_.pop_implied();
      point_.pop_through(kHeadings);
      break;
    case BodyTag::anchor:
    case BodyTag::formatting:
    case BodyTag::nobr:
      point_.close_formatting(token.tag);
      break;
    case BodyTag::scoped:
      if (!has_in_scope(token.tag, Scope::table)) break;
      point_.pop_through(token.tag);
      point_.clear_to_marker();
      break;
    case BodyTag::line_break:
      point_.reopen_formatting();
      point_.insert_void(GUMBO_TAG_BR);
      break;
    default:
      if (token.tag == GUMBO_TAG_TEMPLATE)
        close_template();
      else
        close_ordinary(token.tag);
  }
  return true;
}

bool TreeConstruction::is_hidden_input(const HtmlToken& token) {
  return token.tag == GUMBO_TAG_INPUT &&
         equals_ignoring_case(find_attribute(token.attributes, "type").value_or(""), "hidden");
}

void TreeConstruction::replace_body(const HtmlToken& frameset) {
  const OpenElements& open = point_.open();
  if (!is_frameset_ok_ || open.size() < 2 || !open[1].is_html(GUMBO_TAG_BODY)) return;
  point_.pop_to_size(1);
  point_.clear_to_marker();
  point_.insert(frameset.tag, frameset.attributes);
  mode_ = Mode::in_frameset;
}

void TreeConstruction::open_form(const HtmlToken& token) {
  if (form_ != 0 && !is_in_template()) return;
  close_p();
  const std::uint32_t id = point_.insert(token.tag, token.attributes);
  if (!is_in_template()) form_ = id;
}

void TreeConstruction::close_form() {
  if (!is_in_template()) {
    if (form_ != 0) point_.close_form(form_);
    form_ = 0;
  } else if (has_in_scope(GUMBO_TAG_FORM)) {
    point_.pop_implied();
    if (top().is_html(GUMBO_TAG_FORM)) point_.pop();
  }
}

void TreeConstruction::open_select(const HtmlToken& token) {
  point_.reopen_formatting();
  point_.insert(token.tag, token.attributes);
  is_frameset_ok_ = false;
  const bool is_in_table = mode_ == Mode::in_table || mode_ == Mode::in_caption ||
                           mode_ == Mode::in_table_body || mode_ == Mode::in_row || mode_ == Mode::in_cell;
  mode_ = is_in_table ? Mode::in_select_in_table : Mode::in_select;
}

/// The one that a new list item ends.
void TreeConstruction::close_list_item(const TagSet& tags) {
  is_frameset_ok_ = false;
  const OpenElements& open = point_.open();
  for (std::size_t i = open.size(); i-- > 0;) {
    if (open[i].is_html_in(tags)) return point_.pop_through(open[i].tag);
    if (open[i].is_special && !open[i].is_html_in(kHoldListItems)) return;
  }
}

/// By an end tag that no other rule is for.
void TreeConstruction::close_ordinary(GumboTag tag) {
  const OpenElements& open = point_.open();
  for (std::size_t i = open.size(); i-- > 0;) {
    if (open[i].is_html(tag)) return point_.pop_to_size(i);
    if (open[i].is_special) return;
  }
}

}  // namespace parse
