// A set of a page's elements, a bit each.
//
//   ElementSet found(index.size());
//   found.insert(3);
//   found.for_each([](ElementId id) { … });   // ascending, which is document order
//
// Contract: ids are below the size that the set was made with; sets that meet have the same size.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace parse {

/// An element's place in document order: the root has 0.
using ElementId = std::uint32_t;

class ElementSet {
 public:
  explicit ElementSet(std::size_t size) : words_((size + kBits - 1) / kBits) {}

  static ElementSet all(std::size_t size) {
    ElementSet set(size);
    set.insert_range(0, size);
    return set;
  }

  bool contains(ElementId id) const { return (words_[id / kBits] >> id % kBits & 1U) != 0; }

  /// Whether it was not there.
  bool insert(ElementId id) {
    if (contains(id)) return false;
    words_[id / kBits] |= Word{1} << id % kBits;
    return true;
  }

  void insert_range(std::size_t first, std::size_t end) {
    for (std::size_t id = first; id < end;) {
      const std::size_t count = std::min(kBits - id % kBits, end - id);
      words_[id / kBits] |= ~Word{0} >> (kBits - count) << id % kBits;
      id += count;
    }
  }

  ElementSet& operator|=(const ElementSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  ElementSet& operator&=(const ElementSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }
  ElementSet& operator-=(const ElementSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
    return *this;
  }

  template <class Predicate>
  void keep_if(Predicate&& is_kept) {
    for_each([&](ElementId id) {
      if (!is_kept(id)) words_[id / kBits] &= ~(Word{1} << id % kBits);
    });
  }

  /// `visit` may take elements out, of those that it has seen.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      for (Word word = words_[i]; word != 0; word &= word - 1)
        visit(static_cast<ElementId>(i * kBits + static_cast<std::size_t>(std::countr_zero(word))));
  }

 private:
  using Word = std::uint64_t;
  static constexpr std::size_t kBits = 64;

  std::vector<Word> words_;
};

}  // namespace parse
