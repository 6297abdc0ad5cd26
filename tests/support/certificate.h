// Certificates made for a test: self-signed, so that each is its own authority, or issued by another.
//
//   const Certificate good("127.0.0.1");
//   write_file(path, good.pem());                                // for ClientOptions::cacert
//   const Certificate old("127.0.0.1", -48h, -24h);
//   const Certificate issued("a.test", authority);               // `authority` is what clients trust
//
// Contract: the name is an IP address or a DNS name; the times count from now. Throws std::runtime_error if
// OpenSSL fails.
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
  explicit Certificate(const std::string& name, std::chrono::seconds not_before = std::chrono::hours(-1),
                       std::chrono::seconds not_after = std::chrono::hours(1));
  /// Signed by the issuer, which need not outlive it.
  Certificate(const std::string& name, const Certificate& issuer);

  std::string pem() const;
  std::string key_pem() const;
  /// A server's side of TLS with this certificate.
  SslContext server_context() const;

 private:
  struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  struct FreeX509 {
    void operator()(X509* certificate) const { X509_free(certificate); }
  };

  Certificate(const std::string& name, std::chrono::seconds not_before, std::chrono::seconds not_after,
              const Certificate& issuer);

  std::unique_ptr<EVP_PKEY, FreeKey> key_;
  std::unique_ptr<X509, FreeX509> certificate_;
};

}  // namespace test_support
