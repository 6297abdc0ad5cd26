#include "parse/visible_text.h"

#include <bit>
#include <cstddef>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "parse/ascii.h"

namespace parse {
namespace {

#if defined(__SSE2__)

/// 0xFF for each byte that is white space.
__m128i find_spaces(__m128i bytes) {
  const __m128i from_tab = _mm_sub_epi8(bytes, _mm_set1_epi8('\t'));
  const __m128i up_to_return = _mm_cmpeq_epi8(_mm_min_epu8(from_tab, _mm_set1_epi8('\r' - '\t')), from_tab);
  const __m128i controls = _mm_andnot_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\v')), up_to_return);
  return _mm_or_si128(controls, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
}

/// Moves `at` over settled words, sixteen bytes at a time; whether it has found their end.
bool skip_words_by_vectors(const char*& at, const char* end) {
  for (; end - at > 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 1));
    const __m128i single = _mm_andnot_si128(find_spaces(next), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
    const __m128i ends = _mm_andnot_si128(single, find_spaces(bytes));
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(ends));
    if (bits == 0) continue;
    at += std::countr_zero(bits);
    return true;
  }
  return false;
}

#else

bool skip_words_by_vectors(const char*&, const char*) { return false; }

#endif

/// The end of words apart by single spaces, which may be taken as they stand.
const char* skip_words(const char* at, const char* end) {
  if (skip_words_by_vectors(at, end)) return at;
  for (; at != end; ++at) {
    if (static_cast<unsigned char>(*at) > ' ' || !is_space(*at)) continue;
    const bool is_single = *at == ' ' && end - at > 1 && !is_space(at[1]);
    if (!is_single) break;
  }
  return at;
}

}  // namespace

void VisibleText::add(std::string_view text, LineFeeds line_feeds) {
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    if (is_space(*at)) {
      if (*at++ == '\n' && line_feeds == LineFeeds::keep)
        break_line();
      else
        add_space();
      continue;
    }
    const char* const begin = at;
    at = skip_words(begin, end);
    if (gap_ != '\0' && !text_.empty()) text_ += gap_;
    gap_ = '\0';
    text_.append(begin, at);
  }
}

}  // namespace parse
