import { describe } from 'vitest';
import { named } from '../all-checks.js';
import type { Egress } from '../../../../src/do/model/egress.js';
import { checkTable } from '../run-check.js';
import { gatewayWorld } from './cloud-native.js';

const targetInternet = named('target/internet');

type Hop = 'nat' | 'internet';

/** A public backend, and a default route of the gateway's vSwitches. */
const publicWorld = (kind?: Hop, publicSources?: Egress['publicSources']) =>
  gatewayWorld(({ the, targetSpec, region }) => {
    if (publicSources !== undefined) Object.assign(region.egress[0] ?? {}, { linkId: 'gw-1', publicSources });
    targetSpec.ref = { address: '47.1.2.3', port: 443 };
    region.targets = [];
    const hop = { cidrBlock: '0.0.0.0/0', nextHop: { kind, id: 'ngw-1' }, state: 'active', origin: 'static' };
    if (kind !== undefined) the('routeTables', 'vtb-1').routes?.push(hop as never);
  });

describe('target/internet', () => {
  checkTable(targetInternet, [
    { why: 'private addresses need no NAT', world: () => gatewayWorld(), verdict: 'nothing' },
    {
      why: 'no default route',
      world: () => publicWorld(),
      verdict: 'fail',
      severity: 'error',
      says: ['47.1.2.3', 'vsw-j'],
      remedy: ['SNAT entry for vsw-j'],
    },
    {
      why: 'a default route past NAT: nodes have no public address',
      world: () => publicWorld('internet'),
      verdict: 'fail',
      code: 'NO_NAT',
    },
    {
      why: 'a NAT gateway, whose entries are not read',
      world: () => publicWorld('nat'),
      verdict: 'unknown',
      code: 'SNAT_NOT_READ',
      evidence: ['ngw-1'],
    },
    {
      why: 'a NAT gateway with an entry for another vSwitch only',
      world: () => publicWorld('nat', [{ subnetId: 'vsw-k', natGatewayId: 'ngw-1', addresses: ['203.0.113.7'] }]),
      verdict: 'fail',
      says: ['vsw-j', 'ngw-1'],
      remedy: ['SNAT entry for vsw-j'],
    },
    {
      why: 'a NAT gateway with an entry for each vSwitch',
      world: () =>
        publicWorld(
          'nat',
          ['vsw-j', 'vsw-k'].map((subnetId) => ({ subnetId, natGatewayId: 'ngw-1', addresses: ['203.0.113.7'] })),
        ),
      verdict: 'pass',
    },
    {
      why: 'the route table could not be read',
      world: () => {
        const world = publicWorld();
        world.withhold('routeTables', 'vpc:DescribeRouteTableList');
        return world;
      },
      verdict: 'unknown',
      code: 'SUBNET_NOT_READ',
    },
  ]);
});
