import { defined } from '@postern/core/internal/adapter';
import type { EventError } from '@postern/core/internal/plan';
import type { FleetState, UnitState } from '../model.js';
import type { HandoverUnit } from './model.js';
import type { PlannedHandover } from './work.js';

/** The parts of a hand-over: run, prove, switch. */
const PARTS = 3;

export function handoverUnit(
  spec: string,
  { id, plan, verdicts }: PlannedHandover,
  {
    state,
    done = 0,
    error,
    handedOver,
  }: {
    readonly state: FleetState;
    readonly done?: number | undefined;
    readonly error?: EventError | undefined;
    readonly handedOver?: HandoverUnit | undefined;
  },
): UnitState & { readonly handedOver: HandoverUnit } {
  const { provider, account, region, group, stages } = plan;
  const failed = state === 'failed' ? 1 : 0;
  const isOver = state !== 'waiting' && state !== 'running';
  return {
    id: `${spec}/${id}`,
    spec,
    unit: id,
    provider,
    account,
    region,
    state,
    steps: PARTS,
    done,
    failed,
    skipped: isOver ? PARTS - done - failed : 0,
    ...defined({ error }),
    handedOver: handedOver ?? {
      group: `${group.name} (${group.id})`,
      stage: stages[0]?.stage ?? '',
      verdicts,
      routes: stages.reduce((sum, { routes }) => sum + routes.length, 0),
      left: stages.flatMap(({ todos }) => todos.map(({ subject, text }) => `${subject}: ${text}`)),
    },
  };
}
