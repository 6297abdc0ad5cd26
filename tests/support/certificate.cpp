#include "tests/support/certificate.h"

#include <arpa/inet.h>
#include <array>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace test_support {
namespace {

void check(bool is_good, const char* what) {
  if (!is_good) throw std::runtime_error(what);
}

struct FreeExtension {
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

std::string text_of(const Bio& memory) {
  const char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

bool is_address(const std::string& name) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return inet_pton(AF_INET, name.c_str(), address.data()) == 1 ||
         inet_pton(AF_INET6, name.c_str(), address.data()) == 1;
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  const std::unique_ptr<X509_EXTENSION, FreeExtension> extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()));
  check(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "an extension of the certificate");
}

void set_name(X509_NAME* name, const std::string& common_name) {
  check(
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                 reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0) == 1,
      "the certificate's name");
}

}  // namespace

Certificate::Certificate(const std::string& name, std::chrono::seconds not_before,
                         std::chrono::seconds not_after)
    : Certificate(name, not_before, not_after, *this) {}

Certificate::Certificate(const std::string& name, const Certificate& issuer)
    : Certificate(name, std::chrono::hours(-1), std::chrono::hours(1), issuer) {}

Certificate::Certificate(const std::string& name, std::chrono::seconds not_before,
                         std::chrono::seconds not_after, const Certificate& issuer)
    : key_(EVP_EC_gen("P-256")), certificate_(X509_new()) {
  check(key_ && certificate_, "a new certificate");
  X509* certificate = certificate_.get();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), not_before.count());
  X509_gmtime_adj(X509_getm_notAfter(certificate), not_after.count());
  set_name(X509_get_subject_name(certificate), "a test of " + name);
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer.certificate_.get()));
  X509_set_pubkey(certificate, key_.get());
  add_extension(certificate, NID_subject_alt_name, (is_address(name) ? "IP:" : "DNS:") + name);
  add_extension(certificate, NID_basic_constraints, "CA:TRUE");
  check(X509_sign(certificate, issuer.key_.get(), EVP_sha256()) > 0, "X509_sign");
}

std::string Certificate::pem() const {
  const Bio memory(BIO_new(BIO_s_mem()));
  check(memory && PEM_write_bio_X509(memory.get(), certificate_.get()) == 1, "PEM_write_bio_X509");
  return text_of(memory);
}

std::string Certificate::key_pem() const {
  const Bio memory(BIO_new(BIO_s_mem()));
  check(memory &&
            PEM_write_bio_PrivateKey(memory.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
        "PEM_write_bio_PrivateKey");
  return text_of(memory);
}

SslContext Certificate::server_context() const {
  SslContext context(SSL_CTX_new(TLS_server_method()));
  check(context && SSL_CTX_use_certificate(context.get(), certificate_.get()) == 1 &&
            SSL_CTX_use_PrivateKey(context.get(), key_.get()) == 1,
        "SSL_CTX");
  return context;
}

}  // namespace test_support
