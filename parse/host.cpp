#include "parse/host.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>

#include <unicode/uidna.h>

#include "parse/ascii.h"
#include "parse/byte_set.h"
#include "parse/ip_address.h"
#include "parse/percent_encode.h"
#include "parse/utf8.h"

namespace parse {
namespace {

constexpr ByteSet kForbiddenDomainBytes =
    ByteSet(0x00, 0x20) | ByteSet("#/:<>?@[\\]^|%") | ByteSet(0x7F, 0x7F);
constexpr ByteSet kNonAscii(0x80, 0xFF);

constexpr std::size_t kMaxUnicodeName = 1024;

struct CloseIdna {
  void operator()(UIDNA* idna) const { uidna_close(idna); }
};
using Idna = std::unique_ptr<UIDNA, CloseIdna>;

/// What "domain to ASCII" lets pass with beStrict false: CheckHyphens and VerifyDnsLength are off.
constexpr std::uint32_t kToleratedErrors = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG |
                                           UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | UIDNA_ERROR_LEADING_HYPHEN |
                                           UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;

Idna open_idna() {
  UErrorCode status = U_ZERO_ERROR;
  Idna idna(
      uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII, &status));
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot open its IDNA data");
  return idna;
}

bool append_unicode_domain(std::string_view domain, std::string& out) {
  static const Idna idna = open_idna();  // ICU: may be used by several threads at once
  if (domain.size() > kMaxUnicodeName) return false;
  // One that needs more room is not a name of DNS; ICU reports it as an overflow.
  std::array<char, 4 * kMaxUnicodeName> ascii{};
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t size =
      uidna_nameToASCII_UTF8(idna.get(), domain.data(), static_cast<std::int32_t>(domain.size()),
                             ascii.data(), static_cast<std::int32_t>(ascii.size()), &info, &status);
  if (U_FAILURE(status) || (info.errors & ~kToleratedErrors) != 0) return false;
  out.append(ascii.data(), static_cast<std::size_t>(size));
  return true;
}

/// The standard leaves ASCII names alone but for their case, "xn--" labels that do not decode among them.
bool append_domain(std::string_view domain, std::string& out) {
  if (kNonAscii.find_in(domain) < domain.size()) return append_unicode_domain(domain, out);
  const std::size_t begin = out.size();
  out.append(domain);
  for (std::size_t i = begin; i < out.size(); ++i) out[i] = to_lower(out[i]);
  return true;
}

bool append_bracketed(std::string_view host, std::string& out) {
  if (host.size() < 2 || !host.ends_with(']')) return false;
  const std::optional<Ipv6Pieces> pieces = parse_ipv6(host.substr(1, host.size() - 2));
  if (!pieces) return false;
  out.push_back('[');
  append_ipv6(*pieces, out);
  out.push_back(']');
  return true;
}

}  // namespace

bool append_host(std::string_view host, std::string& out) {
  if (host.starts_with('[')) return append_bracketed(host, out);

  std::string decoded;
  if (host.find('%') != std::string_view::npos) {
    // What is malformed is refused, and an escape beside it must not mend it.
    if (!is_utf8(host)) return false;
    decoded = percent_decode(host);
    host = decoded;
  }
  const std::size_t begin = out.size();
  if (!append_domain(host, out)) return false;

  const std::string_view domain = std::string_view(out).substr(begin);
  if (domain.empty() || kForbiddenDomainBytes.find_in(domain) < domain.size()) return false;
  if (!ends_in_number(domain)) return true;
  const std::optional<std::uint32_t> address = parse_ipv4(domain);
  if (!address) return false;
  out.resize(begin);
  append_ipv4(*address, out);
  return true;
}

}  // namespace parse
