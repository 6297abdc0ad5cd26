// Tokens to the rules that they go by, and the rules for text. Those for tags stand in files of their own.
#include "parse/tree_construction.h"

#include <span>

#include "parse/byte_set.h"

namespace parse {
namespace {

/// A token that is read again finds a further element closed or opened for it each time.
constexpr std::size_t kMaxTurns = 2 * OpenElements::max_depth;

constexpr ByteSet kNoSpace = ~ByteSet(" \t\n\f\r");

constexpr std::string_view kNul("\0", 1);

bool is_all_space(std::string_view text) { return kNoSpace.find_in(text) == text.size(); }

}  // namespace

void TreeConstruction::take(const HtmlToken& token) {
  switch (token.kind) {
    case HtmlToken::Kind::comment:
      return;
    case HtmlToken::Kind::doctype:
      return read_doctype();
    case HtmlToken::Kind::text: {
      std::string_view text = token.text;
      for (std::size_t turn = 0; turn < kMaxTurns && !text.empty(); ++turn)
        if (read_text(text)) break;
      break;
    }
    case HtmlToken::Kind::start_tag:
    case HtmlToken::Kind::end_tag:
      for (std::size_t turn = 0; turn < kMaxTurns; ++turn)
        if (read_tag(token)) break;
  }
  if (!point_.open().is_empty())
    tokenizer_.set_in_foreign_content(top().content != OpenElement::Content::html);
}

bool TreeConstruction::read_tag(const HtmlToken& token) {
  return is_foreign(token) ? in_foreign_content(token) : read_tag_by_mode(token);
}

bool TreeConstruction::read_tag_by_mode(const HtmlToken& token) {
  switch (mode_) {
    case Mode::initial:
      mode_ = Mode::before_html;
      return false;
    case Mode::before_html:
      return before_html(token);
    case Mode::before_head:
      return before_head(token);
    case Mode::in_head:
      return in_head(token);
    case Mode::in_head_noscript:
      return in_head_noscript(token);
    case Mode::after_head:
      return after_head(token);
    case Mode::in_body:
      return in_body(token);
    case Mode::text:
      point_.pop();
      mode_ = mode_after_text_;
      return true;
    case Mode::in_table:
      return in_table(token);
    case Mode::in_caption:
      return in_caption(token);
    case Mode::in_column_group:
      return in_column_group(token);
    case Mode::in_table_body:
      return in_table_body(token);
    case Mode::in_row:
      return in_row(token);
    case Mode::in_cell:
      return in_cell(token);
    case Mode::in_select:
      return in_select(token);
    case Mode::in_select_in_table:
      return in_select_in_table(token);
    case Mode::in_template:
      return in_template(token);
    case Mode::after_body:
      if (token.tag == GUMBO_TAG_HTML) return token.is_start() ? in_body(token) : true;
      mode_ = Mode::in_body;
      return false;
    case Mode::in_frameset:
      return in_frameset(token);
    case Mode::after_frameset:
      return after_frameset(token);
  }
  return true;
}

bool TreeConstruction::read_text(std::string_view& text) {
  constexpr HtmlToken kUnknownTag{.kind = HtmlToken::Kind::start_tag};
  if (!point_.open().is_empty() && !takes_text_as_html(top())) {
    add_foreign_text(text);
    return true;
  }
  switch (mode_) {
    case Mode::initial:
    case Mode::before_html:
    case Mode::before_head:
    case Mode::in_head:
    case Mode::in_head_noscript:
    case Mode::after_head:
      // White space shows nowhere here. Other text implies <html>, <head> and <body>, as an unknown tag does.
      text.remove_prefix(kNoSpace.find_in(text));
      return text.empty() || read_tag_by_mode(kUnknownTag);
    case Mode::in_column_group:
      text.remove_prefix(kNoSpace.find_in(text));
      return text.empty() || in_column_group(kUnknownTag);
    case Mode::after_body:
      if (!is_all_space(text)) mode_ = Mode::in_body;
      [[fallthrough]];
    case Mode::in_body:
    case Mode::in_caption:
    case Mode::in_cell:
    case Mode::in_template:
      point_.reopen_formatting();
      add_text(text);
      return true;
    case Mode::in_table:
    case Mode::in_table_body:
    case Mode::in_row:
      if (!is_all_space(text)) point_.reopen_formatting();
      add_text(text);
      return true;
    case Mode::in_select:
    case Mode::in_select_in_table:
    case Mode::text:
      if (text != kNul) point_.add_text(text);
      return true;
    case Mode::in_frameset:
    case Mode::after_frameset:
      return true;
  }
  return true;
}

void TreeConstruction::add_text(std::string_view text) {
  if (text == kNul) return;
  if (is_frameset_ok_ && !is_all_space(text)) is_frameset_ok_ = false;
  point_.add_text(text);
}

/// https://html.spec.whatwg.org/#reset-the-insertion-mode-appropriately
void TreeConstruction::reset_mode() {
  mode_ = Mode::in_body;
  for (std::size_t i = point_.open().size(); i-- > 0;) {
    const OpenElement& element = point_.open()[i];
    if (!element.is_html()) continue;
    if (kTableCells.contains(element.tag)) return set_mode(Mode::in_cell);
    if (kTableBodies.contains(element.tag)) return set_mode(Mode::in_table_body);
    switch (element.tag) {
      case GUMBO_TAG_SELECT:
        return set_mode(has_in_scope(GUMBO_TAG_TABLE, Scope::table) ? Mode::in_select_in_table
                                                                    : Mode::in_select);
      case GUMBO_TAG_TR:
        return set_mode(Mode::in_row);
      case GUMBO_TAG_CAPTION:
        return set_mode(Mode::in_caption);
      case GUMBO_TAG_COLGROUP:
        return set_mode(Mode::in_column_group);
      case GUMBO_TAG_TABLE:
        return set_mode(Mode::in_table);
      case GUMBO_TAG_TEMPLATE:
        return set_mode(template_modes_.empty() ? Mode::in_template : template_modes_.back());
      case GUMBO_TAG_HEAD:
        return set_mode(Mode::in_head);
      case GUMBO_TAG_BODY:
        return set_mode(Mode::in_body);
      case GUMBO_TAG_FRAMESET:
        return set_mode(Mode::in_frameset);
      case GUMBO_TAG_HTML:
        return set_mode(has_head_ ? Mode::after_head : Mode::before_head);
      default:
        break;
    }
  }
}

}  // namespace parse
