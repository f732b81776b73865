/**
 * The situations that ESLint's `require-atomic-updates` is tested with, and those that its users reported, each rewritten here with an exported
 * function, so that two callers can overlap. `racy` says whether another caller can be overwritten, and `why`; what ESLint says is another matter.
 */
export interface Situation {
  readonly name: string;
  readonly racy: boolean;
  readonly why: string;
  readonly eslint: 'reports' | 'silent' | 'by option';
  readonly code: string;
}

export const situations: readonly Situation[] = [
  { name: 'compound assignment with an await on the right', racy: true, eslint: 'reports', why: 'the old value is read before the right-hand side is awaited', code: `let sum = 0; export async function add() { sum += await price(); }` },
  { name: 'the same in a loop', racy: true, eslint: 'reports', why: 'every round reads before it suspends', code: `let sum = 0; export async function add() { while (more()) { sum += await price(); } }` },
  { name: 'the operand before the await', racy: true, eslint: 'reports', why: 'operands are evaluated from left to right', code: `let sum = 0; export async function add() { sum = sum + (await price()); }` },
  { name: 'the operand after the await', racy: false, eslint: 'silent', why: 'the value is read when the await is over, in the turn of the write', code: `let sum = 0; export async function add() { sum = (await price()) + sum; }` },
  { name: 'an await on one side of a condition', racy: true, eslint: 'reports', why: 'on one of the two ways the task suspends between read and write', code: `let sum = 0; export async function add(x: boolean) { sum = sum + (x ? await price() : 1); }` },
  { name: 'the place or an awaited value', racy: false, eslint: 'silent', why: 'where the task suspends, what is written does not depend on the place', code: `let mode = 'a'; export async function pick(keep: boolean) { mode = keep ? mode : await ask(); }` },
  { name: 'an argument read before another is awaited', racy: true, eslint: 'reports', why: 'arguments are evaluated from left to right', code: `let log = ''; export async function note() { log = join(log, await line()); }` },
  { name: 'an argument read after another was awaited', racy: false, eslint: 'silent', why: 'the place is read after the await', code: `let log = ''; export async function note() { log = join(await line(), log); }` },
  { name: 'a function awaited, then called with the place', racy: false, eslint: 'silent', why: 'the place is read after the await', code: `let log = ''; export async function note() { log = (await formatter())(log); }` },
  { name: 'the place handed to the awaited work', racy: true, eslint: 'reports', why: 'what the work makes of the old value replaces the new one', code: `let doc = { text: '' }; export async function format() { doc = await pretty(doc); }` },
  { name: 'a plain replacement by an awaited value', racy: false, eslint: 'silent', why: 'nothing is read; the last to finish wins, as one must', code: `const box = { value: 0 }; export async function set() { box.value = await measure(); }` },
  { name: 'a local variable', racy: false, eslint: 'silent', why: 'every call has its own', code: `export async function total() { let sum = 0; sum += await price(); return sum; }` },
  { name: 'a local that a callback captures', racy: false, eslint: 'reports', why: 'the callback only reads it', code: `export async function total() { let sum = 0; each(() => sum); sum += await price(); return sum; }` },
  { name: 'a local of the same name inside a callback', racy: false, eslint: 'silent', why: 'the two are different variables', code: `export async function total() { let sum = 0; each(() => { let sum; use(sum); }); sum += await price(); return sum; }` },
  { name: 'an increment with no await in it', racy: false, eslint: 'silent', why: 'read and write are in one turn', code: `let n = 0; export async function inc() { n = n + 1; await tell(); }` },
  { name: 'up before the work, down after it', racy: false, eslint: 'silent', why: 'each of the two updates reads the count afresh', code: `let open = 0; export async function run() { open += 1; await work(); open -= 1; }` },
  { name: 'an object of the module, a field with a compound assignment', racy: true, eslint: 'by option', why: 'a field is a place too', code: `const stats = { hits: 0 }; export async function hit() { stats.hits += await weight(); }` },
  { name: 'a private field', racy: true, eslint: 'silent', why: 'a field is a place too', code: `export class Meter { #units = 0; async add() { this.#units += await read(); } }` },
  { name: 'a generator that yields inside an update', racy: false, eslint: 'reports', why: 'who drives a generator decides when it goes on; nothing says that two are driven at once', code: `let sum = 0; export function* add() { sum += yield 1; }` },
  { name: 'an async generator that awaits inside an update', racy: true, eslint: 'reports', why: 'two consumers can be in it at once', code: `let sum = 0; export async function* add() { sum = sum + (await price()); yield sum; }` },
  { name: 'a field of a parameter set after an await (issues 11899, 13907, 14695, 17312)', racy: false, eslint: 'by option', why: 'the object belongs to the call; nothing shows that two calls have the same one, and what is written does not depend on what was read', code: `export async function fill(row: Row) { const found = await get(row.id); row.title = found.title; }` },
  { name: 'a parameter destructured, then a field of it set (issue 11899)', racy: false, eslint: 'by option', why: 'another field is written than was read, of an object of this call', code: `export const fill = async (row: Row) => { const { id } = row; await ping(id); row.title = 'done'; };` },
  { name: 'a key added to headers that were lent to awaited work (issue 17312)', racy: false, eslint: 'by option', why: 'the headers belong to the request at hand', code: `export async function send(headers: Record<string, string>) { await sign(headers); headers['x-sent'] = 'yes'; }` },
  { name: 'a field of a parameter checked, then set (issue 13907)', racy: false, eslint: 'by option', why: 'nothing shows that two calls have the same object', code: `export async function ensure(row: Row) { if (row.title) { row.title = await better(row); } }` },
  { name: 'the same read and written unchanged (issue 14695)', racy: false, eslint: 'by option', why: 'what is put back was there; an object of this call', code: `export async function touch(row: Row) { const title = row.title; await ping(); row.title = title; }` },
  { name: 'a local object sent out, then changed (issue 11954)', racy: false, eslint: 'silent', why: 'the object was made by this call', code: `export async function make() { const row: Row = {}; const found = await get(row.id); row.title = found.title; return row; }` },
  { name: 'a context of a request, its body set after an await (issue 11740)', racy: false, eslint: 'by option', why: 'every request has a context of its own', code: `export async function handler(ctx: Context, next: Next) { await next(); ctx.body = await render(ctx.path); }` },
  { name: 'two local instances changed after they are awaited (issue 18785)', racy: false, eslint: 'by option', why: 'both were made by this call; the handler runs later and reads nothing', code: `class Shape { width = 0; height = 0; onComplete = () => {}; } export const show = async () => { const a = new Shape(); const b = new Shape(); await Promise.all([a, b]); a.width = 100; a.onComplete = () => { a.height = 200; }; };` },
  { name: 'a ref filled with an awaited value (issue 19377)', racy: false, eslint: 'by option', why: 'nothing is read of it before; the effect runs once', code: `import { useEffect, useRef } from 'react'; export const View = () => { const db = useRef(null); const main = async () => { db.current = await open(5, db); }; useEffect(() => { main(); }, []); return null; };` },
  { name: 'process.exitCode set after a run', racy: false, eslint: 'silent', why: 'what is written does not depend on what was read', code: `export async function cli(opts: Options) { opts.input = process.stdin; try { const { code } = await run(opts); process.exitCode = code; } catch { process.exitCode = 1; } }` },
  { name: 'a module variable checked, then replaced', racy: true, eslint: 'reports', why: 'two callers find it missing and both make one', code: `let client: Client | undefined; export async function get() { if (!client) { client = await connect(); } return client; }` },
  { name: 'checked again after the await (issue 12108)', racy: false, eslint: 'silent', why: 'the check that counts stands in the turn of the write', code: `let dirty = 0; export async function flush() { if (dirty) { await write(); if (dirty) { dirty = 0; } } }` },
  { name: 'a flag set in the turn of its check (issue 12353)', racy: false, eslint: 'reports', why: 'whoever comes second finds the flag set', code: `let syncing = false; export async function sync() { if (syncing) return; syncing = true; await upload(); syncing = false; }` },
  { name: 'a field of this checked, then made (issue 19022)', racy: true, eslint: 'silent', why: 'a field of an instance is as shared as a variable of a module', code: `export class Holder { private client: Client | null = null; async get() { if (this.client === null) { this.client = await connect(); } return this.client; } }` },
  { name: 'set before the await in one branch', racy: false, eslint: 'silent', why: 'no write comes after the suspension', code: `export class Job { state: string | null = null; async run() { try { this.state = compute(); } catch { this.state = null; await report(); } } }` },
  { name: 'loops over local arrays with an await in one', racy: false, eslint: 'silent', why: 'nothing shared is written', code: `export async function run() { const rows: Row[] = []; for (const row of rows) { await save(row); } for (const row of rows) { use(row); } }` },
];
