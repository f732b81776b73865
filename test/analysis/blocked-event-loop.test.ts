import { describe, expect, test } from 'vitest';
import { createAnalyser } from '../../src/analysis/index.js';
import { project } from '../proof/files.js';
import { findings } from './expectations.js';

const fs = "import { readFileSync, readdirSync, writeFileSync } from 'node:fs'; import { readFile } from 'node:fs/promises'; import { execSync, spawnSync } from 'node:child_process';\n";

const pairs: Record<string, readonly [blocking: string, cured: string]> = {
  'Express': ['app.get("/page", (req, res) => { res.send(readFileSync("page.html")); });', 'app.get("/page", async (req, res) => { res.send(await readFile("page.html")); });'],
  'a router': ['router.post("/build", async (req, res) => { const out = execSync("make"); res.end(out); });', 'router.post("/build", async (req, res) => { const out = await run("make"); res.end(out); });'],
  'middleware': ['app.use((req, res, next) => { writeFileSync("log", req.url); next(); });', 'app.use((req, res, next) => { writeFile("log", req.url, next); });'],
  'a plain server': ['createServer((req, res) => { res.end(readFileSync("." + req.url)); }).listen(80);', 'createServer((req, res) => { createReadStream("." + req.url).pipe(res); }).listen(80);'],
  'a server that emits requests': ['server.on("request", (req, res) => { res.end(String(spawnSync("date").stdout)); });', 'server.on("request", async (req, res) => { res.end(await date()); });'],
  'Fastify': ['fastify.get("/keys", async (request, reply) => { return crypto.pbkdf2Sync(request.body, salt, 1e5, 64, "sha512"); });', 'fastify.get("/keys", async (request, reply) => { return pbkdf2(request.body, salt, 1e5, 64, "sha512"); });'],
  'a route as an object': ['fastify.route({ method: "GET", url: "/", handler: (request, reply) => reply.send(readFileSync("a")) });', 'fastify.route({ method: "GET", url: "/", handler: async (request, reply) => reply.send(await readFile("a")) });'],
  'Koa': ['app.use(async (ctx) => { ctx.body = readFileSync("a"); });', 'app.use(async (ctx) => { ctx.body = await readFile("a"); });'],
  'a handler with a name': ['function list(req, res) { res.json(readdirSync(".")); } app.get("/list", list);', 'async function list(req, res) { res.json(await readdir(".")); } app.get("/list", list);'],
  'a handler in a wrapper': ['app.get("/list", asyncHandler(async (req, res) => { res.json(readdirSync(".")); }));', 'app.get("/list", asyncHandler(async (req, res) => { res.json(await readdir(".")); }));'],
  'a helper': ['const load = (name) => JSON.parse(readFileSync(name, "utf8")); app.get("/config", (req, res) => res.json(load("config.json")));', 'const load = (name) => JSON.parse(readFileSync(name, "utf8")); const config = load("config.json"); app.get("/config", (req, res) => res.json(config));'],
  'a helper of a helper': ['const read = (name) => readFileSync(name); const page = (name) => render(read(name)); app.get("/", (req, res) => { res.send(page("a")); });', 'const read = (name) => readFile(name); const page = async (name) => render(await read(name)); app.get("/", async (req, res) => { res.send(await page("a")); });'],
  'Next': ['export default function handler(req, res) { res.send(readFileSync("a")); }', 'export default async function handler(req, res) { res.send(await readFile("a")); }'],
  'a route handler': ['export async function GET(request) { return new Response(readFileSync("a")); }', 'export async function GET(request) { return new Response(await readFile("a")); }'],
  'a controller': ['@Controller() export class Pages { @Get("/") page() { return readFileSync("a"); } }', '@Controller() export class Pages { @Get("/") async page() { return readFile("a"); } }'],
  'compression': ['app.get("/zip", (req, res) => res.send(zlib.gzipSync(report())));', 'app.get("/zip", async (req, res) => res.send(await gzip(report())));'],
  'a password': ['app.post("/login", (req, res) => { if (bcrypt.compareSync(req.body.password, hash)) res.end(); });', 'app.post("/login", async (req, res) => { if (await bcrypt.compare(req.body.password, hash)) res.end(); });'],
  'a wait in a handler': ['app.get("/slow", (req, res) => { Atomics.wait(cell, 0, 0, 500); res.end(); });', 'app.get("/slow", async (req, res) => { await sleep(500); res.end(); });'],
  'the main thread': ['import { isMainThread } from "node:worker_threads"; if (isMainThread) { start(); Atomics.wait(view, 0, 0); }', 'import { isMainThread } from "node:worker_threads"; if (isMainThread) { start(); await Atomics.waitAsync(view, 0, 0).value; } else { Atomics.wait(view, 0, 0); }'],
  'a page': ['const button = document.querySelector("button"); button.onclick = () => { worker.postMessage(0); Atomics.wait(view, 0, 0); };', 'const button = document.querySelector("button"); button.onclick = async () => { worker.postMessage(0); await Atomics.waitAsync(view, 0, 0).value; };'],
  'a component': ['import { useEffect } from "react"; export function App() { useEffect(() => { Atomics.wait(view, 0, 0); }, []); }', 'import { useEffect } from "react"; export function App() { useEffect(() => { Atomics.waitAsync(view, 0, 0); }, []); }'],
  'synchronous messages': ['export function config() { return ipcRenderer.sendSync("config"); }', 'export function config() { return ipcRenderer.invoke("config"); }'],
  'a synchronous request': ['export function load() { const request = new XMLHttpRequest(); request.open("GET", "/a", false); request.send(); document.title = request.responseText; }', 'export function load() { const request = new XMLHttpRequest(); request.open("GET", "/a"); request.onload = () => { document.title = request.responseText; }; request.send(); }'],
};

