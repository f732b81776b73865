/** Names that belong to the language itself (ECMA-262), which a compartment provides frozen. */
export const intrinsicNames: ReadonlySet<string> = new Set(
  ('Object Function Array Map Set WeakMap WeakSet WeakRef FinalizationRegistry Symbol String Number Boolean BigInt JSON RegExp Error EvalError RangeError ' +
    'ReferenceError SyntaxError TypeError URIError AggregateError ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array ' +
    'Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array Proxy Reflect Intl Iterator parseInt parseFloat isNaN isFinite decodeURI decodeURIComponent ' +
    'encodeURI encodeURIComponent escape unescape undefined NaN Infinity').split(' '),
);

/**
 * Names that a host adds, all shadowed by parameters of the program so that none of the real ones can be reached.
 * The runtime gives each its simulated value, or an opaque one.
 */
export const ambientNames: readonly string[] = (
  'Promise Math Date Atomics SharedArrayBuffer ' +
  'require module exports globalThis global window self top parent frames process Buffer console performance crypto CryptoKey structuredClone ' +
  'setTimeout clearTimeout setInterval clearInterval setImmediate clearImmediate queueMicrotask requestAnimationFrame cancelAnimationFrame requestIdleCallback ' +
  'AbortController AbortSignal fetch Request Response Headers FormData Blob File FileReader URL URLSearchParams TextEncoder TextDecoder XMLHttpRequest WebSocket EventSource ' +
  'Event EventTarget CustomEvent MessageChannel MessagePort MessageEvent BroadcastChannel Worker SharedWorker WorkerGlobalScope DedicatedWorkerGlobalScope ' +
  'importScripts postMessage onmessage onmessageerror onerror addEventListener removeEventListener dispatchEvent close navigator location origin name ' +
  'indexedDB IDBKeyRange IDBFactory IDBRequest IDBOpenDBRequest IDBVersionChangeEvent IDBDatabase IDBTransaction IDBObjectStore IDBIndex IDBCursor IDBCursorWithValue ' +
  'caches localStorage sessionStorage document history screen alert confirm prompt WebAssembly ReadableStream WritableStream TransformStream ' +
  'CompressionStream DecompressionStream Compartment lockdown harden assert ModuleSource trustedTypes scheduler Notification reportError btoa atob createImageBitmap __filename __dirname'
).split(' ');

/** Names of the language that a program with shared memory gets from the runtime: views must be able to stop at every access. */
export const sharedMemoryNames: readonly string[] = (
  'SharedArrayBuffer Atomics DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array'
).split(' ');
