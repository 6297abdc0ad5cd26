// Certificates made for a test: self-signed, so that each is its own authority.
//
//   const Certificate good("127.0.0.1");
//   write_file(path, good.pem());                                // for ClientOptions::cacert
//   const Certificate old("127.0.0.1", -48h, -24h);
//
// Contract: the name is an IP address; the times count from now. Throws std::runtime_error if OpenSSL fails.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace test_support {

struct FreeSslContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using SslContext = std::unique_ptr<SSL_CTX, FreeSslContext>;

class Certificate {
 public:
  explicit Certificate(const std::string& ip, std::chrono::seconds not_before = std::chrono::hours(-1),
                       std::chrono::seconds not_after = std::chrono::hours(1));

  std::string pem() const;
  /// A server's side of TLS with this certificate.
  SslContext server_context() const;

 private:
  struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  struct FreeX509 {
    void operator()(X509* certificate) const { X509_free(certificate); }
  };

  std::unique_ptr<EVP_PKEY, FreeKey> key_;
  std::unique_ptr<X509, FreeX509> certificate_;
};

}  // namespace test_support
