import type { RunRequest } from '@postern/fleet';
import type { FleetWorld } from '../fleet-world.js';
import { REGION, type HandedShop } from './handed-shop.js';

/** What is given up, and the paths that backends answer. */
const HOW = {
  waive: { 'group/own-domain': 'no caller uses these names', 'api/nonce:orders': 'the backend is idempotent' },
  calls: { basket: '/baskets/7', files: '/files/a.txt' },
} as const;

/** A run that hands over the group of each account; the first account is the canary. */
export function handoverRequest(
  world: Pick<FleetWorld, 'request'>,
  built: ReadonlyMap<string, HandedShop>,
  run: string,
): RunRequest {
  const { specs, ...rest } = world.request(run);
  const [first = '', ...others] = specs.map(({ name }) => name);
  return {
    ...rest,
    goal: 'handover',
    specs: specs.map((one) => {
      const { group, vSwitch } = built.get(one.name)!;
      const handover = { group, stage: 'RELEASE', vSwitches: [vSwitch], ...HOW };
      return {
        ...one,
        handovers: { provider: 'alibaba', account: one.name, region: REGION, handovers: [handover] },
      };
    }),
    waves: [
      { name: 'all/canary', specs: [first] },
      { name: 'all', specs: others },
    ].filter((wave) => wave.specs.length > 0),
    approvals: ['purchase', 'dns'],
  };
}

/** Whether the domain leads to the group only. */
export const isClassic = ({ group, records }: HandedShop): boolean =>
  records().length === 1 && records()[0]?.startsWith(group) === true;
