import type { GatewayCalls, WatchRequest, Witness } from '@postern/alibaba/handover';
import type { Simulation } from '@postern/simulator';

/** What both sides served in a period, from what the data path counted: calls of a kind of which none was in it do not count. */
export function countedCalls(
  simulation: Simulation,
  groupId: string,
  { gatewayId, overMs }: WatchRequest,
): Promise<Witness> {
  const since = simulation.clock.now() - overMs;
  const late = simulation.traffic.counters().by.filter(({ lastAt }) => Date.parse(lastAt) >= since);
  const servedBy = (id: string): GatewayCalls => {
    const rows = late.filter(({ gateway }) => gateway === id);
    const all = rows.reduce((sum, { calls }) => sum + calls, 0);
    const failed = rows.reduce((sum, { calls, outcome }) => sum + (outcome === 'delivered' ? 0 : calls), 0);
    return { qps: all / (overMs / 1_000), errorShare: all === 0 ? 0 : failed / all };
  };
  return Promise.resolve({ classic: servedBy(groupId), target: servedBy(gatewayId) });
}
