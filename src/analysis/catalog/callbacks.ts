/** What well-known callees do with a function they are given. */

/** The callback is a handler: it runs later, any number of times, overlapping itself. */
export const registering = new Set([
  'on', 'once', 'addListener', 'addEventListener', 'prependListener', 'subscribe', 'setInterval', 'setTimeout', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'requestIdleCallback', 'nextTick',
  'get', 'post', 'put', 'patch', 'delete', 'use', 'all', 'route', 'handle', 'command', 'registerCommand', 'listen', 'watch', 'onDidChange', 'createServer', 'schedule', 'cron', 'process',
  'useCallback', 'tool', 'register', 'handler', 'addHandler', 'setHandler', 'observe', 'onMessage', 'connect',
]);

/** Every call makes a fresh run of the callback, all of them at the same time. */
export const forking = new Set(['map', 'flatMap', 'forEach', 'filter', 'some', 'every', 'from', 'pMap', 'pAll', 'parallel', 'mapAsync', 'asyncPool', 'eachLimit', 'parallelLimit', 'mapLimit']);

/** A timer that fires once does not overlap itself. */
export const firingOnce = new Set(['once', 'setTimeout', 'setImmediate', 'queueMicrotask', 'nextTick', 'requestIdleCallback', 'requestAnimationFrame']);

/** A test runner runs its callbacks one after the other. */
export const sequential = new Set(['describe', 'it', 'test', 'suite', 'bench', 'before', 'after', 'beforeAll', 'afterAll', 'beforeEach', 'afterEach', 'context', 'specify', 'step', 'fixture', 'effect', 'scoped', 'live']);

/** Functions that an environment calls once, whatever they are exported for. */
export const runOnce = /^(?:main|bootstrap|setup|globalSetup|globalTeardown|teardown|migrate|up|down|seed|activate|deactivate|register|beforeAll|afterAll|constructor|ngOnInit|componentDidMount|onModuleInit)$/;
