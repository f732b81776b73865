import { Mutex, type ScenarioPlan } from 'raceproof';
import { agents, integers } from './agents.js';

const inodes = 32;
const blocks = 26;

/** Agents look for a free block for their inode, with a lock an inode and a block. From the same paper as `indexer`. */
export function filesystem(count: number): ScenarioPlan {
  const inodeLocks = Array.from({ length: inodes }, () => new Mutex());
  const blockLocks = Array.from({ length: blocks }, () => new Mutex());
  const inode = integers(inodes);
  const busy = integers(blocks);

  /** True if the block was free and is now the inode's. */
  function take(block: number, i: number): boolean {
    return blockLocks[block]!.run(() => {
      if (Atomics.load(busy, block) !== 0) return false;
      Atomics.store(busy, block, 1);
      Atomics.store(inode, i, block + 1);
      return true;
    });
  }

  return {
    tasks: agents(count, 't', (rank) => {
      const i = rank % inodes;
      inodeLocks[i]!.run(() => {
        if (Atomics.load(inode, i) !== 0) return;
        let block = (i * 2) % blocks;
        while (!take(block, i)) block = (block + 1) % blocks;
      });
    }),
  };
}
