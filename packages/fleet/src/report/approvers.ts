import { htmlText } from '@postern/core/internal/report';
import type { Approval, RunState } from '../model.js';
import { atHtml } from './html-table.js';

/** Who approved a part of a spec, or its wave. */
export function approversHtml(run: RunState, spec: string, of: Approval['kind']): string {
  const wave = run.specs.find(({ name }) => name === spec)?.wave;
  return run.approvals
    .filter(
      ({ kind, subject, answer }) =>
        answer?.approved === true && (kind === of ? subject === spec : kind === 'wave' && subject === wave),
    )
    .map(({ answer }) => `<p>${htmlText(answer?.by ?? '')} ${atHtml(answer?.at)}</p>`)
    .join('');
}
