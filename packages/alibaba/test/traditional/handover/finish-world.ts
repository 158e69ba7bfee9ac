import { memoryJournal, type CallContext, type Journal } from '@postern/core/internal/library';
import {
  finishHandover,
  watchByCloud,
  type FinishEvent,
  type FinishHandoverOptions,
  type FinishResult,
  type HandoverFinishDriver,
  type HandoverPlan,
  type WatchCalls,
} from '../../../src/traditional/handover/internal.js';
import { doSwitch, switchWorld } from './switch-world.js';

/** How long clients keep connections in these tests. */
export const KEEP_ALIVE_MS = 600_000;

/** A hand-over whose records all lead to the target, an hour ago. */
export async function finishWorld() {
  const world = await switchWorld();
  const { journal } = await doSwitch(world);
  const switched = world.simulation.world();
  await world.simulation.advance(3_600_000);
  return { ...world, journal, switched, drained: world.simulation.world() };
}

export type FinishWorld = Awaited<ReturnType<typeof finishWorld>>;

/** What the simulated cloud counts. */
export const counted = ({ handover, driver, ctx }: World): WatchCalls =>
  watchByCloud(handover, driver, { context: ctx, exact: true });

type World = { readonly driver: HandoverFinishDriver; readonly ctx: CallContext; readonly handover: HandoverPlan };

/** Finishes to the end. */
export async function doFinish(
  world: World,
  { journal = memoryJournal(), ...more }: Partial<FinishHandoverOptions> & { readonly journal?: Journal } = {},
): Promise<{ readonly result: FinishResult; readonly events: readonly FinishEvent[] }> {
  const events: FinishEvent[] = [];
  const { driver, ctx, handover } = world;
  const options = { context: ctx, watch: counted(world), keepAliveMs: KEEP_ALIVE_MS, ...more, journal };
  const run = finishHandover(handover, driver, options);
  for (let next = await run.next(); ; next = await run.next()) {
    if (next.done === true) return { result: next.value, events };
    events.push(next.value);
  }
}

/** What is left of the group. */
export function classicOf({ call, groupId }: Pick<FinishWorld, 'call' | 'groupId'>): readonly string[] {
  const groups = call('CloudAPI', 'DescribeApiGroups', {}).ApiGroupAttributes.ApiGroupAttribute as readonly any[];
  if (!groups.some(({ GroupId }) => GroupId === groupId)) return [];
  const apis = call('CloudAPI', 'DescribeApis', { GroupId: groupId, PageSize: 100 }).ApiSummarys
    .ApiSummary as readonly any[];
  const group = call('CloudAPI', 'DescribeApiGroup', { GroupId: groupId });
  return [
    'group',
    ...apis.map(({ ApiName, DeployedInfos }) => {
      const stages = DeployedInfos.DeployedInfo.filter((one: any) => one.DeployedStatus === 'DEPLOYED');
      return `${ApiName} ${stages.map((one: any) => one.StageName).join()}`.trim();
    }),
    ...(group.CustomDomains?.DomainItem ?? []).map(({ DomainName }: any) => DomainName),
  ].toSorted();
}
