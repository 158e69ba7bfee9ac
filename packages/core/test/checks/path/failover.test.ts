import { describe } from 'vitest';
import { GROUP } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import type { World } from '../world.js';
import { row, the } from './aws-rows.js';

/** One of the two targets is unhealthy for a reason; the group asks for so many healthy ones. */
const sick = (w: World, minimumHealthy: object | undefined, reason = 'Target.Timeout'): void => {
  Object.assign(w.the('targetGroups', GROUP), { minimumHealthy });
  Object.assign(w.the('targetGroups', GROUP).targets?.[0] ?? {}, { health: 'unhealthy', reason });
};

describe('verdict P9: fewer healthy targets than the routing failover threshold asks for', () => {
  checkTable(the('path/load-balancer'), [
    row('fail', 'by count: an unhealthy target gets a part of the calls', (w) => sick(w, { count: 2 }), {
      says: ['below its minimum of 2', 'does not answer'],
      remedy: ['minimum of healthy targets'],
    }),
    row('fail', 'by percentage', (w) => sick(w, { count: 1, percent: 51 }), { says: ['51 %'] }),
    row('pass', 'just enough are healthy', (w) => sick(w, { count: 1, percent: 50 })),
    row('unknown', 'no threshold was read', (w) => sick(w, undefined), { says: ['minimum_healthy_targets'] }),
    row('pass', 'no threshold was read, and the unhealthy one answers with another code', (w) =>
      sick(w, undefined, 'Target.ResponseCodeMismatch'),
    ),
    row('pass', 'no threshold is set', (w) => sick(w, {})),
    row('unknown', 'a percentage that a target out of use decides', (w) => {
      sick(w, { percent: 50 });
      w.the('targetGroups', GROUP).targets?.push({ id: 'i-unused', health: 'unused' });
    }),
    row('pass', 'the unhealthy one answers with another code', (w) =>
      sick(w, { count: 2 }, 'Target.ResponseCodeMismatch'),
    ),
  ]);
});
