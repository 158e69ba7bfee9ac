import { PrivateIntegrations } from '@postern/core/internal/library';
import { alibaba as driverOf } from '@postern/alibaba';
import { plans } from '@postern/alibaba/plans';
import { simulate } from '../../../../src/index.js';
import { REGION, shop } from '../../../traffic/alibaba/shop.js';
import type { Values } from '../area.js';
import { configuration, type Configuration } from '../configuration.js';
import { apis } from './apis.js';
import { backends } from './backends.js';
import { network } from './network.js';

/** APIs on an integration instance that exists, before an ECS instance and a classic load balancer. */
export async function alibaba(): Promise<Configuration> {
  const existing = await shop();
  const saved = existing.sim.world();
  const driver = driverOf({ region: REGION, api: existing.sim.alibaba(REGION) });
  const gate = new PrivateIntegrations(driver, { project: 'none', clock: existing.sim.clock });
  return configuration({
    areas: [network(existing), backends(existing), apis(existing)],
    plans,
    region: REGION,
    base: await gate.observe({ checks: true }),
    open: () => {
      const sim = simulate({ clock: 'manual', throttle: false, dataPathDelay: 0, seed: 3 });
      sim.load(saved);
      return {
        call: (product, action, input: Values) =>
          sim.callAlibaba({ product, action, region: REGION } as never, input) as Values,
        wait: (seconds) => sim.advance(seconds * 1000),
      };
    },
  });
}
