import type { Host } from '../host.js';
import type { Move } from '../page/moves.js';
import type { Content } from '../page/state.js';
import { Header } from './Header.js';
import { StaleNotice } from './notices.js';
import { Outcomes } from './Outcomes.js';
import { ReplayLine } from './ReplayLine.js';
import { Run } from './Run.js';
import { canBeTested, TestLine } from './TestLine.js';
import { WhatNow } from './WhatNow.js';

type Shown = Extract<Content, { kind: 'shown' }>;

interface ProofPageProps {
  readonly host: Host;
  readonly content: Shown;
  readonly engineText: () => Promise<string>;
  readonly onMove: (move: Move) => void;
}

/** One proof: what was found, how, how it ends, and, where there is a witness, the run itself. */
export function ProofPage({ host, content: { shown, step, isStale }, engineText, onMove }: ProofPageProps) {
  const trace = shown.proof.witness?.trace;
  return (
    <main class="proof-page" data-verdict={shown.proof.verdict}>
      {isStale && <StaleNotice onAgain={() => host.post({ type: 'again' })} />}
      <div class="top">
        <Header shown={shown} onOpen={() => host.post({ type: 'open', range: shown.subject.range })} />
        <div class="ends">
          <Outcomes proof={shown.proof} />
          <ReplayLine shown={shown} engineText={engineText} />
          {canBeTested(shown) && <TestLine isStale={isStale} onWrite={() => host.post({ type: 'write-test' })} />}
        </div>
      </div>
      {trace && trace.steps.length > 0 ? (
        <Run shown={shown} trace={trace} step={step} onMove={onMove} onOpen={(range) => host.post({ type: 'open', range })} />
      ) : (
        <WhatNow verdict={shown.proof.verdict} />
      )}
    </main>
  );
}
