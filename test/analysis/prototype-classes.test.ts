import { describe, expect, test } from 'vitest';
import { findingsIn } from './expectations.js';

const racy = 'const before = this.total; await save(before); this.total = before + 1;';

/** Classes that are written as functions are classes. */
const cases: readonly (readonly [name: string, code: string, found: readonly string[]])[] = [
  ['a method that is assigned', `function Counter() { this.total = 0; } Counter.prototype.add = async function () { ${racy} }; module.exports = Counter;`, ['lost-update Counter#total']],
  ['a method with a name of its own', `function Counter() { this.total = 0; } Counter.prototype.add = async function add() { ${racy} }; exports.Counter = Counter;`, ['lost-update Counter#total']],
  ['methods in a literal that is assigned to', `export function Counter() { this.total = 0; } Object.assign(Counter.prototype, { async add() { ${racy} }, read() { return this.total; } });`, ['lost-update Counter#total']],
  ['a prototype that is a literal', `const Counter = function () { this.total = 0; }; Counter.prototype = { add: async function () { ${racy} } }; export { Counter };`, ['lost-update Counter#total']],
  ['a function whose expression has a name of its own', `const Counter = function Counter() { this.total = 0; }; Counter.prototype = { add: async function () { ${racy} } }; export default Counter;`, ['lost-update Counter#total']],
  ['two methods, one of which calls the other', `function Counter() { this.total = 0; } Counter.prototype.read = function () { return this.total; }; Counter.prototype.add = async function () { const before = this.read(); await save(before); this.total = before + 1; }; module.exports = { Counter };`, ['lost-update Counter#total']],
  ['an inherited field', `const util = require('util'); function Base() { this.total = 0; } Base.prototype.read = function () { return this.total; }; function Counter() { Base.call(this); } util.inherits(Counter, Base);
    Counter.prototype.add = async function () { const before = this.read(); await save(before); this.total = before + 1; }; module.exports = Counter;`, ['lost-update Base#total']],
  ['Object.create', `function Base() { this.total = 0; } Base.prototype.read = function () { return this.total; }; function Counter() { Base.call(this); } Counter.prototype = Object.create(Base.prototype);
    Counter.prototype.add = async function () { const before = this.read(); await save(before); this.total = before + 1; }; module.exports = Counter;`, ['lost-update Base#total']],
  ['lazy initialisation', `function Db() { this.conn = null; } Db.prototype.get = async function () { if (!this.conn) { this.conn = await connect(); } return this.conn; }; module.exports = Db;`, ['double-initialization Db#conn']],
  ['a mutex that the constructor makes', `import { Mutex } from 'async-mutex'; export function Counter() { this.total = 0; this.mutex = new Mutex(); } Counter.prototype.add = async function () { await this.mutex.runExclusive(async () => { ${racy} }); };`, []],
  ['what is added after the wait', `function Counter() { this.total = 0; } Counter.prototype.add = async function () { await save(); this.total += 1; }; module.exports = Counter;`, []],
  ['an object of one call', `function Counter() { this.total = 0; } Counter.prototype.add = async function () { ${racy} }; export async function count() { const counter = new Counter(); await counter.add(); return counter.total; }`, []],
  ['a function whose prototype nobody fills', `function counter() { this.total = 0; } export async function add() { counter(); await save(); }`, []],
];

describe('a function and its prototype', () => {
  test.each(cases)('%s', (_name, code, found) => {
    expect(findingsIn(code, 'subject.js')).toEqual(found);
  });
});
