import type { Arrival } from '../../agents/shared-objects.js';
import { textOf, usualSplitting, type Written } from './byte-queue.js';

/** Kinds of shared objects: identities begin with these. */
export const socketKind = 'socket';
export const serverKind = 'server';

/** Bytes on their way to one end beyond which no write is taken: Linux's usual send buffer (`net.ipv4.tcp_wmem`). A write that begins below it is taken whole. */
export const capacity = 16_384;

/** What a connection carries: bytes, whose boundaries are not kept; or messages of HTTP, which frames them itself. */
export type Carried = 'bytes' | 'messages';

/** What comes to a socket. */
export type SocketNews =
  | { readonly kind: 'connected' }
  /** `code` as in `errno`: ECONNREFUSED, ENOENT. */
  | { readonly kind: 'failed'; readonly code: string }
  /** latin1. */
  | { readonly kind: 'bytes'; readonly bytes: string }
  | { readonly kind: 'message'; readonly message: unknown }
  | { readonly kind: 'end' }
  | { readonly kind: 'reset' }
  /** A write that was held back is on its way. */
  | { readonly kind: 'taken' };

/** What comes to a server: the accepted end of a connection; with HTTP, the message that came with it. */
export interface ConnectionNews {
  readonly socket: string;
  readonly first?: unknown;
}

/** One end of a connection. A state is never changed, only replaced, so that an undo is the state before. */
export interface End {
  readonly owner: string;
  readonly carries: Carried;
  /** Tells the owner of the connection; undefined once it knows. */
  readonly told: Arrival | undefined;
  /** On its way here, or here and not read. */
  readonly queue: readonly Written[];
  readonly messages: readonly unknown[];
  /** Bytes that were ever put on their way here. */
  readonly written: number;
  /** Cuts inside writes so far. */
  readonly splits: number;
  readonly isReading: boolean;
  /** What comes behind the queue: nothing yet, the end of the stream, or that the connection is no more. */
  readonly last: 'open' | 'end' | 'reset';
  /** The last one was told. */
  readonly isOver: boolean;
  /** It writes no more. */
  readonly isShut: boolean;
  readonly isClosed: boolean;
  /** The other end is gone and has heard from this one since, so the connection is known to be no more. */
  readonly isBroken: boolean;
  /** Writes that were held back, for the other end's buffer is full. */
  readonly held: readonly string[];
  /** They are taken when this fires. */
  readonly taking: Arrival | undefined;
  /** What may arrive next, by what it is: `all`, `last`, or the offset of a cut. */
  readonly arrivals: ReadonlyMap<string, Arrival>;
}

export const freshEnd: Omit<End, 'owner' | 'carries' | 'told'> = {
  queue: [], messages: [], written: 0, splits: 0, isReading: true, last: 'open', isOver: false, isShut: false, isClosed: false, isBroken: false, held: [], taking: undefined, arrivals: new Map(),
};

export const splitting = usualSplitting;

/** The other end of the same connection. */
export function peerOf(socket: string): string {
  return socket.endsWith(accepted) ? socket.slice(0, -accepted.length) : socket + accepted;
}

const accepted = ' accepted';

/** Behind what is in the queue. */
export function appended(end: End, writes: readonly string[], fromSameAgent: boolean): Pick<End, 'queue' | 'written'> {
  let { written } = end;
  const queue = [...end.queue];
  writes.forEach((bytes, rank) => {
    if (bytes === '') return;
    queue.push({ bytes, from: written, start: written, splits: 0, isJoined: rank > 0 || fromSameAgent });
    written += bytes.length;
  });
  return { queue, written };
}

export function isFull({ queue }: End): boolean {
  return textOf(queue).length >= capacity;
}
