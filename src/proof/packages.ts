/** Words in the name of a package, of what is imported from it, or among its keywords, that tell of waiting, order, or state that tasks share. */
const words = new Set(
  ('lock locks mutex mutexes semaphore sema queue queues limit limiter concurrency concurrent throttle debounce debouncer rate pool batch batching barrier latch ' +
    'event events emitter eventemitter eventemitter3 pubsub store stores state atom signal signals observable immutable memo memoize memoization once singleton cache lru ' +
    'defer deferred synchronization serialize uuid nanoid uid id unique').split(' '),
);

/** Whether a package is worth running for real: one that orders tasks, or holds what they share. `manifest` is the text of its package.json. */
export function matters(name: string, manifest: string): boolean {
  const { keywords } = parsed(manifest);
  const texts = [name, ...(Array.isArray(keywords) ? keywords.map(String) : [])];
  return texts.some((text) => text.split(/(?=[A-Z])|[^A-Za-z0-9]+/).some((word) => words.has(word.toLowerCase())));
}

function parsed(manifest: string): { readonly keywords?: unknown } {
  try {
    return JSON.parse(manifest) as { readonly keywords?: unknown };
  } catch {
    return {};
  }
}
