/* Peterson's mutual exclusion, one entry each. -DTSO: plain stores wait in a first-in-first-out buffer; -DFENCE: a fence behind them. */
bool flag[2];
byte turn;
byte inside;

#ifdef TSO
chan buffer[2] = [4] of { byte, byte };
byte own_turn[2];      /* what a load of turn finds in the reader's own buffer, */
byte own_pending[2];   /* if this many stores of turn wait there */
#define FLAG 0
#define TURN 1
#define set_flag(me, value) buffer[me]!FLAG, value
#define set_turn(me, value) atomic { buffer[me]!TURN, value; own_turn[me] = value; own_pending[me]++ }
#define turn_of(me) (own_pending[me] > 0 -> own_turn[me] : turn)

proctype flusher(byte me) {
  byte place, value;
end:
  do
  :: atomic { buffer[me]?place, value ->
       if
       :: place == FLAG -> flag[me] = value
       :: else -> turn = value; own_pending[me]--
       fi }
  od
}
#else
#define set_flag(me, value) flag[me] = value
#define set_turn(me, value) turn = value
#define turn_of(me) turn
#endif

proctype competitor(byte me) {
  set_flag(me, 1);
  set_turn(me, 1 - me);
#ifdef FENCE
  empty(buffer[me]);
#endif
  /* two loads, as in the program: the other's flag, then the turn */
wait:
  if
  :: !flag[1 - me] -> goto enter
  :: else
  fi;
  if
  :: turn_of(me) == me -> goto enter
  :: else -> goto wait
  fi;
enter:
  inside++;
  assert(inside == 1);
  inside--;
  set_flag(me, 0)
}

init {
  atomic {
    run competitor(0);
    run competitor(1);
#ifdef TSO
    run flusher(0);
    run flusher(1)
#endif
  }
}
