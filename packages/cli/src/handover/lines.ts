import type { SwitchEvent, SwitchResult, FinishItem, FinishResult } from '@postern/alibaba/internal/handover';
import { counted } from '@postern/core/internal/report';
import { showSteps } from '../apply/show-steps.js';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';

/** Shows a switch or a rollback as it happens, as lines or as JSON, and returns how it ended. */
export async function showSwitch(
  io: Io,
  events: AsyncGenerator<SwitchEvent, SwitchResult, undefined>,
  as: 'json' | 'text' | 'nothing',
): Promise<SwitchResult | undefined> {
  const result = await showSteps<SwitchEvent, SwitchResult>(io, events, {
    as,
    textsOf: (event) => {
      if (event.type === 'switch.started' || event.type === 'switch.done') return [];
      if (event.type !== 'record.wanted') return [switchText(event)];

      const { name, type, value, why } = event.record;
      return [`Write this record (${why}):`, `  ${name}. ${type} ${value}.`];
    },
  });
  for (const text of result?.notes ?? []) note(io, text);
  return result;
}

/** What a switch says beside its steps, as one line. */
export function switchText(
  event: Extract<SwitchEvent, { readonly type: 'record.wanted' | 'switch.judged' | 'built.removed' }>,
): string {
  switch (event.type) {
    case 'record.wanted': {
      const { name, type, value, why } = event.record;
      return `Write this record (${why}): ${name}. ${type} ${value}.`;
    }
    case 'switch.judged': {
      const { share, verdict, message } = event.judged;
      return `${event.stage} ${share} %: ${verdict}: ${message}`;
    }
    case 'built.removed': {
      const { stage, kind, name, state, reason } = event.object;
      return `${stage}: ${kind} ${name} ${state}${reason === undefined ? '' : `: ${reason}`}`;
    }
  }
}

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
      yield `  ${state.padEnd(9)} ${counted(own.length, title)}${how}`;
      for (const { name, stage, reason } of own.slice(0, MOST)) {
        yield `    ${name}${stage === undefined ? '' : ` on ${stage}`}${reason === undefined ? '' : `: ${reason}`}`;
      }
      if (own.length > MOST) yield `    and ${own.length - MOST} more`;
    }
  }
  if (instance !== undefined) yield instance.advice;
}
