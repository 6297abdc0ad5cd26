#include "parse/insertion_point.h"

#include <optional>

namespace parse {
namespace {

using Namespace = OpenElement::Namespace;

constexpr TagSet kImpliedEnd{GUMBO_TAG_DD, GUMBO_TAG_DT, GUMBO_TAG_LI, GUMBO_TAG_OPTION, GUMBO_TAG_OPTGROUP,
                             GUMBO_TAG_P,  GUMBO_TAG_RP, GUMBO_TAG_RB, GUMBO_TAG_RT,     GUMBO_TAG_RTC};

/// Attributes that are as many and as long count as the same: what is lost at worst is that a fourth element
/// of its kind is opened again.
std::uint32_t likeness_of(std::span<const Attribute> attributes) {
  std::size_t likeness = attributes.size();
  for (const Attribute& attribute : attributes)
    likeness = (likeness * 31 + attribute.name.size()) * 31 + attribute.value.size();
  return static_cast<std::uint32_t>(likeness);
}

}  // namespace

std::uint32_t InsertionPoint::insert(GumboTag tag, std::span<const Attribute> attributes) {
  make_room();
  const OpenElement element = OpenElement::of_html(tag, attributes);
  if (tells_of(element)) facts_.open(tag, attributes);
  return push(element);
}

void InsertionPoint::insert_void(GumboTag tag, std::span<const Attribute> attributes) {
  if (open_.has(GUMBO_TAG_TEMPLATE)) return;
  facts_.open(tag, attributes);
  facts_.close(tag);
}

void InsertionPoint::insert_formatting(const HtmlToken& token) {
  make_room();
  OpenElement element = OpenElement::of_html(token.tag, token.attributes);
  element.is_formatting = true;
  std::optional<std::size_t> anchor;
  if (tells_of(element)) {
    facts_.open(token.tag, token.attributes);
    if (token.tag == GUMBO_TAG_A) anchor = facts_.open_anchor();
  }
  const std::uint32_t id = push(element);
  formatting_.add({.id = id,
                   .tag = token.tag,
                   .hides_text = element.hides_text,
                   .likeness = likeness_of(token.attributes),
                   .anchor = anchor});
}

void InsertionPoint::insert_foreign(Namespace name_space, const HtmlToken& token) {
  make_room();
  const OpenElement element = OpenElement::of_foreign(name_space, token.tag, token.text, token.attributes);
  if (tells_of(element)) facts_.open(token.tag, token.attributes);
  push(element);
  if (token.is_self_closing) pop();
}

void InsertionPoint::add_text(std::string_view text) {
  if (!open_.has(GUMBO_TAG_TEMPLATE)) facts_.add_text(text, hiding_ > 0);
}

void InsertionPoint::make_room() {
  if (!open_.is_full()) return;
  was_too_deep_ = true;
  pop();
}

std::uint32_t InsertionPoint::push(OpenElement element) {
  element.id = ++last_id_;
  if (element.hides_text) ++hiding_;
  open_.push(element);
  return element.id;
}

void InsertionPoint::pop() {
  if (open_.size() <= 1) return;
  leave(open_.pop());
  while (open_.top().name_space == Namespace::ghost) leave(open_.pop());
}

void InsertionPoint::pop_to_size(std::size_t size) {
  while (open_.size() > size && open_.size() > 1) pop();
}

void InsertionPoint::pop_through(const TagSet& tags) {
  for (bool is_found = false; !is_found && open_.size() > 1;) {
    is_found = open_.top().is_html_in(tags);
    pop();
  }
}

void InsertionPoint::pop_to(const TagSet& tags) {
  while (open_.size() > 1 && !open_.top().is_html_in(tags)) pop();
}

void InsertionPoint::pop_implied(GumboTag except) {
  while (open_.top().is_html_in(kImpliedEnd) && open_.top().tag != except) pop();
}

void InsertionPoint::close_form(std::uint32_t id) {
  if (!open_.find_id_in_scope(id)) return;
  pop_implied();
  const auto index = open_.find_id(id);
  if (index) detach(*index);
}

/// Closes an element, and leaves open what is within it.
void InsertionPoint::detach(std::size_t index) {
  if (index + 1 == open_.size())
    pop();
  else
    open_.make_ghost(index);
}

void InsertionPoint::reopen_all() {
  for (std::size_t i = formatting_.first_to_reopen(); i < formatting_.size(); ++i) {
    make_room();
    OpenElement element = OpenElement::of_html(formatting_[i].tag);
    element.is_formatting = true;
    element.hides_text = formatting_[i].hides_text;
    if (element.tag == GUMBO_TAG_A && tells_of(element)) facts_.reopen_anchor(formatting_[i].anchor);
    const std::uint32_t id = push(element);
    formatting_[i].id = id;
  }
}

void InsertionPoint::close_formatting(GumboTag tag) {
  constexpr int kMaxRounds = 8;  // the standard's
  const OpenElement& top = open_.top();
  if (top.is_html(tag) && !formatting_.find_id(top.id)) return pop();

  const auto found = formatting_.find(tag);
  if (!found) return;
  const std::uint32_t id = formatting_[*found].id;
  auto at = open_.find_id(id);
  if (!at) return formatting_.remove(*found);
  if (!open_.has_in_scope(tag, Scope::general)) return;

  for (int round = 0; round < kMaxRounds; ++round) {
    std::size_t block = *at + 1;
    while (block < open_.size() && !open_[block].is_special) ++block;
    if (block == open_.size()) {
      pop_to_size(*at);
      if (const auto in_list = formatting_.find_id(id)) formatting_.remove(*in_list);
      return;
    }
    at = raise_above(*at, block);
  }
}

/// Moves a formatting element from around a block to inside of it, where it holds all that the block does;
/// its new index. Between the two only formatting elements stay, and of these the three next to the block.
std::size_t InsertionPoint::raise_above(std::size_t formatting, std::size_t block) {
  constexpr std::size_t kMaxKept = 3;
  const std::size_t between = block - formatting - 1;
  for (std::size_t visited = 0; visited < between; ++visited) {
    const std::size_t index = formatting + between - visited;
    const auto in_list = formatting_.find_id(open_[index].id);
    if (in_list && visited < kMaxKept) continue;
    if (in_list) formatting_.remove(*in_list);
    remove(index);
    --block;
  }
  open_.raise(formatting, block);
  return block;
}

void InsertionPoint::drop_formatting(GumboTag tag) {
  const auto in_list = formatting_.find(tag);
  if (!in_list) return;
  const auto index = open_.find_id(formatting_[*in_list].id);
  formatting_.remove(*in_list);
  if (index) detach(*index);
}

/// Takes an element from around a block. In the tree it ends where the block began: so no line ends here.
void InsertionPoint::remove(std::size_t index) {
  const OpenElement element = open_.remove(index);
  close(element);
  if (element.tag == GUMBO_TAG_A && tells_of(element)) facts_.close(element.tag);
}

void InsertionPoint::leave(const OpenElement& element) {
  close(element);
  if (tells_of(element)) facts_.close(element.tag);
}

void InsertionPoint::close(const OpenElement& element) {
  if (element.hides_text) --hiding_;
  if (element.is_formatting) formatting_.mark_closed(element.id);
}

bool InsertionPoint::tells_of(const OpenElement& element) const {
  if (open_.has(GUMBO_TAG_TEMPLATE)) return false;
  if (element.name_space == Namespace::svg)
    return element.tag == GUMBO_TAG_A || element.tag == GUMBO_TAG_IMAGE;
  return element.name_space != Namespace::math && element.tag != GUMBO_TAG_TEMPLATE;
}

}  // namespace parse
