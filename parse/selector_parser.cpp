#include <algorithm>
#include <array>
#include <utility>

#include "parse/ascii.h"
#include "parse/css_scanner.h"
#include "parse/selector.h"

namespace parse {
namespace {

/// Reads one selector list; a failure is the scanner's, and ends every loop here.
class SelectorParser {
 public:
  explicit SelectorParser(std::string_view css) : css_(css) {}

  std::expected<SelectorList, SelectorError> run() {
    SelectorList list = read_list(Kind::absolute);
    if (!css_.is_at_end()) css_.fail("there is no '(' for this ')'");
    if (css_.error()) return std::unexpected(*css_.error());
    return list;
  }

 private:
  /// Relative ones begin with a combinator, "descendant" if none is written.
  enum class Kind { absolute, relative };

  /// Ends at the end, or before a ')'.
  SelectorList read_list(Kind kind) {
    SelectorList list;
    do list.selectors.push_back(read_complex(kind));
    while (css_.take(','));
    return list;
  }

  ComplexSelector read_complex(Kind kind) {
    ComplexSelector complex;
    css_.skip_space();
    Combinator combinator = Combinator::descendant;
    if (kind == Kind::relative) combinator = take_combinator().value_or(combinator);
    for (;;) {
      complex.parts.push_back({combinator, read_compound()});
      const bool was_space = css_.skip_space();
      if (css_.is_at_end() || css_.peek() == ',' || css_.peek() == ')') return complex;
      if (const auto written = take_combinator()) {
        combinator = *written;
      } else if (was_space) {
        combinator = Combinator::descendant;
      } else {
        fail_after_compound();
        return complex;
      }
    }
  }

  void fail_after_compound() {
    if (css_.peek() == '|')
      css_.fail("namespaces are not supported");
    else if (css_.is_at_name() || css_.peek() == '*')
      css_.fail("a type must stand first: before '.', '#', '[' and ':'");
    else
      css_.fail("expected a combinator or ','");
  }

  std::optional<Combinator> take_combinator() {
    std::optional<Combinator> combinator;
    if (css_.take('>'))
      combinator = Combinator::child;
    else if (css_.take('+'))
      combinator = Combinator::next_sibling;
    else if (css_.take('~'))
      combinator = Combinator::subsequent_sibling;
    if (combinator) css_.skip_space();
    return combinator;
  }

  CompoundSelector read_compound() {
    CompoundSelector compound;
    const std::size_t begin = css_.at();
    if (css_.is_at_name()) {
      std::string name = css_.take_name();
      std::string lower_name = to_lower(name);
      compound.emplace_back(TypeSelector{std::move(name), std::move(lower_name)});
    } else {
      css_.take('*');
    }
    do css_.skip_comments();
    while (read_simple(compound));
    if (css_.at() == begin) css_.fail("expected a selector");
    return compound;
  }

  /// Whether one began here.
  bool read_simple(CompoundSelector& compound) {
    if (css_.take('.')) {
      css_.skip_comments();
      compound.emplace_back(ClassSelector{take_name("expected a class name after '.'")});
    } else if (css_.take('#')) {
      compound.emplace_back(IdSelector{take_name("expected an id after '#'")});
    } else if (css_.take('[')) {
      compound.emplace_back(read_attribute());
    } else if (css_.peek() == ':') {
      read_pseudo_class(compound);
    } else {
      return false;
    }
    return true;
  }

  std::string take_name(const char* or_failure) {
    if (!css_.is_at_name()) css_.fail(or_failure);
    return css_.take_name();
  }

  AttributeSelector read_attribute() {
    AttributeSelector attribute;
    css_.skip_space();
    attribute.name = take_name("expected the name of an attribute after '['");
    attribute.lower_name = to_lower(attribute.name);
    css_.skip_space();
    if (css_.take(']')) return attribute;

    attribute.op = take_operator();
    css_.skip_space();
    if (css_.is_at_string())
      attribute.value = css_.take_string();
    else
      attribute.value = take_name("expected a name or a string in quotes");
    css_.skip_space();
    if (css_.is_at_name()) attribute.value_case = take_case();
    css_.skip_space();
    if (!css_.take(']')) css_.fail("expected ']'");
    return attribute;
  }

  AttributeSelector::Operator take_operator() {
    using Operator = AttributeSelector::Operator;
    constexpr std::array<std::pair<char, Operator>, 5> kOperators{{{'~', Operator::has_word},
                                                                   {'|', Operator::equals_or_dash},
                                                                   {'^', Operator::begins_with},
                                                                   {'$', Operator::ends_with},
                                                                   {'*', Operator::contains}}};
    if (css_.take('=')) return Operator::equals;
    const auto found = std::ranges::find(kOperators, css_.peek(), &std::pair<char, Operator>::first);
    if (found != kOperators.end() && css_.peek(1) == '=' && css_.take(found->first) && css_.take('='))
      return found->second;
    css_.fail(css_.peek() == '|' ? "namespaces are not supported"
                                 : "expected ']' or one of = ~= |= ^= $= *=");
    return Operator::exists;
  }

