/** Facts about `fetch`, each a program that logs what is causally determined. */
export const prelude = `
const http = require('http');
const logged = (...values) => log(values.map(String).join(' '));
const shown = (e) => [e.name, e.code, e.message, e.cause && [e.cause.name, e.cause.code, e.cause.syscall, e.cause.message.replace(/\\d{4,}/g, 'PORT')].join(' ')].join(' ');
track(1);
const serve = (onRequest, then) => {
  const server = http.createServer(onRequest);
  server.on('close', () => track(-1));
  server.listen(0, '127.0.0.1', async () => { try { await then('http://127.0.0.1:' + server.address().port); } catch (e) { logged('threw', shown(e)); } server.close(); server.closeAllConnections(); });
};
const bodyOf = async (req) => { let all = ''; req.setEncoding('utf8'); for await (const part of req) all += part; return all; };
const tried = async (f) => { try { logged('gave', await f()); } catch (e) { logged(shown(e)); } };
`;

export const fetchPrograms: Readonly<Record<string, string>> = {
  'text': `serve((req, res) => { logged(req.method, req.url, req.headers.accept, req.headers['user-agent'], req.headers.connection); res.end('héllo'); }, async (at) => { const r = await fetch(at + '/a?b=1'); logged(r.ok, r.status, r.statusText, r.bodyUsed, r.headers.get('content-length'), r.url === at + '/a?b=1', r.redirected, r.type, r instanceof Response); logged(await r.text(), r.bodyUsed); await tried(() => r.text()); });`,
  'json there and back': `serve(async (req, res) => { const { a } = JSON.parse(await bodyOf(req)); logged(req.headers['content-type'], req.headers['content-length']); res.setHeader('content-type', 'application/json'); res.end(JSON.stringify({ a: a + 1 })); }, async (at) => { const r = await fetch(at, { method: 'post', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ a: 1 }) }); logged(JSON.stringify(await r.json()), r.headers.get('Content-Type')); });`,
  'kinds of bodies': `serve(async (req, res) => { res.end(req.headers['content-type'] + '|' + await bodyOf(req)); }, async (at) => { for (const body of ['text', new URLSearchParams({ a: 'b c', d: 'é' }), Buffer.from('buffer'), new Uint8Array([97, 98]), new Uint8Array([99, 100]).buffer]) logged(await (await fetch(at, { method: 'PUT', body })).text()); });`,
  'status and headers': `serve((req, res) => { res.writeHead(404, 'Nothing Here', { 'X-A': '1', 'Set-Cookie': ['a=1', 'b=2'] }); res.end(); }, async (at) => { const r = await fetch(at); logged(r.ok, r.status, r.statusText, r.headers.get('x-a'), r.headers.has('X-B'), r.headers.getSetCookie().join('&'), [...r.headers].filter(([n]) => n === 'x-a' || n === 'set-cookie').join('; ')); logged((await r.text()) === ''); });`,
  'arrayBuffer, clone, iteration': `serve((req, res) => { res.end('abc'); }, async (at) => { const r = await fetch(at); logged([...new Uint8Array(await r.arrayBuffer())]); const s = await fetch(at); let all = []; for await (const part of s.body) all.push(...part); logged(all, s.bodyUsed); const u = new Response('x', { status: 201 }); const v = u.clone(); logged(await u.text(), await v.text(), v.status); });`,
  'a body in parts': `serve((req, res) => { res.write('a'); setTimeout(() => res.end('b'), 5); }, async (at) => { const r = await fetch(at); logged(r.headers.get('transfer-encoding'), r.headers.get('content-length')); logged(await r.text()); });`,
  'no body': `serve((req, res) => { res.statusCode = 204; res.end(); }, async (at) => { const r = await fetch(at); logged(r.body, r.status, (await r.text()) === ''); });`,
  'refused': `(async () => { await tried(() => fetch('http://127.0.0.1:1/')); await tried(() => fetch('http://127.0.0.1:2/')); await tried(() => fetch('http://127.0.0.1:2/', { method: 'POST', body: 'x' })); track(-1); })();`,
  'the server hangs up': `serve((req, res) => { req.socket.destroy(); }, async (at) => { await tried(() => fetch(at)); });`,
  'the response breaks off': `serve((req, res) => { res.write('part'); setTimeout(() => res.destroy(), 5); }, async (at) => { const r = await fetch(at); logged(r.ok); await tried(() => r.text()); });`,
  'aborted before': `(async () => { await tried(() => fetch('http://127.0.0.1:1/', { signal: AbortSignal.abort() })); await tried(() => fetch('http://127.0.0.1:1/', { signal: AbortSignal.abort(new Error('mine')) })); track(-1); })();`,
  'aborted while it waits': `serve((req, res) => { res.on('close', () => logged('server heard', res.writableEnded)); controller.abort(); }, async (at) => { try { await fetch(at, { signal: controller.signal }); } catch (e) { lines.push(shown(e) + ' ' + (e instanceof DOMException)); } await new Promise((go) => setTimeout(go, 20)); logged(lines); }); const controller = new AbortController(); const lines = [];`,
  'aborted while it reads': `serve((req, res) => { res.write('part'); }, async (at) => { const controller = new AbortController(); const r = await fetch(at, { signal: controller.signal }); const text = r.text(); controller.abort(); await tried(() => text); });`,
  'a time-out': `serve((req, res) => {}, async (at) => { await tried(() => fetch(at, { signal: AbortSignal.timeout(20) })); });`,
  'an abort after the end does nothing': `serve((req, res) => { res.end('x'); }, async (at) => { const controller = new AbortController(); const r = await fetch(at, { signal: controller.signal }); const text = await r.text(); controller.abort(); logged(text); });`,
  'a Request': `serve(async (req, res) => { res.end(req.method + ' ' + req.headers['x-a'] + ' ' + await bodyOf(req)); }, async (at) => { const q = new Request(at, { method: 'POST', headers: [['X-A', '1']], body: 'b' }); logged(q.method, q.url === at + '/', q.headers.get('x-a'), q.headers.get('content-type'), q.bodyUsed); const twin = q.clone(); logged(await (await fetch(q)).text(), q.bodyUsed, twin.bodyUsed, await twin.text()); await tried(() => fetch(q)); logged(await (await fetch(new Request(at, { method: 'PUT', body: 'c' }), { headers: { 'x-a': '2' } })).text()); });`,
  'Headers': `const h = new Headers({ B: '2', a: ' 1 ' }); h.append('A', '3'); h.set('c', 4); logged([...h].join('; '), h.get('a'), h.get('none'), h.has('B'), [...h.keys()], [...h.values()]); h.delete('b'); h.forEach((v, k, o) => logged(k, v, o === h)); for (const f of [() => new Headers([['a b', 'c']]), () => h.append('', 'x'), () => new Headers('x')]) try { f(); logged('nothing'); } catch (e) { logged(e.name); } track(-1);`,
  'Response': `(async () => { const r = Response.json({ a: 1 }, { status: 418 }); logged(r.status, r.ok, r.headers.get('content-type'), await r.text()); logged(new Response().body, new Response('x').headers.get('content-type'), new Response('').type); for (const f of [() => new Response('x', { status: 600 }), () => new Response('x', { status: 204 }), () => new Request('/relative'), () => new Request('http://x', { body: 'b' })]) try { f(); logged('nothing'); } catch (e) { logged(e.name); } await tried(() => new Response('{').json().catch((e) => e.name)); track(-1); })();`,
};
