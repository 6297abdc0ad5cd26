#include "parse/html_tree.h"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

#include "parse/ascii.h"

namespace parse {
namespace {

constexpr std::size_t kMegabyte = 1024 * 1024;
constexpr std::size_t kMaxPage = 256 * kMegabyte;
constexpr std::size_t kMaxWork = 128'000'000;  // steps of a few nanoseconds
constexpr std::size_t kMaxRootTags = 16;

/// Stands before each block that may be a node.
struct NodeLabel {
  const void* self;
  std::size_t depth;
};

/// What gumbo's own types need: half of malloc's, since most blocks are strings of a few bytes.
constexpr std::size_t kAlignment = alignof(std::uint64_t);
static_assert(alignof(GumboNode) <= kAlignment && alignof(GumboAttribute) <= kAlignment);
static_assert(alignof(NodeLabel) <= kAlignment && sizeof(NodeLabel) % kAlignment == 0);

constexpr std::size_t align(std::size_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; }

/// The memory of one parse, and the judge of when to end it.
///
/// gumbo's time is its input's size times the depth of the tree, plus squares of what stands in one tag; and
/// it cannot be asked to stop. But it asks for memory at each step, and the sizes tell which blocks are nodes
/// (or strings that happen to be as large, which do no harm) and which are attributes. A node's depth is its
/// parent's plus one. So the depth is known as the tree grows, exactly where a scan ahead of gumbo would have
/// to guess which end tags gumbo is going to heed.
struct Arena {
  std::byte* memory;
  std::size_t capacity;  // aligned, as `used` is
  std::size_t max_depth;
  std::size_t used = 0;
  std::size_t work = 0;
  std::size_t depth = 0;
  std::size_t attributes = 0;  // since the last node
  /// The newest nodes, whose parents gumbo has yet to set: it may make a text node between an element's
  /// creation and its insertion.
  std::array<std::byte*, 8> newest{};
  std::size_t next_newest = 0;
  std::jmp_buf stopped{};
};
static_assert(std::is_trivially_destructible_v<Arena>, "longjmp runs no destructor");
static_assert(sizeof(GumboNode) != sizeof(GumboAttribute), "sizes tell nodes from attributes");

NodeLabel* label_of(std::byte* node) { return reinterpret_cast<NodeLabel*>(node) - 1; }

/// The node's parent, or null if it has none yet or is no node: its bytes may be any string.
std::byte* parent_of(const Arena& arena, const std::byte* node) {
  std::byte* parent = nullptr;
  std::memcpy(&parent, node + offsetof(GumboNode, parent), sizeof parent);
  const auto at = reinterpret_cast<std::uintptr_t>(parent);
  const auto start = reinterpret_cast<std::uintptr_t>(arena.memory);
  if (at < start + sizeof(NodeLabel) || at >= start + arena.used || at % kAlignment != 0) return nullptr;
  return label_of(parent)->self == parent ? parent : nullptr;
}

/// Sets the node's depth, once its parent is set. Where gumbo puts mis-nested tags right, the parent may be
/// newer than the node, and have no depth or no parent itself for a while.
void weigh(Arena& arena, std::byte* node) {
  std::size_t unknown = 0;
  std::byte* ancestor = node;
  while (ancestor != nullptr && label_of(ancestor)->depth == 0 && unknown < arena.newest.size()) {
    ancestor = parent_of(arena, ancestor);
    ++unknown;
  }
  if (ancestor != nullptr && label_of(ancestor)->depth > 0)
    arena.depth = label_of(node)->depth = label_of(ancestor)->depth + unknown;
  else
    label_of(node)->depth = arena.depth + 1;
}

[[noreturn]] void stop(Arena& arena) { std::longjmp(arena.stopped, 1); }

std::byte* take(Arena& arena, std::size_t size) {
  const std::size_t start = arena.used;
  if (size > arena.capacity - start) stop(arena);
  arena.used = align(start + size);
  return arena.memory + start;
}

std::byte* take_node(Arena& arena) {
  std::byte*& oldest = arena.newest[arena.next_newest++ % arena.newest.size()];
  if (oldest != nullptr) weigh(arena, oldest);
  // A tag is compared with the formatting elements open around it, attribute by attribute.
  arena.work += arena.depth * (1 + arena.attributes * arena.attributes);
  if (arena.depth > arena.max_depth || arena.work > kMaxWork) stop(arena);
  arena.attributes = 0;

  const bool is_document = arena.next_newest == 1;
  oldest = take(arena, sizeof(NodeLabel) + sizeof(GumboNode)) + sizeof(NodeLabel);
  std::memset(oldest + offsetof(GumboNode, parent), 0, sizeof(GumboNode::parent));
  new (label_of(oldest)) NodeLabel{oldest, is_document ? 1U : 0U};
  return oldest;
}

void* allocate(void* userdata, std::size_t size) {
  Arena& arena = *static_cast<Arena*>(userdata);
  if (size == sizeof(GumboNode)) return take_node(arena);
  if (size == sizeof(GumboAttribute) && ++arena.attributes > HtmlTree::max_attributes) stop(arena);
  return take(arena, size);
}

void deallocate(void*, void*) {}

/// The parse that this thread is in.
thread_local constinit Arena* parsed_in = nullptr;

/// Null once the arena says stop. No object with a destructor may live in this frame or in those it calls.
const GumboOutput* parse_in(Arena& arena, const char* html, std::size_t size) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = deallocate;
  options.userdata = &arena;
  options.max_errors = 0;
  if (setjmp(arena.stopped) != 0) {
    parsed_in = nullptr;
    return nullptr;
  }
  parsed_in = &arena;
  const GumboOutput* const output = gumbo_parse_with_options(&options, html, size);
  parsed_in = nullptr;
  return output;
}

/// Whether many <html> or <body> tags bring attributes, which gumbo merges into the first one's in quadratic
/// time. Counts them in comments and scripts too.
bool has_many_root_tags(std::string_view html) {
  std::size_t count = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const char first = at + 1 < html.size() ? to_lower(html[at + 1]) : '\0';
    if (first != 'h' && first != 'b') continue;
    const std::string_view name = html.substr(at + 1, 4);
    const bool is_root = equals_ignoring_case(name, "html") || equals_ignoring_case(name, "body");
    if (is_root && at + 5 < html.size() && html[at + 5] != '>') ++count;
  }
  return count > kMaxRootTags;
}

