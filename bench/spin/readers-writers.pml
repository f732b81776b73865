/*
 * Readers and writers (Courtois, Heymans, Parnas 1971): two readers, one writer, for ever. POLICY 0: no lock, 1: readers first,
 * 2: writers first, 3: in the order of arrival. A state of the lock changes in one atomic step, so the policy is what is checked,
 * not the semaphores that it may be made of.
 */
#define READERS 2
#define WRITERS 1
#define TASKS (READERS + WRITERS)

byte reading, writing;
byte waiting_readers, waiting_writers;
bool wants[TASKS];
chan queue = [TASKS] of { byte };

inline enter_to_read() {
#if POLICY == 0
  wants[me] = true; reading++; wants[me] = false
#elif POLICY == 1
  atomic { waiting_readers++; wants[me] = true };
  atomic { writing == 0 -> reading++; waiting_readers--; wants[me] = false }
#elif POLICY == 2
  wants[me] = true;
  atomic { writing == 0 && waiting_writers == 0 -> reading++; wants[me] = false }
#else
  atomic { queue!me; wants[me] = true };
  atomic { queue?[eval(me)] && writing == 0 -> queue?eval(me); reading++; wants[me] = false }
#endif
}

inline enter_to_write() {
#if POLICY == 0
  wants[me] = true; writing++; wants[me] = false
#elif POLICY == 1
  wants[me] = true;
  atomic { writing == 0 && reading == 0 && waiting_readers == 0 -> writing++; wants[me] = false }
#elif POLICY == 2
  atomic { waiting_writers++; wants[me] = true };
  atomic { writing == 0 && reading == 0 -> writing++; waiting_writers--; wants[me] = false }
#else
  atomic { queue!me; wants[me] = true };
  atomic { queue?[eval(me)] && writing == 0 && reading == 0 -> queue?eval(me); writing++; wants[me] = false }
#endif
}

proctype reader(byte me) {
end:
  do
  :: enter_to_read();
     assert(writing == 0);
     reading--
  od
}

proctype writer(byte me) {
end:
  do
  :: enter_to_write();
     assert(writing == 1 && reading == 0);
     writing--
  od
}

init {
  byte me = 0;
  atomic {
    do
    :: me < READERS -> run reader(me); me++
    :: me >= READERS && me < TASKS -> run writer(me); me++
    :: else -> break
    od
  }
}

/* The first reader, the first writer: whoever wants to enter does, sooner or later. */
ltl reader_enters { [] (wants[0] -> <> !wants[0]) }
ltl writer_enters { [] (wants[READERS] -> <> !wants[READERS]) }
