// The rows of a frontier: URLs that wait for their turn, by host; those that are out of scope; and the scope.
//
//   FrontierStore store(database);
//   const FrontierHost host = store.host("example.com");
//   store.add({.host_id = host.id, .depth = 1, .id = 7, .url = "http://example.com/a"});
//   for (const FrontierRow& row : store.first_of(host.id, 10)) …
//   store.remove(row);
//
// Contract: within the caller's transaction; holds no rows. The order of a host's URLs is by depth, then by
// id. The connection's cache grows to 32 MB, its log to 64 MB. Throws DatabaseError. The database outlives
// the store and is used on the same thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.h"

namespace storage {

struct FrontierHost {
  std::int64_t id = 0;
  std::int64_t pages = 0;  // that were taken in, in this job
};

/// Its key is (host_id, depth, id).
struct FrontierRow {
  std::int64_t host_id = 0;
  int depth = 0;
  std::int64_t id = 0;
  std::string url{};
  int purpose = 0;
  std::string referrer{};
  int redirects = 0;
  bool is_listed = false;
};

/// A URL that is out of scope, with what might make it part of it.
struct OutsideRow {
  std::int64_t id = 0;
  std::string unit{};
  std::string url{};
  int depth = 0;
  std::string referrer{};
};

class FrontierStore {
 public:
  explicit FrontierStore(Database& database);

  /// Forgets all: from now on it is this job's.
  void begin(std::int64_t job_id);
  /// Whether it is this job's still.
  bool belongs_to(std::int64_t job_id);

  FrontierHost host(std::string_view name);
  void set_pages(const FrontierHost& host);

  void add(const FrontierRow& row);
  /// Whether it was there.
  bool remove(const FrontierRow& key);
  std::optional<FrontierRow> find(const FrontierRow& key);
  std::vector<FrontierRow> first_of(std::int64_t host_id, std::size_t rows);
  /// The next host after this one that has a URL, or else the first that has one.
  std::optional<std::int64_t> next_host(std::int64_t after);

  void add_outside(const OutsideRow& row);
  /// All of a unit, by depth, which are there no more.
  std::vector<OutsideRow> take_outside(std::string_view unit);

  void add_to_scope(std::string_view url, bool is_given);
  void for_each_in_scope(const std::function<void(std::string_view url, bool is_given)>& visit);

  void for_each(const std::function<void(const FrontierRow&)>& visit);
  void for_each_outside(const std::function<void(const OutsideRow&)>& visit);
  /// Those that have their final row in a run of the job.
  void for_each_done(std::int64_t job_id, const std::function<void(std::string_view url, int depth)>& visit);

  /// A page that is stored already takes a smaller depth.
  void lower_depth(std::string_view url, int depth);
  /// How deep the page is that a run of the job has stored.
  std::optional<int> depth_of_done(std::string_view url, std::int64_t job_id);
  /// The smallest depth at which it waits. Linear in what waits, unless index_urls() was called before.
  std::optional<int> depth_of_waiting(std::string_view url);
  bool is_outside(std::string_view url);
  /// From now on a URL is found by itself, which costs each add() something.
  void index_urls();

 private:
  Database& database_;
  Statement find_host_;
  Statement add_host_;
  Statement set_pages_;
  Statement add_;
  Statement remove_;
  Statement find_;
  Statement first_of_;
  Statement next_host_;
  Statement add_outside_;
  Statement add_to_scope_;
  Statement lower_depth_;
  Statement find_done_;
  Statement find_waiting_;
  Statement find_outside_;
};

}  // namespace storage
