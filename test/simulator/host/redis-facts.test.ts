import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emptyServer, execute, giveUp, type Server } from '../../../src/simulator/host/redis/server.js';
import type { Reply } from '../../../src/simulator/host/redis/keyspace.js';

/** By program, each step: who sent what, and what a real server answered (`redis-facts.mjs`). */
const facts = JSON.parse(readFileSync(new URL('redis-facts.json', import.meta.url), 'utf8')) as readonly (readonly (readonly [connection: number, command: readonly string[], reply: Reply])[])[];
const now = 1_704_067_200_000;

/** Members of a set come in no order; of an error in a script it is also told where. */
function settled(command: readonly string[], reply: Reply): Reply {
  if (typeof reply === 'object' && reply !== null && 'error' in reply) return { error: reply.error.replace(/ script: .*/, '') };
  return /^(SMEMBERS|SUNION|SINTER|SDIFF)$/.test(command[0]!) && Array.isArray(reply) ? [...(reply as string[])].sort() : reply;
}

describe('the simulated server answers as Redis does', () => {
  it.each(facts.map((steps, index) => [index + 1, steps] as const))('program %i', (_index, steps) => {
    let server: Server = emptyServer;
    const inTransaction: Record<number, readonly string[][]> = {};
    for (const [connection, command, reply] of steps) {
      let step = execute(server, String(connection), command, now);
      if (step.sent.length === 0) step = giveUp(step.server, String(connection), now);
      server = step.server;
      const queued = inTransaction[connection];
      if (reply === 'QUEUED') inTransaction[connection] = [...(queued ?? []), [...command]];
      else if (/^(EXEC|DISCARD)$/.test(command[0]!)) delete inTransaction[connection];
      const each = (given: Reply): Reply => (command[0] === 'EXEC' && Array.isArray(given) ? (given as Reply[]).map((one, at) => settled(queued![at]!, one)) : settled(command, given));
      const [sent] = step.sent;
      expect({ command, reply: sent && 'reply' in sent ? each(sent.reply) : undefined }).toEqual({ command, reply: each(reply) });
    }
  });
});
