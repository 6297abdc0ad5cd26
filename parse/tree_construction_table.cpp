// The rules for tables, <select> and <template>, which change the mode for what is within:
// https://html.spec.whatwg.org/#parsing-main-intable and the sections that follow it
#include "parse/tree_construction.h"

namespace parse {
namespace {

constexpr TagSet kTableContext{GUMBO_TAG_TABLE, GUMBO_TAG_TEMPLATE};
constexpr TagSet kTableBodyContext = kTableBodies | TagSet{GUMBO_TAG_TEMPLATE};
constexpr TagSet kRowContext{GUMBO_TAG_TR, GUMBO_TAG_TEMPLATE};
constexpr TagSet kColumns{GUMBO_TAG_COL, GUMBO_TAG_COLGROUP};
constexpr TagSet kBetweenBodies = kTableBodies | kColumns | TagSet{GUMBO_TAG_CAPTION};
constexpr TagSet kInTableBody = kTableCells | TagSet{GUMBO_TAG_TR};
constexpr TagSet kInTable = kBetweenBodies | kInTableBody;
constexpr TagSet kBodyAndHtml{GUMBO_TAG_BODY, GUMBO_TAG_HTML};
constexpr TagSet kHeadInTable{GUMBO_TAG_STYLE, GUMBO_TAG_SCRIPT, GUMBO_TAG_TEMPLATE};
constexpr TagSet kEndSelect{GUMBO_TAG_INPUT, GUMBO_TAG_KEYGEN, GUMBO_TAG_TEXTAREA};
constexpr TagSet kEndSelectInTable = kTableBodies | kInTableBody | TagSet{GUMBO_TAG_CAPTION, GUMBO_TAG_TABLE};
constexpr TagSet kHeadInTemplate{GUMBO_TAG_BASE,     GUMBO_TAG_BASEFONT, GUMBO_TAG_BGSOUND, GUMBO_TAG_LINK,
                                 GUMBO_TAG_META,     GUMBO_TAG_NOFRAMES, GUMBO_TAG_SCRIPT,  GUMBO_TAG_STYLE,
                                 GUMBO_TAG_TEMPLATE, GUMBO_TAG_TITLE};

}  // namespace

bool TreeConstruction::in_table(const HtmlToken& token) {
  const auto insert = [&] { point_.insert(token.tag, token.attributes); };
  if (!token.is_start()) {
    if (token.tag == GUMBO_TAG_TABLE) {
      close_table();
      return true;
    }
    return kInTable.contains(token.tag) || kBodyAndHtml.contains(token.tag) || in_body(token);
  }
  if (kInTableBody.contains(token.tag)) {
    point_.pop_to(kTableContext);
    point_.insert(GUMBO_TAG_TBODY);
    mode_ = Mode::in_table_body;
    return false;
  }
  if (kTableBodies.contains(token.tag)) {
    point_.pop_to(kTableContext);
    insert();
    mode_ = Mode::in_table_body;
    return true;
  }
  if (kHeadInTable.contains(token.tag)) return in_head(token);
  switch (token.tag) {
    case GUMBO_TAG_CAPTION:
      point_.pop_to(kTableContext);
      point_.add_marker();
      insert();
      mode_ = Mode::in_caption;
      return true;
    case GUMBO_TAG_COLGROUP:
      point_.pop_to(kTableContext);
      insert();
      mode_ = Mode::in_column_group;
      return true;
    case GUMBO_TAG_COL:
      point_.pop_to(kTableContext);
      point_.insert(GUMBO_TAG_COLGROUP);
      mode_ = Mode::in_column_group;
      return false;
    case GUMBO_TAG_TABLE:
      return !close_table();
    case GUMBO_TAG_INPUT:
      if (!is_hidden_input(token)) break;
      point_.insert_void(token.tag, token.attributes);
      return true;
    case GUMBO_TAG_FORM:
      if (form_ != 0 || is_in_template()) return true;
      form_ = point_.insert(token.tag, token.attributes);
      point_.pop();
      return true;
    default:
      break;
  }
  return in_body(token);
}

bool TreeConstruction::in_caption(const HtmlToken& token) {
  const bool ends_it = !token.is_start() && token.tag == GUMBO_TAG_CAPTION;
  const bool ends_table = !token.is_start() && token.tag == GUMBO_TAG_TABLE;
  if (!ends_it && !ends_table) {
    const bool is_of_table = kInTable.contains(token.tag);
    if (!token.is_start()) return is_of_table || kBodyAndHtml.contains(token.tag) || in_body(token);
    if (!is_of_table) return in_body(token);
  }
  if (!has_in_scope(GUMBO_TAG_CAPTION, Scope::table)) return true;
  point_.pop_through(GUMBO_TAG_CAPTION);
  point_.clear_to_marker();
  mode_ = Mode::in_table;
  return ends_it;
}

bool TreeConstruction::in_column_group(const HtmlToken& token) {
  if (token.tag == GUMBO_TAG_TEMPLATE) return in_head(token);
  if (token.is_start()) {
    if (token.tag == GUMBO_TAG_HTML) return in_head(token);
    if (token.tag == GUMBO_TAG_COL) {
      point_.insert_void(token.tag, token.attributes);
      return true;
    }
  } else if (token.tag == GUMBO_TAG_COL) {
    return true;
  }
  if (!top().is_html(GUMBO_TAG_COLGROUP)) return true;
  point_.pop();
  mode_ = Mode::in_table;
  return !token.is_start() && token.tag == GUMBO_TAG_COLGROUP;
}

bool TreeConstruction::in_table_body(const HtmlToken& token) {
  const bool ends_it = !token.is_start() && kTableBodies.contains(token.tag);
  const bool ends_table = !token.is_start() && token.tag == GUMBO_TAG_TABLE;
  if (token.is_start() && kInTableBody.contains(token.tag)) {
    const bool is_row = token.tag == GUMBO_TAG_TR;
    point_.pop_to(kTableBodyContext);
    point_.insert(GUMBO_TAG_TR, is_row ? token.attributes : std::span<const Attribute>());
    mode_ = Mode::in_row;
    return is_row;
  }
  if (ends_it) {
    if (!has_in_scope(token.tag, Scope::table)) return true;
  } else if (ends_table || (token.is_start() && kBetweenBodies.contains(token.tag))) {
    if (!has_in_scope(kTableBodies, Scope::table)) return true;
  } else {
    return in_table(token);
  }
  point_.pop_to(kTableBodyContext);
  point_.pop();
  mode_ = Mode::in_table;
  return ends_it;
}

bool TreeConstruction::in_row(const HtmlToken& token) {
  if (token.is_start() && kTableCells.contains(token.tag)) {
    point_.pop_to(kRowContext);
    point_.insert(token.tag, token.attributes);
    point_.add_marker();
    mode_ = Mode::in_cell;
    return true;
  }
  const bool ends_it = !token.is_start() && token.tag == GUMBO_TAG_TR;
  const bool ends_body = !token.is_start() && kTableBodies.contains(token.tag);
  const bool ends_table = !token.is_start() && token.tag == GUMBO_TAG_TABLE;
  const bool starts_other =
      token.is_start() && (kBetweenBodies.contains(token.tag) || token.tag == GUMBO_TAG_TR);
  if (!ends_it && !ends_body && !ends_table && !starts_other) return in_table(token);
  if (ends_body && !has_in_scope(token.tag, Scope::table)) return true;
  if (!has_in_scope(GUMBO_TAG_TR, Scope::table)) return true;
  point_.pop_to(kRowContext);
  point_.pop();
  mode_ = Mode::in_table_body;
  return ends_it;
}

bool TreeConstruction::in_cell(const HtmlToken& token) {
  if (token.is_start()) {
    if (!kInTable.contains(token.tag)) return in_body(token);
    if (!has_in_scope(kTableCells, Scope::table)) return true;
    close_cell();
    return false;
  }
  if (kTableCells.contains(token.tag)) {
    if (!has_in_scope(token.tag, Scope::table)) return true;
    point_.pop_through(token.tag);
    point_.clear_to_marker();
    mode_ = Mode::in_row;
    return true;
  }
  const bool ends_other =
      kTableBodies.contains(token.tag) || token.tag == GUMBO_TAG_TR || token.tag == GUMBO_TAG_TABLE;
  if (!ends_other) return kInTable.contains(token.tag) || kBodyAndHtml.contains(token.tag) || in_body(token);
  if (!has_in_scope(token.tag, Scope::table)) return true;
  close_cell();
  return false;
}

bool TreeConstruction::in_select(const HtmlToken& token) {
  if (token.tag == GUMBO_TAG_TEMPLATE) return in_head(token);
  if (!token.is_start()) {
    if (token.tag == GUMBO_TAG_SELECT) {
      close_select();
    } else if (token.tag == GUMBO_TAG_OPTION) {
      if (top().is_html(GUMBO_TAG_OPTION)) point_.pop();
    } else if (token.tag == GUMBO_TAG_OPTGROUP) {
      const OpenElements& open = point_.open();
      const bool is_in_group = open.size() > 1 && open[open.size() - 2].is_html(GUMBO_TAG_OPTGROUP);
      if (top().is_html(GUMBO_TAG_OPTION) && is_in_group) point_.pop();
      if (top().is_html(GUMBO_TAG_OPTGROUP)) point_.pop();
    }
    return true;
  }
  if (kEndSelect.contains(token.tag)) return !close_select();
  switch (token.tag) {
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_SCRIPT:
      return in_head(token);
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_OPTGROUP:
      if (top().is_html(GUMBO_TAG_OPTION)) point_.pop();
      if (token.tag == GUMBO_TAG_OPTGROUP && top().is_html(GUMBO_TAG_OPTGROUP)) point_.pop();
      point_.insert(token.tag, token.attributes);
      break;
    case GUMBO_TAG_SELECT:
      close_select();
      break;
    default:
      break;
  }
  return true;
}

bool TreeConstruction::in_select_in_table(const HtmlToken& token) {
  if (!kEndSelectInTable.contains(token.tag)) return in_select(token);
  if (!token.is_start() && !has_in_scope(token.tag, Scope::table)) return true;
  point_.pop_through(GUMBO_TAG_SELECT);
  reset_mode();
  return false;
}

bool TreeConstruction::in_template(const HtmlToken& token) {
  if (token.tag == GUMBO_TAG_TEMPLATE) return in_head(token);
  if (!token.is_start()) return true;
  if (kHeadInTemplate.contains(token.tag)) return in_head(token);
  if (token.tag == GUMBO_TAG_COL)
    set_template_mode(Mode::in_column_group);
  else if (token.tag == GUMBO_TAG_TR)
    set_template_mode(Mode::in_table_body);
  else if (kTableCells.contains(token.tag))
    set_template_mode(Mode::in_row);
  else
    set_template_mode(kBetweenBodies.contains(token.tag) ? Mode::in_table : Mode::in_body);
  return false;
}

void TreeConstruction::set_template_mode(Mode mode) {
  if (!template_modes_.empty()) template_modes_.back() = mode;
  mode_ = mode;
}

void TreeConstruction::open_template(const HtmlToken& token) {
  point_.insert(token.tag, token.attributes);
  point_.add_marker();
  is_frameset_ok_ = false;
  mode_ = Mode::in_template;
  template_modes_.push_back(mode_);
}

void TreeConstruction::close_template() {
  if (!is_in_template()) return;
  point_.pop_through(GUMBO_TAG_TEMPLATE);
  point_.clear_to_marker();
  if (!template_modes_.empty()) template_modes_.pop_back();
  reset_mode();
}

bool TreeConstruction::close_table() {
  if (!has_in_scope(GUMBO_TAG_TABLE, Scope::table)) return false;
  point_.pop_through(GUMBO_TAG_TABLE);
  reset_mode();
  return true;
}

void TreeConstruction::close_cell() {
  point_.pop_through(kTableCells);
  point_.clear_to_marker();
  mode_ = Mode::in_row;
}

bool TreeConstruction::close_select() {
  if (!has_in_scope(GUMBO_TAG_SELECT, Scope::select)) return false;
  point_.pop_through(GUMBO_TAG_SELECT);
  reset_mode();
  return true;
}

}  // namespace parse
