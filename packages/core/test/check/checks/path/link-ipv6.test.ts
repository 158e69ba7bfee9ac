import { describe } from 'vitest';
import { checkTable } from '../run-check.js';
import { SERVICE, useService } from '../target/backends.js';
import { type World, aws, withhold } from '../world.js';
import { the } from './aws-rows.js';
import { edit } from '../edits.js';

/** The only instance of the Cloud Map service has an IPv6 address, and no other. */
const sixOnly = (world: World): void => {
  useService(world);
  world.the('subnets', 'subnet-lb-a').ipv6CidrBlocks = ['2001:db8:0:11::/64'];
  world.the('interfaces', 'eni-app-a').addresses.push('2001:db8:0:11::20');
  const instances = [{ id: 'task-1', ipv6Address: '2001:db8:0:11::20', port: 8080, healthy: true }];
  Object.assign(world.the('services', SERVICE), { instances });
};

/** The subnets of the link have IPv6 blocks. */
const blocks = edit({
  'subnets.subnet-a.ipv6CidrBlocks': ['2001:db8:0:1::/64'],
  'subnets.subnet-b.ipv6CidrBlocks': ['2001:db8:0:2::/64'],
});

describe('a Cloud Map instance has an IPv6 address only', () => {
  const says = ['no network interface of the link has an IPv6 address', 'eni-link-a', 'eni-link-b'];
  checkTable(the('path/link'), {
    'the subnets of the link have no IPv6 block': [
      aws(sixOnly),
      'error LINK_WITHOUT_IPV6',
      { says, remedy: 'AWS_INSTANCE_IPV4' },
    ],
    'the interfaces of the link have no IPv6 address': [aws(sixOnly, blocks), 'error LINK_WITHOUT_IPV6', says],
    'one interface of the link has an IPv6 address': [
      aws(sixOnly, blocks, { 'interfaces.eni-link-a.addresses.+': '2001:db8:0:1::10' }),
      'unknown NOT_READ',
      'not documented',
    ],
    'the interfaces of the link were not read': [
      aws(sixOnly, blocks, withhold('interfaces', 'ec2:DescribeNetworkInterfaces')),
      'unknown NOT_READ',
    ],
    'it has an IPv4 address as well': [
      aws((w) => {
        sixOnly(w);
        const [one] = w.the('services', SERVICE).instances ?? [];
        Object.assign(one as object, { address: '10.0.11.20' });
      }),
      'pass PASSED',
    ],
  });
});