describe.each(Object.entries(pairs))('%s', (_, [blocking, cured]) => {
  test('is reported once', () => expect(findings(fs + blocking).map(({ rule }) => rule)).toEqual(['blocked-event-loop']));
  test('is met with silence when cured', () => expect(findings(fs + cured)).toEqual([]));
});

test.each([
  ['start-up', 'const key = readFileSync("key.pem"); createServer({ key }, (req, res) => res.end()).listen(443);'],
  ['a script', 'export function build() { execSync("make"); writeFileSync("out", readFileSync("in")); } build();'],
  ['a command', 'program.command("init").action(() => { execSync("git init"); });'],
  ['a page that is read once', 'let page; app.get("/", (req, res) => { if (!page) page = readFileSync("a"); res.send(page); }); app.get("/b", (req, res) => { cache.page ??= readFileSync("b"); });'],
  ['a cache', 'app.get("/:name", (req, res) => { if (!pages.has(req.params.name)) pages.set(req.params.name, readFileSync(req.params.name)); });'],
  ['development', 'app.get("/", (req, res) => { if (process.env.NODE_ENV !== "production") return res.send(readFileSync("a")); res.send(page); });'],
  ['a look at a name', 'app.get("/", (req, res) => { if (existsSync("a")) res.end(); });'],
  ['another kind of get', 'const value = map.get("a", (x) => readFileSync(x)); settings.get("/a", (value) => readFileSync(value));'],
  ['a worker', 'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => { Atomics.wait(view, 0, 0); parentPort.postMessage(readFileSync("a")); });'],
  ['a bridge to a worker', 'import { isMainThread, receiveMessageOnPort } from "node:worker_threads"; if (isMainThread) { Atomics.wait(view, 0, 0); receiveMessageOnPort(port); }'],
  ['code that asks where it is', 'if (typeof document === "undefined") Atomics.wait(view, 0, 0); else document.title = "a";'],
  ['code for pages and workers', 'export class Cell { onPage() { window.addEventListener("message", this.take); } inWorker() { Atomics.wait(this.view, 0, 0); } }'],
  ['the way out', 'app.get("/quit", (req, res) => { writeFileSync("state", state); process.exit(0); });'],
  ['what a handler starts elsewhere', 'app.get("/", (req, res) => { pool.run(() => readFileSync("a")); queue.add(() => execSync("b")); res.end(); });'],
])('%s is met with silence', (_, code) => expect(findings(fs + code)).toEqual([]));

test('a helper in another file is told by the call that leads to it', () => {
  const files = { 'app.js': "import { load } from './load.js';\nrouter.get('/', async (req, res) => {\n  res.send(load('a'));\n});\n", 'load.js': "import { readFileSync } from 'node:fs';\n\nexport function load(name) {\n  return readFileSync(name);\n}\n" };
  const { findings: found } = createAnalyser(project(files)).analyse({ file: 'app.js', text: files['app.js'] });
  expect(found.map(({ message, range }) => [message, range.start.line])).toEqual([[expect.stringContaining('`readFileSync` at line 4 of load.js waits for the file system while the handler at line 2 answers a request, through this call'), 3]]);
});
