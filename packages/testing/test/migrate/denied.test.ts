import { readPolicy } from '@postern/alibaba';
import { blockersOf } from '@postern/core';
import { describe, expect, it } from 'vitest';
import { open } from './stages.js';

/** What these read decides nothing in this world: no vSwitch has a network ACL, no rule names a prefix list, no group is looked for. */
const DECIDES_NOTHING = /:(?:DescribeApiGroups|DescribeZones|DescribeNetworkAcls|DescribePrefixListAttributes)$/;

describe('a validation without one of its permissions', () => {
  it.each(
    readPolicy.filter(({ fills }) => fills.length > 0).map(({ action, operations }) => [action, operations] as const),
  )('%s: never crashes, takes nothing for broken, and lets nothing pass', async (action, operations) => {
    const stage = await open('integration');
    const [named = ''] = action.split(':');
    for (const operation of operations) {
      const service = operation === 'ListVpcPeerConnections' ? 'vpcpeer' : named === 'apigateway' ? 'cloudapi' : named;
      stage.simulation.faults.add({ service, operation, kind: 'deny' });
    }
    const stops = blockersOf(await stage.validate());
    expect(stops.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    if (!DECIDES_NOTHING.test(action)) expect(stops).not.toEqual([]);
    for (const { remedy } of stops) expect(remedy).toMatch(/^[A-Z].*\.$/);
  });
});
