#include "parse/inner_html.h"

#include <string_view>

#include "parse/element_attribute.h"
#include "parse/element_index.h"
#include "parse/tree_walk.h"

namespace parse {
namespace {

bool is_html(const GumboNode& element) { return element.v.element.tag_namespace == GUMBO_NAMESPACE_HTML; }

/// Those that have neither content nor an end tag.
bool is_void(const GumboNode& element) {
  if (!is_html(element)) return false;
  switch (element.v.element.tag) {
    case GUMBO_TAG_AREA:
    case GUMBO_TAG_BASE:
    case GUMBO_TAG_BASEFONT:
    case GUMBO_TAG_BGSOUND:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_COL:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_FRAME:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_KEYGEN:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_META:
    case GUMBO_TAG_PARAM:
    case GUMBO_TAG_SOURCE:
    case GUMBO_TAG_TRACK:
    case GUMBO_TAG_WBR:
      return true;
    default:
      return false;
  }
}

/// Whether text in the element is read without character references, and so written.
bool holds_raw_text(const GumboNode& element) {
  if (!is_html(element)) return false;
  switch (element.v.element.tag) {
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_XMP:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_NOFRAMES:
    case GUMBO_TAG_PLAINTEXT:
      return true;
    default:
      return false;
  }
}

class Serializer {
 public:
  Serializer(const GumboNode& root, std::size_t max_size) : root_(root), max_size_(max_size) {}

  bool enter(const GumboNode& element) {
    if (!is_within_bounds()) return false;
    if (&element != &root_) open(element.v.element);
    return !is_void(element);
  }

  void leave(const GumboNode& element) {
    if (&element == &root_ || is_void(element) || !is_within_bounds()) return;
    html_.append("</").append(name_of(element.v.element)).append(">");
  }

  void visit(const GumboNode& leaf) {
    if (!is_within_bounds()) return;
    if (leaf.type == GUMBO_NODE_COMMENT)
      html_.append("<!--").append(leaf.v.text.text).append("-->");
    else if (holds_raw_text(*leaf.parent))
      html_ += text_of(leaf);
    else
      escape(text_of(leaf));
  }

  std::optional<std::string> take() {
    if (!is_within_bounds()) return std::nullopt;
    return std::move(html_);
  }

 private:
  bool is_within_bounds() const { return html_.size() <= max_size_; }

  void open(const GumboElement& element) {
    html_.append("<").append(name_of(element));
    for (const GumboAttribute& attribute : attributes_of(element)) {
      html_.append(" ").append(qualified_name(attribute)).append("=\"");
      escape(attribute.value, Quotes::escaped);
      html_ += '"';
    }
    html_ += '>';
  }

  enum class Quotes { kept, escaped };

  void escape(std::string_view text, Quotes quotes = Quotes::kept) {
    constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '&')
        html_ += "&amp;";
      else if (text[i] == '<')
        html_ += "&lt;";
      else if (text[i] == '>')
        html_ += "&gt;";
      else if (text[i] == '"' && quotes == Quotes::escaped)
        html_ += "&quot;";
      else if (text.substr(i, kNoBreakSpace.size()) == kNoBreakSpace)
        html_ += "&nbsp;", ++i;
      else
        html_ += text[i];
    }
  }

  const GumboNode& root_;
  std::size_t max_size_;
  std::string html_;
};

}  // namespace

std::optional<std::string> inner_html(const GumboNode& element, std::size_t max_size) {
  Serializer serializer(element, max_size);
  walk_tree(element, serializer);
  return serializer.take();
}

}  // namespace parse
