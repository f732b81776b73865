/** What well-known callees do with a function they are given. */

/** The callback is a handler: it runs later, any number of times, overlapping itself. */
export const registering = new Set([
  'on', 'once', 'addListener', 'addEventListener', 'prependListener', 'subscribe', 'setInterval', 'setTimeout', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'requestIdleCallback', 'nextTick',
  'get', 'post', 'put', 'patch', 'delete', 'use', 'all', 'route', 'handle', 'command', 'registerCommand', 'listen', 'watch', 'onDidChange', 'createServer', 'schedule', 'cron', 'process',
  'useCallback', 'tool', 'register', 'handler', 'addHandler', 'addHook', 'setHandler', 'observe', 'onMessage', 'connect', 'consume', 'pSubscribe',
]);

/** `onDidChangeTextDocument`, `onMessage`: named after what happens. */
const ON = /^on[A-Z]/;
const HAPPENS_ONCE = /^on(?:Before)?(?:Mount|Mounted|Unmount|Unmounted|Destroy|Exit|Ready|Load|Loaded|Init|Start|Startup|Close|Shutdown|Cleanup|Dispose|End|Finish|Abort)(?![a-z])/;

/** What brings message after message to its callback; to wait for the call is to wait until they begin to come. */
const SUBSCRIBING = /^(?:consume|p?[sS]ubscribe)$/;

export function isSubscribing(callee: string): boolean {
  return SUBSCRIBING.test(callee);
}

/** True if a callee hands its callback to those who run it when something happens. */
export function isRegistering(callee: string): boolean {
  return registering.has(callee) || ON.test(callee);
}

/** True if what a callback is registered for happens once. */
export function isFiringOnce(callee: string): boolean {
  return firingOnce.has(callee) || HAPPENS_ONCE.test(callee);
}

/** Every call makes a fresh run of the callback, all of them at the same time. */
export const forking = new Set(['map', 'flatMap', 'forEach', 'filter', 'some', 'every', 'from', 'pMap', 'pAll', 'parallel', 'mapAsync', 'asyncPool', 'eachLimit', 'parallelLimit', 'mapLimit', 'mergeMap']);

/** Runs of the callback that one call makes follow each other: rxjs waits (`concatMap`) or drops (`exhaustMap`), others go through a list. */
export const oneAtATime = new Set(['concatMap', 'exhaustMap', 'mapSeries', 'eachSeries', 'forEachSeries', 'pMapSeries', 'pEachSeries']);

/**
 * Constructors of streams, and what of the object that they are given is never called again before it has ended: WHATWG Streams (4.5.3 pulls once at a time, 5.5.4 writes so);
 * Node calls `read` again when something was pushed, the others when their callback was called.
 */
export const streamMakers = new Set(['ReadableStream', 'WritableStream', 'TransformStream', 'Readable', 'Writable', 'Duplex', 'Transform']);
export const streamSteps = new Set(['start', 'pull', 'write', 'close', 'abort', 'cancel', 'transform', 'flush', 'read', 'writev', 'final', 'construct', 'destroy']);
/** The same as methods of a class that extends one of Node's streams. */
export const streamMethods = new Set(['_read', '_write', '_writev', '_transform', '_flush', '_final', '_construct', '_destroy', '_open', '_predestroy']);

/** A timer that fires once does not overlap itself. */
export const firingOnce = new Set(['once', 'setTimeout', 'setImmediate', 'queueMicrotask', 'nextTick', 'requestIdleCallback', 'requestAnimationFrame']);

/** The callback runs once, in a later turn: what is asked for is answered, or time has passed. */
const LATER = new Set(['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'requestAnimationFrame', 'requestIdleCallback']);
const ERROR_FIRST = /^_?(?:err|error)$/i;
/** `onKeyDown`, `addHandler`, `watchFile`: what is handed over is called whenever something happens; `off`, `removeHandler`: no longer. */
const REGISTERING = /^(?:on|off|add|remove|set|use|watch|unsubscribe|unlisten|subscribe|listen|observe|handle|register|bind|with)(?![a-z])/;

/** `store.get(key, (error, value) => …)` asks, where `app.get('/', (request, response) => …)` waits for requests; what hears of an error as a server does is told three things more. */
const ASKING_TOO = /^(?:get|put|post|patch|delete|all|connect)$/;

function asksForOne(callee: string, { length }: readonly string[]): boolean {
  return ASKING_TOO.test(callee) && length < 4;
}

/** `fs.exists(path, (exists) => …)`: what is told to the callback is the answer alone, as no other function of Node has it. */
export function isAnswerAlone(callee: string, parameters: readonly string[]): boolean {
  return callee === 'exists' && parameters.length === 1;
}

/**
 * True if a callback is what comes after the call, as what stands after an `await` does: that of a timer, one that gets an error first, and that of `fs.exists`.
 * @param parameters Names of the callback's own.
 */
export function isContinuation(callee: string, parameters: readonly string[]): boolean {
  return LATER.has(callee) || isAnswerAlone(callee, parameters) || isErrorFirst(callee, parameters);
}

/** True if a callback that gets an error first is what comes after the call; by its name too: `fs.readFile(path, done)`. A function that a timer is given by its name is a task of its own. */
export function isErrorFirst(callee: string, parameters: readonly string[]): boolean {
  return (!isRegistering(callee) || asksForOne(callee, parameters)) && !REGISTERING.test(callee) && parameters.length > 0 && ERROR_FIRST.test(parameters[0]!);
}

/** A test runner runs its callbacks one after the other. */
export const sequential = new Set(['describe', 'it', 'test', 'suite', 'bench', 'before', 'after', 'beforeAll', 'afterAll', 'beforeEach', 'afterEach', 'context', 'specify', 'step', 'fixture', 'effect', 'scoped', 'live']);

/** Functions that an environment calls once, whatever they are exported for. */
export const runOnce = /^(?:main|bootstrap|setup|globalSetup|globalTeardown|teardown|migrate|up|down|seed|activate|deactivate|register|beforeAll|afterAll|constructor|ngOnInit|(?:UNSAFE_)?componentWillMount|componentDidMount|componentWillUnmount|onModuleInit)$/;

/** What a framework calls when a component has changed, the first time under a name of its own: work that it starts and does not wait for leads to another call. */
export const runAnew = /^(?:willUpdate|updated?|firstUpdated|shouldUpdate|render(?:[A-Z]\w*)?|componentDidUpdate|componentWillReceiveProps|ngOnChanges)$/;

/** What a component of Vue is told once in its life. */
export const componentOnce = /^(?:beforeCreate|created|beforeMount|mounted|beforeUnmount|unmounted|beforeDestroy|destroyed|data|setup|serverPrefetch)$/;
