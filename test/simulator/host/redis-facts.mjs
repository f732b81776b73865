/**
 * What a real Redis server answers to random programs of two connections: `node test/simulator/host/redis-facts.mjs > test/simulator/host/redis-facts.json`.
 * It needs `redis-server` (Debian's package of that name), starts one on a port of its own, and speaks RESP itself. `redis.test.ts` holds the simulated server to it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { random } from './draw.mjs';

const port = 16_379;
const programs = 60;
const length = 30;

const deleteIfSame = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";
const prolongIfSame = 'if redis.call("get",KEYS[1]) == ARGV[1] then return redis.call("pexpire",KEYS[1],ARGV[2]) else return 0 end';
/** `k`: a key, `v`: a value, `n`: a number, `i`: an index, `s`: a score, `m`: a member; what is in capitals stands for itself. */
const forms = `GET k|SET k v|SET k v NX|SET k v XX|SET k v GET|SET k v PX 100000|SET k v NX EX 100|SET k v KEEPTTL|SETNX k v|GETSET k v|GETDEL k|GETEX k|GETEX k PERSIST|MGET k k k|MSET k v k v|MSETNX k v k v|APPEND k v|STRLEN k|INCR k|DECR k|INCRBY k n|DECRBY k n|INCRBYFLOAT k n
DEL k|DEL k k|EXISTS k k|TYPE k|PERSIST k|EXPIRE k 100|EXPIRE k 100 NX|EXPIRE k -1|RENAME k k|RENAMENX k k|DBSIZE|TTL k
HSET k m v|HSET k m v m v|HSETNX k m v|HGET k m|HMGET k m m|HDEL k m|HDEL k m m|HEXISTS k m|HINCRBY k m n|HLEN k|HSTRLEN k m
LPUSH k v|RPUSH k v v|LPUSHX k v|RPUSHX k v|LPOP k|RPOP k|LPOP k 2|LLEN k|LRANGE k i i|LINDEX k i|LREM k i v|LSET k i v|LTRIM k i i|RPOPLPUSH k k|LMOVE k k LEFT RIGHT
SADD k m|SADD k m m|SREM k m|SISMEMBER k m|SMISMEMBER k m m|SMEMBERS k|SCARD k|SMOVE k k m|SUNION k k|SINTER k k|SDIFF k k
ZADD k s m|ZADD k s m s m|ZADD k NX s m|ZADD k XX CH s m|ZADD k GT s m|ZADD k LT CH s m|ZADD k INCR s m|ZINCRBY k s m|ZSCORE k m|ZCARD k|ZCOUNT k s s|ZRANK k m|ZREVRANK k m|ZREM k m|ZRANGE k i i|ZRANGE k i i WITHSCORES|ZRANGE k i i REV|ZRANGE k s s BYSCORE|ZRANGE k s s BYSCORE LIMIT 0 1|ZREVRANGE k i i|ZRANGEBYSCORE k s s|ZRANGEBYSCORE k (1 +inf|ZREMRANGEBYSCORE k s s|ZREMRANGEBYRANK k i i|ZPOPMIN k|ZPOPMAX k 2
MULTI|EXEC|EXEC|EXEC|DISCARD|WATCH k|WATCH k k|UNWATCH|BLPOP l k 0.01|GET|SET k|EVALDEL k v|EVALPEXPIRE k v`.split(/[|\n]/);

function program(seed) {
  const draw = random(seed);
  const one = (list) => list[Math.floor(draw() * list.length)];
  // Most programs keep to one kind of value, so that there is something to be found.
  const family = seed % 7;
  const mine = family === 6 ? forms : forms.filter((form) => [/^(GET|SET|MGET|MSET|APPEND|STR|INCR|DECR|EVAL)/, /^H/, /^[LR]|^BL/, /^S(ADD|REM|IS|MI|MEM|CARD|MOVE|UN|IN|DIFF)/, /^Z/, /^(GET|SET|INCR|DEL|MULTI|EXEC|WATCH)/][family].test(form) || /^(MULTI|EXEC|DISCARD|WATCH|DEL|EXISTS|TYPE|RENAME|EXPIRE|PERSIST|TTL)/.test(form));
  const values = { k: ['a', 'b', 'c'], v: ['1', '2', '10', 'x', 'y'], n: ['1', '-3', '10', '2.5', 'z'], i: ['0', '1', '-1', '2', '-2'], s: ['1', '2', '2.5', '-1'], m: ['p', 'q', 'r'], l: ['none'] };
  return Array.from({ length }, () => {
    const [name, ...args] = one(mine).split(' ').map((part) => (part.length === 1 && values[part] ? one(values[part]) : part));
    const command = name === 'EVALDEL' ? ['EVAL', deleteIfSame, '1', ...args] : name === 'EVALPEXPIRE' ? ['EVAL', prolongIfSame, '1', ...args, '100000'] : [name, ...args];
    return { connection: draw() < 0.7 ? 0 : 1, command };
  });
}

class Connection {
  #socket;
  #bytes = '';
  #waiting = [];

  async open() {
    this.#socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
    this.#socket.on('data', (more) => {
      this.#bytes += more;
      for (let parsed = parse(this.#bytes, 0); parsed; parsed = parse(this.#bytes, 0)) {
        this.#bytes = this.#bytes.slice(parsed.end);
        this.#waiting.shift()(parsed.value);
      }
    });
    await once(this.#socket, 'connect');
  }

  send(command) {
    this.#socket.write(`*${command.length}\r\n${command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  close() {
    this.#socket.destroy();
  }
}

function parse(bytes, at) {
  const line = bytes.indexOf('\r\n', at);
  if (line === -1) return undefined;
  const text = bytes.slice(at + 1, line);
  const end = line + 2;
  switch (bytes[at]) {
    case '+': return { value: text, end };
    case '-': return { value: { error: text }, end };
    case ':': return { value: Number(text), end };
    case '$': {
      if (text === '-1') return { value: null, end };
      const after = end + Number(text);
      return bytes.length < after + 2 ? undefined : { value: bytes.slice(end, after), end: after + 2 };
    }
    default: {
      if (text === '-1') return { value: null, end };
      const items = [];
      let next = end;
      for (let count = Number(text); count > 0; count--) {
        const item = parse(bytes, next);
        if (!item) return undefined;
        items.push(item.value);
        next = item.end;
      }
      return { value: items, end: next };
    }
  }
}

const server = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], { stdio: ['ignore', 'pipe', 'inherit'] });
for await (const chunk of server.stdout) if (String(chunk).includes('Ready to accept connections')) break;
const facts = [];
for (let seed = 1; seed <= programs; seed++) {
  const connections = [new Connection(), new Connection()];
  for (const connection of connections) await connection.open();
  await connections[0].send(['FLUSHALL']);
  const steps = [];
  for (const { connection, command } of program(seed)) steps.push([connection, command, await connections[connection].send(command)]);
  facts.push(steps);
  for (const connection of connections) connection.close();
}
server.kill();
console.log(`[\n${facts.map((steps) => `[${steps.map((step) => JSON.stringify(step)).join(',\n ')}]`).join(',\n')}\n]`);
