import type { WatchRequest, Witness } from '@postern/core/handover';
import type { Simulation } from '@postern/simulator';

/** The error share of both sides, from what the data path counted since the last look. */
export function countedCalls(simulation: Simulation, { gatewayId }: WatchRequest): Promise<Witness> {
  const { by } = simulation.traffic.counters();
  const shareOf = (rows: typeof by) => {
    const all = rows.reduce((sum, { calls }) => sum + calls, 0);
    const failed = rows.reduce((sum, { calls, outcome }) => sum + (outcome === 'delivered' ? 0 : calls), 0);
    return { errorShare: all === 0 ? 0 : failed / all };
  };
  const target = shareOf(by.filter(({ gateway }) => gateway === gatewayId));
  const classic = shareOf(by.filter(({ gateway }) => gateway !== gatewayId));
  simulation.traffic.resetCounters();
  return Promise.resolve({ classic, target });
}
