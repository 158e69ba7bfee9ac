import { PrivateIntegrations } from '@postern/core';
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
    replaced: [
      {
        address: 'alicloud_vswitch.spare',
        former: { cidr_block: '10.0.11.0/24' },
        input: { CidrBlock: '10.0.11.0/24' },
      },
      { address: 'alicloud_security_group.other', former: { security_group_name: 'former' } },
      { address: 'alicloud_api_gateway_vpc_access.machine', former: { name: 'former' }, input: { Name: 'former' } },
      { address: 'alicloud_api_gateway_api.a1', former: { name: 'former' }, input: { ApiName: 'former' } },
      { address: 'alicloud_slb_listener.l1', former: { frontend_port: 9090 }, input: { ListenerPort: 9090 } },
      { address: 'alicloud_route_entry.r1' },
      {
        address: 'alicloud_instance.web',
        former: { private_ip: '10.0.3.51' },
        input: { PrivateIpAddress: '10.0.3.51' },
      },
      { address: 'alicloud_slb_load_balancer.web', former: { address: '10.0.3.61' }, input: { Address: '10.0.3.61' } },
      { address: 'alicloud_slb_listener.l0', former: { frontend_port: 9091 }, input: { ListenerPort: 9091 } },
      { address: 'alicloud_api_gateway_group.orders', former: { name: 'former' }, input: { GroupName: 'former' } },
    ],
  });
}
