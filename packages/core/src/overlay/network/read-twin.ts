import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { SimulatedTwin } from '../carry/simulated-twin.js';
import type { PlanSet } from '../rows/plan-set.js';

/** Nothing that a snapshot has is of this project. */
const PROJECT = 'plan';

/** The regions of a snapshot as they are on its twin now, read by the adapters' own `observe`. One that no adapter reads is left out. */
export async function readTwin(twin: SimulatedTwin, base: Snapshot, set: PlanSet): Promise<readonly RegionSnapshot[]> {
  const ctx = contextOf(twin);
  const read: RegionSnapshot[] = [];
  for (const { provider, region, account, unread } of base.regions) {
    const of = set.named(provider);
    if (of?.driver === undefined || unread !== undefined) continue;

    const driver = await of.driver(region, twin.clients(provider, region));
    const found = await driver.observe({ all: true, checks: true, uses: true, domains: true, project: PROJECT }, ctx);
    read.push({ ...found, account });
  }
  return read;
}

/** Calls are answered at once, and none is too many. */
function contextOf(twin: SimulatedTwin): CallContext {
  const now = (): number => twin.now();
  return {
    clock: { now, monotonicMs: now, sleep: () => Promise.resolve() },
    random: () => 0,
    pace: { slot: () => Promise.resolve(), slowDown: () => undefined },
  };
}
