import type { Assumption } from '../../model/index.js';
import type { ShowMessage } from '../protocol.js';
import { headlineOf, verdictMeanings, verdictWords } from '../timeline/words.js';
import { Icon } from './Icon.js';
import { Sentence } from './Sentence.js';

export function Header({ shown: { subject, proof }, onOpen }: { readonly shown: ShowMessage; readonly onOpen: () => void }) {
  const { file, start } = subject.range;
  const { headline, detail } = headlineOf(proof);
  return (
    <header class="header">
      <p class="facts">
        <span class="verdict" title={verdictMeanings[proof.verdict]}>
          <Icon name={proof.verdict} />
          {verdictWords[proof.verdict]}
        </span>
        {subject.rule !== undefined && <span class="rule">{subject.rule}</span>}
        {subject.location !== undefined && <code>{subject.location}</code>}
        <span class="subject">
          in <code>{subject.name}</code>
        </span>
        <button type="button" class="link" onClick={onOpen} title={`Open ${file} at line ${start.line}`}>
          {file}:{start.line}
        </button>
      </p>
      <h1>
        <Sentence text={headline} />
      </h1>
      {[detail, proof.verdict === 'refuted' ? undefined : subject.message].map(
        (text) =>
          text !== undefined && (
            <p class="reason">
              <Sentence text={text} />
            </p>
          ),
      )}
      {proof.witness && <Assumptions of={proof.witness.assumptions} />}
    </header>
  );
}

function Assumptions({ of }: { readonly of: readonly Assumption[] }) {
  if (of.length === 0) return null;
  return (
    <details class="assumptions" open={of.length <= 4}>
      <summary>{of.length === 1 ? 'Assuming that' : `Assuming ${of.length} things`}</summary>
      <ul>
        {of.map(({ text }) => (
          <li>
            <Sentence text={text} />
          </li>
        ))}
      </ul>
    </details>
  );
}
