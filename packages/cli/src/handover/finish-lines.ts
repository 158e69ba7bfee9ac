import type { FinishItem, FinishResult } from '@postern/alibaba/handover';
import { count } from '../output/quantities.js';

/** The option that consents to a removal. */
const REMOVALS = {
  offline: '--offline',
  apis: '--delete-apis',
  domains: '--delete-domains',
  group: '--delete-group',
  records: '--delete-records',
} as const satisfies Record<FinishItem['by'], string>;

const TITLES: Readonly<Record<FinishItem['kind'], string>> = {
  publication: 'published API',
  api: 'API',
  domain: 'domain',
  group: 'group',
  record: 'former record',
};

/** Items of one kind that are listed. */
const MOST = 10;

/** What the end of a hand-over found, as lines. */
export function* finishLines({ stages, items, instance }: FinishResult): Iterable<string> {
  for (const { stage, switchedAt, drainedAt, message } of stages) {
    yield `${stage}: switched at ${switchedAt}, the drain ends at ${drainedAt}; ${message}`;
  }
  yield items.length === 0 ? 'Nothing is left of the classic group.' : 'Left:';
  for (const state of ['removable', 'kept', 'removed'] as const) {
    for (const [kind, title] of Object.entries(TITLES)) {
      const own = items.filter((item) => item.kind === kind && item.state === state);
      const [first] = own;
      if (first === undefined) continue;
      const how = state === 'removable' ? `, removed with ${REMOVALS[first.by]}` : '';
      yield `  ${state.padEnd(9)} ${count(own.length, title)}${how}`;
      for (const { name, stage, reason } of own.slice(0, MOST)) {
        yield `    ${name}${stage === undefined ? '' : ` on ${stage}`}${reason === undefined ? '' : `: ${reason}`}`;
      }
      if (own.length > MOST) yield `    and ${own.length - MOST} more`;
    }
  }
  if (instance !== undefined) yield instance.advice;
}
