import { defined } from '@postern/core/internal/adapter';
import type { EventError } from '@postern/core/internal/plan';
import type { FleetState, UnitState } from '../model.js';
import type { HandoverUnit, FleetHandover, FleetHandovers } from './model.js';
import { UnsupportedError, type JournalRecord } from '@postern/core/internal/library';
import type { HandoverPlan } from '@postern/alibaba/internal/handover';
import type { SpecWork } from '../worker/works.js';
import type { HandoverAccess, HandoverClient } from './access.js';

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

/** A hand-over of a spec's work: its plan, and how it is carried out. Plain JSON without secrets. */
export type PlannedHandover = Pick<FleetHandover, 'accept' | 'calls' | 'acceptUnwatched'> & {
  /** The ID of its unit: `handover:0f1e2d3c:RELEASE`. */
  readonly id: string;
  readonly plan: HandoverPlan;
  /** Whether a gateway is bought that does not exist yet. */
  readonly buys: boolean;
  readonly verdicts: HandoverUnit['verdicts'];
};

/** What hand-overs are carried out with. */
export type HandoverWork = SpecWork & {
  readonly handovers: FleetHandovers;
  readonly planned: readonly PlannedHandover[];
};

/** A switch that has begun and not ended, and what a later run needs of it. */
export type KeptHandover = { readonly plan: HandoverPlan; readonly memory: readonly JournalRecord[] };

/** The client of the hand-overs of a spec, with the role of its account. @throws {UnsupportedError} where the worker was started without `handoverAccess` */
export async function handoverClientFor(
  { accounts, handovers }: Pick<HandoverWork, 'accounts' | 'handovers'>,
  handoverAccess: HandoverAccess | undefined,
): Promise<HandoverClient> {
  if (handoverAccess === undefined) {
    throw new UnsupportedError('this worker carries out no hand-overs', {
      remedy: 'Give `handoverAccess` to `startWorker`, or run `postern fleet worker`.',
    });
  }

  const { provider, account: id, region } = handovers;
  const account = accounts.find((one) => one.id === id && one.provider === provider);
  return handoverAccess.clientOf({ provider, region, account: id, assumeRole: account?.role }, account);
}
