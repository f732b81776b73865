import type { Proof } from '../../model/index.js';
import { counted } from '../timeline/words.js';
import { compareOutcomes, listOutcomes, type Column, type Comparison, type Row } from '../timeline/outcomes.js';

/** How the shown run ends beside how it should have; without a run, how all of them ended. */
export function Outcomes({ proof: { witness, outcomes } }: { readonly proof: Proof }) {
  if (!witness && outcomes.length === 0) return null;
  const comparison = witness ? compareOutcomes(witness.outcome, witness.expectedOutcomes) : listOutcomes(outcomes);
  return (
    <section class="outcomes" data-compared={witness !== undefined} aria-labelledby="outcomes-title">
      <h2 id="outcomes-title">{witness ? 'How it ends' : 'How they end'}</h2>
      <ComparisonTable comparison={comparison} />
      {comparison.omitted > 0 && <p class="quiet">{comparison.omitted === 1 ? 'One more outcome is' : `${comparison.omitted} more outcomes are`} not shown.</p>}
    </section>
  );
}

function ComparisonTable({ comparison: { columns, rows } }: { readonly comparison: Comparison }) {
  return (
    <div class="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">Part of the outcome</span>
            </th>
            {columns.map((column, index) => (
              <th scope="col" data-kind={column.kind}>
                {titleOf(column, index, columns)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr data-part={row.part}>
              <th scope="row">
                <RowName row={row} />
              </th>
              {row.cells.map(({ text, differs }, index) => (
                <td data-kind={columns[index]?.kind} data-differs={differs}>
                  {differs ? <strong>{text}</strong> : text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RowName({ row: { part, name } }: { readonly row: Row }) {
  if (part === 'state') return <code>{name}</code>;
  return (
    <>
      <span class="quiet">{part === 'result' ? 'task ' : 'calls '}</span>
      <code>{name}</code>
    </>
  );
}

function titleOf({ kind, count }: Column, index: number, columns: readonly Column[]): string {
  if (count !== undefined) return `${kind === 'failing' ? 'Wrong, in ' : 'In '}${counted(count, 'interleaving', 'interleavings')}`;
  if (kind === 'failing') return 'This run';
  return columns.length === 2 ? 'Expected' : index === 1 ? 'Expected' : 'or';
}