/// Whether a numeric character reference has more digits than gumbo can count with: what it would make of
/// such a one may be no UTF-8.
bool has_endless_reference(std::string_view html) {
  constexpr std::size_t kMaxDigits = 7;  // what is no character needs no more, in either base
  for (std::size_t at = html.find("&#"); at != std::string_view::npos; at = html.find("&#", at)) {
    at += 2;
    const bool is_hex = at < html.size() && to_lower(html[at]) == 'x';
    if (is_hex) ++at;
    const auto end_of = [&](std::string_view digits) {
      return std::min(html.find_first_not_of(digits, at), html.size());
    };
    at = end_of("0");
    const std::size_t end = end_of(is_hex ? "0123456789abcdefABCDEF" : "0123456789");
    if (end - at > kMaxDigits) return true;
    at = end;
  }
  return false;
}

}  // namespace

std::optional<HtmlTree> HtmlTree::parse(std::string_view html) {
  if (html.size() > kMaxPage || has_many_root_tags(html) || has_endless_reference(html)) return std::nullopt;

  // Markup takes 10 to 25 times its size, and some 60 times where it is all tags.
  const std::size_t capacity = align(std::clamp(100 * html.size(), kMegabyte, max_memory));
  ArenaMemory memory(capacity);
  Arena arena{.memory = memory.data(),
              .capacity = capacity,
              // For each character gumbo may look through the open elements: large pages may be less deep.
              .max_depth = std::clamp<std::size_t>(256 * kMegabyte / (html.size() + 1), 64, max_depth)};
  const GumboOutput* const output = parse_in(arena, html.data(), html.size());
  memory.set_used(arena.used);
  if (output == nullptr) return std::nullopt;
  return HtmlTree(std::move(memory), output->root, html.size());
}

}  // namespace parse

/// Where gumbo finds that it contradicts itself, as version 0.10 does on
/// <table><svg><select><foreignObject><select><td>, it is to give up the page, and not the process. The name
/// is glibc's, whose own function it takes the place of.
extern "C" [[noreturn]] void __assert_fail(const char* assertion, const char* file, unsigned int line,
                                           const char* function) noexcept {
  if (parse::parsed_in != nullptr) parse::stop(*parse::parsed_in);
  std::fprintf(stderr, "%s:%u: %s: Assertion `%s' failed.\n", file, line, function, assertion);
  std::abort();
}
