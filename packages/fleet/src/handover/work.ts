import { UnsupportedError, type JournalRecord } from '@postern/core/internal/library';
import type { HandoverPlan } from '@postern/alibaba/internal/handover';
import type { SpecWork } from '../worker/works.js';
import type { HandoverAccess, HandoverClient } from './access.js';
import type { FleetHandover, FleetHandovers, HandoverUnit } from './model.js';

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
