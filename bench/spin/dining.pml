/* Dining philosophers, one meal each. -DN=5; -DHIERARCHY: the lower fork first. */
#ifndef N
#define N 5
#endif

bool taken[N];

#define take(fork) atomic { !taken[fork] -> taken[fork] = true }
#define put(fork) taken[fork] = false

proctype philosopher(byte seat) {
  byte first = seat;
  byte second = (seat + 1) % N;
#ifdef HIERARCHY
  if
  :: first > second -> first = second; second = seat
  :: else
  fi;
#endif
  take(first);
  take(second);
  put(first);
  put(second)
}

init {
  byte seat = 0;
  atomic {
    do
    :: seat < N -> run philosopher(seat); seat++
    :: else -> break
    od
  }
}
