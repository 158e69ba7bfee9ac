import { named } from '../all-checks.js';
import type { Egress } from '../../../../src/do/model/link.js';
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

checkTable(targetInternet, {
  'private addresses need no NAT': [() => gatewayWorld(), 'nothing'],
  'no default route': [
    () => publicWorld(),
    'error NO_NAT',
    { says: ['47.1.2.3', 'vsw-j'], remedy: 'SNAT entry for vsw-j' },
  ],
  'a default route past NAT: nodes have no public address': [() => publicWorld('internet'), 'error NO_NAT'],
  'a NAT gateway, whose entries are not read': [
    () => publicWorld('nat'),
    'unknown SNAT_NOT_READ',
    { evidence: 'ngw-1' },
  ],
  'a NAT gateway with an entry for another vSwitch only': [
    () => publicWorld('nat', [{ subnetId: 'vsw-k', natGatewayId: 'ngw-1', addresses: ['203.0.113.7'] }]),
    'error NO_SNAT',
    { says: ['vsw-j', 'ngw-1'], remedy: 'SNAT entry for vsw-j' },
  ],
  'a NAT gateway with an entry for each vSwitch': [
    () =>
      publicWorld(
        'nat',
        ['vsw-j', 'vsw-k'].map((subnetId) => ({ subnetId, natGatewayId: 'ngw-1', addresses: ['203.0.113.7'] })),
      ),
    'pass SNAT',
  ],
  'the route table could not be read': [
    () => {
      const world = publicWorld();
      world.withhold('routeTables', 'vpc:DescribeRouteTableList');
      return world;
    },
    'unknown SUBNET_NOT_READ',
  ],
});
