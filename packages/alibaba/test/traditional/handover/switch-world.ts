import { memoryJournal, type CallContext, type Journal } from '@postern/core/internal/library';
import {
  rollbackHandover,
  switchHandover,
  type HandoverPlan,
  type HandoverProof,
  type HandoverRollbackDriver,
  type HandoverSwitchDriver,
  type RollbackHandoverOptions,
  type SwitchEvent,
  type SwitchHandoverOptions,
  type SwitchResult,
} from '../../../src/traditional/handover/internal.js';
import { edit, REGION } from '../../world/simulated.js';
import { carryOut, HOST, runWorld, targetOf, type RunWorld } from './run-world.js';

/** Seconds. */
export const TTL = 60;

/** A hand-over that is built, and a zone whose record leads to the classic group. */
export async function switchWorld() {
  const world = await runWorld();
  // The classic service reports that the domain is a CNAME of the group.
  edit(world.simulation, `"name":"${HOST}"`, `"name":"${HOST}","cname":true`);
  const { call, simulation } = world;
  const former = `${world.groupId}-${REGION}.alicloudapi.com`;
  call('Alidns', 'AddDomain', { DomainName: 'example.com' });
  const record = { DomainName: 'example.com', RR: 'api', Type: 'CNAME', Value: former, TTL };
  const { RecordId } = call('Alidns', 'AddDomainRecord', record);
  const plan = await world.plan();
  const empty = targetOf(world);
  const before = simulation.world();
  const { journal: runJournal } = await carryOut(world, plan);
  await simulation.advance(60_000);
  return {
    ...world,
    empty,
    before,
    runJournal,
    handover: plan,
    former,
    recordId: RecordId as string,
    built: simulation.world(),
  };
}

export type SwitchWorld = Awaited<ReturnType<typeof switchWorld>>;

/** A proof of a plan, as `proveHandover` returns it. */
export const proofOf = ({ handover, fingerprint }: HandoverPlan, ready = true): HandoverProof => ({
  version: 1,
  kind: 'handover-proof',
  handover,
  fingerprint,
  provenAt: '2026-11-25T00:00:00.000Z',
  ready,
  stages: [],
});

/** Everything is well. */
export const good: NonNullable<SwitchHandoverOptions['watch']> = () =>
  Promise.resolve({ classic: { qps: 10, errorShare: 0 }, target: { qps: 10, errorShare: 0 } });

/** What a switch or a rollback came to. */
export interface Ran {
  readonly result: SwitchResult;
  readonly events: readonly SwitchEvent[];
  readonly journal: Journal;
}

type World<D> = { readonly driver: D; readonly ctx: CallContext; readonly handover: HandoverPlan };

/** Switches to the end. */
export function doSwitch(world: World<HandoverSwitchDriver>, more: Partial<SwitchHandoverOptions> = {}): Promise<Ran> {
  const journal = more.journal ?? memoryJournal();
  const options = { context: world.ctx, watch: good, ...more, journal };
  return ran(switchHandover(world.handover, world.driver, proofOf(world.handover), options), journal);
}

/** Rolls back to the end. */
export function rollBack(
  world: World<HandoverRollbackDriver>,
  journal: Journal = memoryJournal(),
  more: Partial<RollbackHandoverOptions> = {},
): Promise<Ran> {
  return ran(rollbackHandover(world.handover, world.driver, { context: world.ctx, ...more, journal }), journal);
}

async function ran(run: AsyncGenerator<SwitchEvent, SwitchResult, undefined>, journal: Journal): Promise<Ran> {
  const events: SwitchEvent[] = [];
  for (let next = await run.next(); ; next = await run.next()) {
    if (next.done === true) return { result: next.value, events, journal };
    events.push(next.value);
  }
}

/** The records of the domain, without their IDs. */
export function recordsOf({ call }: Pick<RunWorld, 'call'>): readonly string[] {
  const rows = call('Alidns', 'DescribeDomainRecords', { DomainName: 'example.com' }).DomainRecords
    .Record as readonly any[];
  return rows
    .map(({ RR, Type, Value, Status, LbaStatus, Weight }) =>
      [RR, Type, Value, Status, ...(LbaStatus ? [Weight] : [])].join(' '),
    )
    .toSorted();
}

/** Callers that ask a resolver that keeps TTLs, one that ignores them, and none. */
export function callers({ simulation }: Pick<RunWorld, 'simulation'>, seconds: number) {
  return [{ 'x-postern-resolver': 'office' }, { 'x-postern-resolver': 'phone; ignores-ttl' }, {}].map((headers) =>
    simulation.traffic.load({ gateway: HOST, paths: ['/carts', '/ping'], headers, perSecond: 1, seconds }),
  );
}

/** Calls that were not delivered, also those that no route took. */
export const notDelivered = (loads: ReturnType<typeof callers>): number =>
  loads.map((load) => load.status()).reduce((sum, { calls, delivered }) => sum + calls - delivered, 0);
