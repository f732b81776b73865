/* Bounded buffer with two counting semaphores and a mutex (Dijkstra). -DSWAPPED: the mutex is taken before the counting semaphore. */
#define SIZE 1
#define ITEMS 2
#define PRODUCERS 2
#define CONSUMERS 2

byte empty_slots = SIZE, full_slots = 0, mutex = 1;
byte filled;

#define P(semaphore) atomic { semaphore > 0 -> semaphore-- }
#define V(semaphore) semaphore++

proctype producer() {
  byte i;
  for (i : 1 .. ITEMS) {
#ifdef SWAPPED
    P(mutex); P(empty_slots);
#else
    P(empty_slots); P(mutex);
#endif
    filled++;
    assert(filled <= SIZE);
    V(mutex); V(full_slots)
  }
}

proctype consumer() {
  byte i;
  for (i : 1 .. ITEMS) {
#ifdef SWAPPED
    P(mutex); P(full_slots);
#else
    P(full_slots); P(mutex);
#endif
    assert(filled > 0);
    filled--;
    V(mutex); V(empty_slots)
  }
}

init {
  byte i;
  atomic {
    for (i : 1 .. PRODUCERS) { run producer() }
    for (i : 1 .. CONSUMERS) { run consumer() }
  }
}
