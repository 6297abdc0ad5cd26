#include "crawler/http/transfer_error.h"

namespace crawler::http {
namespace {

/// For all that can only be told by when it happened: a connection that broke, above all.
TransferError error_of(Stage stage) {
  switch (stage) {
    case Stage::resolving:
      return TransferError::dns;
    case Stage::connecting:
      return TransferError::connect;
    case Stage::awaiting_headers:
      return TransferError::protocol;
    case Stage::receiving_body:
      break;
  }
  return TransferError::truncated;
}

// A malformed chunk and a reset have the same code, and only one of them is the server's word against itself.
bool is_about_chunks(std::string_view message) { return message.find("chunk") != std::string_view::npos; }

}  // namespace

std::string_view name(TransferError error) {
  switch (error) {
    case TransferError::dns:
      return "dns";
    case TransferError::connect:
    case TransferError::no_descriptor:
      return "connect";
    case TransferError::blocked_address:
      return "blocked_address";
    case TransferError::tls:
      return "tls";
    case TransferError::protocol:
      return "protocol";
    case TransferError::timeout:
      return "timeout";
    case TransferError::stalled:
      return "stalled";
    case TransferError::truncated:
      return "truncated";
    case TransferError::header_limit:
      return "header_limit";
    case TransferError::too_large:
      return "too_large";
    case TransferError::type:
      return "type";
    case TransferError::content_encoding:
      break;
  }
  return "content_encoding";
}

TransferError error_of(CURLcode code, Stage stage, std::string_view message) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_URL_MALFORMAT:  // a host that libcurl will not look up: the URL itself was parsed before
      return TransferError::dns;
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
      return TransferError::connect;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
      return TransferError::tls;
    case CURLE_OPERATION_TIMEDOUT:
      if (stage == Stage::resolving || stage == Stage::connecting) return error_of(stage);
      return TransferError::stalled;
    case CURLE_UNSUPPORTED_PROTOCOL:  // HTTP/0.9
    case CURLE_WEIRD_SERVER_REPLY:
      return TransferError::protocol;
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:  // not ours: data after the end of a compressed stream
      return TransferError::content_encoding;
    case CURLE_OUT_OF_MEMORY:  // a header line beyond libcurl's own limit
      return stage == Stage::awaiting_headers ? TransferError::header_limit : error_of(stage);
    default:
      break;
  }
#if LIBCURL_VERSION_NUM >= 0x080600
  if (code == CURLE_TOO_LARGE) return TransferError::header_limit;
#endif
  if (stage == Stage::receiving_body && is_about_chunks(message)) return TransferError::protocol;
  return error_of(stage);
}

}  // namespace crawler::http
