// A list that is linked through its items: nothing is allocated, and an item leaves from wherever it stands.
//
//   class Guest : public Linked<Guest> { … };
//   LinkedList<Guest> line;
//   line.append(guest);
//   for (Guest* next = line.first(); next != nullptr; next = line.after(*next)) greet(*next);
//   line.remove(guest);
//
// Contract: an item is in one list of its kind at a time, and leaves it before it goes. Every call is O(1).
#pragma once

namespace crawler::async {

template <class T>
class LinkedList;

template <class T>
class Linked {
 protected:
  Linked() = default;
  ~Linked() = default;
  Linked(const Linked&) = delete;
  Linked& operator=(const Linked&) = delete;

 private:
  friend class LinkedList<T>;
  T* previous_ = nullptr;  // of the first: the last, so that the list finds it by one pointer
  T* following_ = nullptr;
};

template <class T>
class LinkedList {
 public:
  LinkedList() = default;
  LinkedList(const LinkedList&) = delete;
  LinkedList& operator=(const LinkedList&) = delete;

  bool is_empty() const { return first_ == nullptr; }
  T* first() const { return first_; }
  T* after(const T& item) const { return links(item).following_; }

  void append(T& item) noexcept {
    links(item).following_ = nullptr;
    if (first_ == nullptr) {
      first_ = links(item).previous_ = &item;
      return;
    }
    T* const last = links(*first_).previous_;
    links(item).previous_ = last;
    links(*last).following_ = links(*first_).previous_ = &item;
  }

  void remove(T& item) noexcept {
    T* const previous = links(item).previous_;
    T* const following = links(item).following_;
    if (following != nullptr)
      links(*following).previous_ = previous;
    else
      links(*first_).previous_ = previous;
    if (&item == first_)
      first_ = following;
    else
      links(*previous).following_ = following;
  }

 private:
  static Linked<T>& links(T& item) { return item; }
  static const Linked<T>& links(const T& item) { return item; }

  T* first_ = nullptr;
};

}  // namespace crawler::async
