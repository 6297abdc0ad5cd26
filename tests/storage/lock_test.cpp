#include "storage/lock.h"

#include <sys/wait.h>
#include <unistd.h>

#include "tests/storage/fixture.h"

namespace storage {
namespace {

using testing::HasSubstr;

using LockTest = DatabaseTest;

TEST_F(LockTest, IsHeldByOneAtATime) {
  auto first = DatabaseLock::try_lock(path());
  EXPECT_TRUE(first);
  EXPECT_FALSE(DatabaseLock::try_lock(path()));
  first.reset();
  EXPECT_TRUE(DatabaseLock::try_lock(path()));
}

TEST_F(LockTest, MovesWithItsObject) {
  auto first = DatabaseLock::try_lock(path());
  const DatabaseLock moved = std::move(*first);
  first.reset();
  EXPECT_FALSE(DatabaseLock::try_lock(path()));
}

TEST_F(LockTest, EndsWithTheProcessHoweverThatEnds) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto lock = DatabaseLock::try_lock(path());
    const char held = lock ? 1 : 0;
    if (::write(ready[1], &held, 1) != 1) ::_exit(1);
    ::pause();
  }
  char held = 0;
  ASSERT_EQ(::read(ready[0], &held, 1), 1);
  EXPECT_EQ(held, 1);
  EXPECT_FALSE(DatabaseLock::try_lock(path()));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(DatabaseLock::try_lock(path()));
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_F(LockTest, IsOneForAllNamesOfADatabase) {
  std::filesystem::create_symlink(path(), path("link.db"));
  const auto lock = DatabaseLock::try_lock(path("link.db"));
  EXPECT_FALSE(DatabaseLock::try_lock(path()));
}

TEST_F(LockTest, LeavesItsFileAndNeverTouchesTheDatabase) {
  DatabaseLock::try_lock(path("new.db"));
  EXPECT_TRUE(std::filesystem::exists(path("new.db.lock")));
  EXPECT_FALSE(std::filesystem::exists(path("new.db")));
}

TEST_F(LockTest, SaysWhyItCannotBeMade) {
  EXPECT_THAT(error_of([&] { DatabaseLock::try_lock(path("no/crawl.db")); }),
              HasSubstr("crawl.db.lock: No such file or directory"));
}

}  // namespace
}  // namespace storage
