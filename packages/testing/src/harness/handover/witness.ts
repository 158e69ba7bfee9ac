import type { WatchRequest, Witness } from '@postern/core/handover';
import type { Simulation } from '@postern/simulator';

/**
 * What both sides served, from what the data path counted: the error shares since the last look. A look at a period is one at the end
 * of the drain, and says whether calls came to the classic group in it.
 */
export function countedCalls(
  simulation: Simulation,
  groupId: string,
  { gatewayId, overMs }: WatchRequest,
): Promise<Witness> {
  const { by } = simulation.traffic.counters();
  const errorShare = (rows: typeof by): number => {
    const all = rows.reduce((sum, { calls }) => sum + calls, 0);
    const failed = rows.reduce((sum, { calls, outcome }) => sum + (outcome === 'delivered' ? 0 : calls), 0);
    return all === 0 ? 0 : failed / all;
  };
  const target = by.filter(({ gateway }) => gateway === gatewayId);
  const classic = by.filter(({ gateway }) => gateway === groupId);
  if (overMs === undefined) {
    simulation.traffic.resetCounters();
    return Promise.resolve({
      classic: { errorShare: errorShare(classic) },
      target: { errorShare: errorShare(target) },
    });
  }
  const since = simulation.clock.now() - overMs;
  const late = classic.filter(({ lastAt }) => Date.parse(lastAt) >= since);
  const calls = late.reduce((sum, row) => sum + row.calls, 0);
  return Promise.resolve({ classic: { qps: calls / (overMs / 1_000) }, target: {} });
}
