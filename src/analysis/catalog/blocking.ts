/** Calls that keep the whole thread until they are done, by what for. Those that only look at a name in a directory are not worth a word. */
const BLOCKING: readonly (readonly [RegExp, string])[] = [
  [/^(?:execSync|spawnSync|execFileSync|execaSync|execaCommandSync|forkSync)$/, 'a child process'],
  [/^(?:readFileSync|writeFileSync|appendFileSync|readdirSync|copyFileSync|cpSync|rmSync|readSync|writeSync|readvSync|writevSync|copySync|emptyDirSync|outputFileSync|readJ[sS][oO][nN]Sync|writeJ[sS][oO][nN]Sync|outputJ[sS][oO][nN]Sync|globSync)$/, 'the file system'],
  [/^(?:pbkdf2Sync|scryptSync|generateKeyPairSync|generatePrimeSync|hashSync|compareSync|genSaltSync)$/, 'a computation'],
  [/^(?:gzipSync|gunzipSync|deflateSync|inflateSync|deflateRawSync|inflateRawSync|unzipSync|brotliCompressSync|brotliDecompressSync|zstdCompressSync|zstdDecompressSync)$/, 'a computation'],
];

/** What a call of this name waits for; undefined if it does not block, or not for long. */
export function blockedBy(callee: string): string | undefined {
  return BLOCKING.find(([names]) => names.test(callee))?.[1];
}

/** Methods that register a handler of requests: of Express, Fastify, Koa's router, Hono, itty and their like. */
export const routing: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'use', 'head', 'options', 'del', 'addHook', 'onRequest']);

/** What such a method is called on. */
export const router = /(?:^|[a-z_$])(?:app|router|routes?|server|api|fastify|koa|express|web|http)$/i;

/** What makes one, called or constructed. */
export const routerMaker = /^(?:Router|express|fastify|Fastify|Koa|KoaRouter|Hono|Elysia|polka|restana|restify)$/;

/** What the first parameter of a handler of requests is called. */
export const requestName = /^_?(?:req|request|ctx|context|c|event)$/i;

/** Decorators of methods that answer requests. */
export const answering = /^(?:Get|Post|Put|Patch|Delete|All|Head|Options|Sse|MessagePattern|Query|Mutation|Resolver)$/;

/** Exports that a framework calls for each request. */
export const requestExport = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|loader|action|getServerSideProps)$/;
