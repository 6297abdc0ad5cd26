// A converter of ICU's, for tables of encodings.
//
//   IcuConverter big5("Big5-HKSCS");
//   big5.code_point("\xA4\xA4");  // U+4E2D; 0 if ICU has none
//
// Contract: the name is one of ICU's aliases; one that it does not have is an exception. Of a sequence with
// several code points it tells the first. Not for two threads at once.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <unicode/ucnv.h>

namespace parse {

class IcuConverter {
 public:
  explicit IcuConverter(const char* name) {
    UErrorCode error = U_ZERO_ERROR;
    converter_.reset(ucnv_open(name, &error));
    if (U_SUCCESS(error))
      ucnv_setToUCallBack(converter_.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
    if (U_FAILURE(error)) throw std::runtime_error(std::string("ICU has no converter for ") + name);
  }

  char32_t code_point(std::string_view bytes) {
    ucnv_resetToUnicode(converter_.get());
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    UErrorCode error = U_ZERO_ERROR;
    const UChar32 code_point = ucnv_getNextUChar(converter_.get(), &at, end, &error);
    return U_SUCCESS(error) ? static_cast<char32_t>(code_point) : 0;
  }

 private:
  struct Close {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
  };
  std::unique_ptr<UConverter, Close> converter_;
};

}  // namespace parse
