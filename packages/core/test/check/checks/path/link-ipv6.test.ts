import { describe } from 'vitest';
import { checkTable } from '../run-check.js';
import { SERVICE, useService } from '../target/backends.js';
import type { World } from '../world.js';
import { row, the } from './aws-rows.js';

/** The only instance of the Cloud Map service has an IPv6 address, and no other. */
const sixOnly = (world: World): void => {
  useService(world);
  world.the('subnets', 'subnet-lb-a').ipv6CidrBlocks = ['2001:db8:0:11::/64'];
  world.the('interfaces', 'eni-app-a').addresses.push('2001:db8:0:11::20');
  const instances = [{ id: 'task-1', ipv6Address: '2001:db8:0:11::20', port: 8080, healthy: true }];
  Object.assign(world.the('services', SERVICE), { instances });
};

/** The subnets of the link have IPv6 blocks. */
const blocks = (world: World): void => {
  world.the('subnets', 'subnet-a').ipv6CidrBlocks = ['2001:db8:0:1::/64'];
  world.the('subnets', 'subnet-b').ipv6CidrBlocks = ['2001:db8:0:2::/64'];
};

describe('a Cloud Map instance has an IPv6 address only', () => {
  const says = ['no network interface of the link has an IPv6 address', 'eni-link-a', 'eni-link-b'];
  checkTable(the('path/link'), [
    row('fail', 'the subnets of the link have no IPv6 block', sixOnly, { says, remedy: ['AWS_INSTANCE_IPV4'] }),
    row('fail', 'the interfaces of the link have no IPv6 address', (w) => (sixOnly(w), blocks(w)), { says }),
    row(
      'unknown',
      'one interface of the link has an IPv6 address',
      (w) => {
        sixOnly(w);
        blocks(w);
        w.the('interfaces', 'eni-link-a').addresses.push('2001:db8:0:1::10');
      },
      { says: ['not documented'] },
    ),
    row('unknown', 'the interfaces of the link were not read', (w) => {
      sixOnly(w);
      blocks(w);
      w.withhold('interfaces', 'ec2:DescribeNetworkInterfaces');
    }),
    row('pass', 'it has an IPv4 address as well', (w) => {
      sixOnly(w);
      const [one] = w.the('services', SERVICE).instances ?? [];
      Object.assign(one as object, { address: '10.0.11.20' });
    }),
  ]);
});
