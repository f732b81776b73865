import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyse } from '../../src/analysis/index.js';
import type { Scenario } from '../../src/model/index.js';
import { prove } from '../../src/proof/index.js';
import { createNodeSimulator } from '../../src/simulator/node.js';
import type { ShowMessage } from '../../src/webview/protocol.js';
import { buildInto } from './page-server.js';
import { accountFile, accountText } from './proofs.js';

export type ReplayableShow = ShowMessage & { readonly scenario: Scenario };

/** The account's race as it is really found and proved, with the scenario that the page can replay. */
export async function proveAccount(): Promise<ReplayableShow> {
  const source = { file: accountFile, text: accountText };
  const [finding] = analyse(source).findings;
  if (!finding) throw new Error('The race was not found.');
  const folder = await mkdtemp(join(tmpdir(), 'raceproof-simulator-'));
  const simulator = createNodeSimulator({ workerPath: await buildInto(folder, 'src/simulator/worker/node-entry.ts') });
  try {
    const { scenario, ...proof } = await prove(finding, source, simulator);
    if (!scenario || !proof.witness) throw new Error(`The race was not confirmed: ${proof.reason}`);
    const { rule, location, message, range } = finding;
    return { type: 'show', id: 'account-real', subject: { name: 'Account.withdraw', range, rule, location, message }, proof, sources: [source], scenario };
  } finally {
    await simulator.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}
