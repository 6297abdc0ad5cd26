// The rules around the body: https://html.spec.whatwg.org/#the-initial-insertion-mode and the sections that
// follow it, and those for frames.
#include <span>

#include "parse/attribute.h"
#include "parse/content_model.h"
#include "parse/tree_construction.h"

namespace parse {
namespace {

constexpr TagSet kVoidInHead{GUMBO_TAG_BASE, GUMBO_TAG_BASEFONT, GUMBO_TAG_BGSOUND,
                             GUMBO_TAG_LINK, GUMBO_TAG_META,     GUMBO_TAG_MENUITEM};
constexpr TagSet kRawTextInHead{GUMBO_TAG_TITLE, GUMBO_TAG_NOFRAMES, GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE};
constexpr TagSet kInHeadAfterIt = TagSet{GUMBO_TAG_BASE, GUMBO_TAG_BASEFONT, GUMBO_TAG_BGSOUND,
                                         GUMBO_TAG_LINK, GUMBO_TAG_META,     GUMBO_TAG_TEMPLATE} |
                                  kRawTextInHead;
constexpr TagSet kInHeadNoscript{GUMBO_TAG_BASEFONT, GUMBO_TAG_BGSOUND,  GUMBO_TAG_LINK,
                                 GUMBO_TAG_META,     GUMBO_TAG_NOFRAMES, GUMBO_TAG_STYLE};
constexpr TagSet kEndsImplyingBody{GUMBO_TAG_BODY, GUMBO_TAG_HTML, GUMBO_TAG_BR};
constexpr TagSet kEndsImplyingHtml = kEndsImplyingBody | TagSet{GUMBO_TAG_HEAD};

}  // namespace

void TreeConstruction::read_doctype() {
  if (mode_ != Mode::initial) return;
  const Doctype& doctype = tokenizer_.doctype();
  is_in_quirks_mode_ = doctype.forces_quirks || doctype.name != "html";
  mode_ = Mode::before_html;
}

bool TreeConstruction::before_html(const HtmlToken& token) {
  if (!token.is_start() && !kEndsImplyingHtml.contains(token.tag)) return true;
  const bool is_html = token.is_start() && token.tag == GUMBO_TAG_HTML;
  point_.insert(GUMBO_TAG_HTML, is_html ? token.attributes : std::span<const Attribute>());
  mode_ = Mode::before_head;
  return is_html;
}

bool TreeConstruction::before_head(const HtmlToken& token) {
  if (!token.is_start() && !kEndsImplyingHtml.contains(token.tag)) return true;
  if (token.is_start() && token.tag == GUMBO_TAG_HTML) {
    merge_html(token);
    return true;
  }
  const bool is_head = token.is_start() && token.tag == GUMBO_TAG_HEAD;
  point_.insert(GUMBO_TAG_HEAD, is_head ? token.attributes : std::span<const Attribute>());
  has_head_ = true;
  mode_ = Mode::in_head;
  return is_head;
}

bool TreeConstruction::in_head(const HtmlToken& token) {
  if (token.is_start()) {
    if (token.tag == GUMBO_TAG_HTML) {
      merge_html(token);
      return true;
    }
    if (kVoidInHead.contains(token.tag)) {
      point_.insert_void(token.tag, token.attributes);
      return true;
    }
    if (kRawTextInHead.contains(token.tag)) {
      insert_raw_text(token);
      return true;
    }
    if (token.tag == GUMBO_TAG_TEMPLATE) {
      open_template(token);
      return true;
    }
    if (token.tag == GUMBO_TAG_NOSCRIPT) {
      point_.insert(token.tag, token.attributes);
      mode_ = Mode::in_head_noscript;
      return true;
    }
    if (token.tag == GUMBO_TAG_HEAD) return true;
  } else {
    if (token.tag == GUMBO_TAG_TEMPLATE) {
      close_template();
      return true;
    }
    if (token.tag != GUMBO_TAG_HEAD && !kEndsImplyingBody.contains(token.tag)) return true;
  }
  point_.pop();
  mode_ = Mode::after_head;
  return !token.is_start() && token.tag == GUMBO_TAG_HEAD;
}

bool TreeConstruction::in_head_noscript(const HtmlToken& token) {
  if (token.is_start()) {
    if (token.tag == GUMBO_TAG_HTML || kInHeadNoscript.contains(token.tag)) return in_head(token);
    if (token.tag == GUMBO_TAG_HEAD || token.tag == GUMBO_TAG_NOSCRIPT) return true;
  } else if (token.tag != GUMBO_TAG_NOSCRIPT && token.tag != GUMBO_TAG_BR) {
    return true;
  }
  point_.pop();
  mode_ = Mode::in_head;
  return !token.is_start() && token.tag == GUMBO_TAG_NOSCRIPT;
}

bool TreeConstruction::after_head(const HtmlToken& token) {
  if (token.is_start()) {
    if (token.tag == GUMBO_TAG_HTML || kInHeadAfterIt.contains(token.tag)) return in_head(token);
    if (token.tag == GUMBO_TAG_HEAD) return true;
    if (token.tag == GUMBO_TAG_FRAMESET) {
      point_.insert(token.tag, token.attributes);
      mode_ = Mode::in_frameset;
      return true;
    }
  } else {
    if (token.tag == GUMBO_TAG_TEMPLATE) return in_head(token);
    if (!kEndsImplyingBody.contains(token.tag)) return true;
  }
  const bool is_body = token.is_start() && token.tag == GUMBO_TAG_BODY;
  point_.insert(GUMBO_TAG_BODY, is_body ? token.attributes : std::span<const Attribute>());
  if (is_body) is_frameset_ok_ = false;
  mode_ = Mode::in_body;
  return is_body;
}

bool TreeConstruction::in_frameset(const HtmlToken& token) {
  if (token.tag == GUMBO_TAG_FRAMESET) {
    if (token.is_start()) {
      point_.insert(token.tag, token.attributes);
    } else {
      point_.pop();
      if (!top().is_html(GUMBO_TAG_FRAMESET)) mode_ = Mode::after_frameset;
    }
  } else if (token.is_start() && token.tag == GUMBO_TAG_FRAME) {
    point_.insert_void(token.tag, token.attributes);
  } else if (token.is_start() && (token.tag == GUMBO_TAG_HTML || token.tag == GUMBO_TAG_NOFRAMES)) {
    return in_head(token);
  }
  return true;
}

bool TreeConstruction::after_frameset(const HtmlToken& token) {
  const bool is_taken = token.tag == GUMBO_TAG_HTML || token.tag == GUMBO_TAG_NOFRAMES;
  return token.is_start() && is_taken ? in_head(token) : true;
}

/// What is not known of <html> yet is taken from later such tags.
void TreeConstruction::merge_html(const HtmlToken& token) {
  if (!is_in_template()) facts_.open(token.tag, token.attributes);
}

void TreeConstruction::insert_raw_text(const HtmlToken& token) {
  point_.insert(token.tag, token.attributes);
  tokenizer_.switch_to(content_model_of(token.tag));
  mode_after_text_ = mode_;
  mode_ = Mode::text;
}

}  // namespace parse