  AttributeSelector::Case take_case() {
    const std::size_t begin = css_.at();
    const std::string flag = to_lower(css_.take_name());
    if (flag == "i") return AttributeSelector::Case::ignored;
    if (flag != "s") css_.fail(begin, "expected ']', or one of the flags i and s");
    return AttributeSelector::Case::kept;
  }

  void read_pseudo_class(CompoundSelector& compound) {
    const std::size_t begin = css_.at();
    css_.take(':');
    if (css_.take(':')) return fail_at_pseudo_element(begin);
    css_.skip_comments();
    const std::string name = to_lower(take_name("expected the name of a pseudo-class after ':'"));
    if (!css_.take('(')) {
      if (!add_plain(name, compound)) css_.fail(begin, "there is no such pseudo-class here");
      return;
    }

    if (++depth_ > Selector::max_depth) return css_.fail(begin, "selectors are nested too deep");
    if (!read_function(name, compound)) return css_.fail(begin, "there is no such pseudo-class here");
    --depth_;
    css_.skip_space();
    if (!css_.take(')')) css_.fail("expected ')'");
  }

  void fail_at_pseudo_element(std::size_t begin) {
    const std::string name = to_lower(css_.take_name());
    if (name == "text")
      css_.fail(begin, "there are no pseudo-elements: for an element's text end the field with @text");
    else if (name == "attr")
      css_.fail(begin, "there are no pseudo-elements: for an attribute end the field with @ and its name");
    else
      css_.fail(begin, "there are no pseudo-elements");
  }

  /// Whether there is such a one.
  static bool add_plain(std::string_view name, CompoundSelector& compound) {
    constexpr AnPlusB kFirst{.a = 0, .b = 1};
    const bool of_type = name.ends_with("-of-type");
    if (name == "first-child" || name == "first-of-type") {
      compound.emplace_back(PositionSelector{.position = kFirst, .of_type = of_type});
    } else if (name == "last-child" || name == "last-of-type") {
      compound.emplace_back(PositionSelector{.position = kFirst, .from_end = true, .of_type = of_type});
    } else if (name == "only-child" || name == "only-of-type") {
      compound.emplace_back(PositionSelector{.position = kFirst, .of_type = of_type});
      compound.emplace_back(PositionSelector{.position = kFirst, .from_end = true, .of_type = of_type});
    } else if (name == "root") {
      compound.emplace_back(RootSelector{});
    } else if (name == "empty") {
      compound.emplace_back(EmptySelector{});
    } else {
      return false;
    }
    return true;
  }

  /// Reads what stands between the brackets; whether there is such a pseudo-class.
  bool read_function(std::string_view name, CompoundSelector& compound) {
    if (name == "is" || name == "where") {
      compound.emplace_back(IsSelector{read_nested(Kind::absolute)});
    } else if (name == "not") {
      compound.emplace_back(NotSelector{read_nested(Kind::absolute)});
    } else if (name == "has") {
      compound.emplace_back(read_has());
    } else if (name == "contains") {
      compound.emplace_back(read_contains());
    } else if (name == "nth-child" || name == "nth-last-child") {
      compound.emplace_back(read_position(name == "nth-last-child"));
    } else if (name == "nth-of-type" || name == "nth-last-of-type") {
      compound.emplace_back(PositionSelector{
          .position = take_an_plus_b(css_), .from_end = name == "nth-last-of-type", .of_type = true});
    } else {
      return false;
    }
    return true;
  }

  NestedSelectors read_nested(Kind kind) { return std::make_shared<const SelectorList>(read_list(kind)); }

  HasSelector read_has() {
    if (is_in_has_) css_.fail("the standard allows no :has() within :has()");
    is_in_has_ = true;
    HasSelector has{read_nested(Kind::relative)};
    is_in_has_ = false;
    return has;
  }

  ContainsSelector read_contains() {
    css_.skip_space();
    const std::size_t begin = css_.at();
    std::string text = collapse_spaces(css_.is_at_name() ? css_.take_name() : css_.take_string());
    if (text.empty()) css_.fail(begin, "expected a text that is more than white space");
    return {std::move(text)};
  }

  PositionSelector read_position(bool from_end) {
    PositionSelector selector{.position = take_an_plus_b(css_), .from_end = from_end};
    css_.skip_space();
    if (!css_.is_at_name()) return selector;
    const std::size_t begin = css_.at();
    if (to_lower(css_.take_name()) == "of")
      selector.of = read_nested(Kind::absolute);
    else
      css_.fail(begin, "expected ')' or 'of'");
    return selector;
  }

  CssScanner css_;
  std::size_t depth_ = 0;
  bool is_in_has_ = false;
};

}  // namespace

std::expected<Selector, SelectorError> Selector::parse(std::string_view css) {
  if (css.size() > max_length)
    return std::unexpected(SelectorError{.at = max_length, .what = "longer than 4096 bytes"});
  auto list = SelectorParser(css).run();
  if (!list) return std::unexpected(std::move(list).error());
  return Selector(*std::move(list));
}

}  // namespace parse
