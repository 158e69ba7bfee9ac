import { checkTable } from '../run-check.js';
import { the, service, route, peered, transit, onPremises } from './aws-rows.js';
import { aws, withhold, denied } from '../world.js';

checkTable(the('path/route'), {
  'the local route': [aws(), 'pass PASSED', { evidence: 'rtb-1' }],
  'a blackhole is more specific': [
    aws({
      'routeTables.rtb-1.routes.+': {
        cidrBlock: '10.0.11.0/24',
        nextHop: { kind: 'interface', id: 'eni-gone' },
        state: 'blackhole',
        origin: 'static',
      },
    }),
    'error BLACKHOLE',
    'blackhole',
  ],
  'a propagated route never has priority over a local route': [
    aws({
      'routeTables.rtb-1.routes.+': {
        cidrBlock: '10.0.11.0/24',
        nextHop: { kind: 'virtual-gateway', id: 'vgw-1' },
        state: 'blackhole',
        origin: 'propagated',
      },
    }),
    'pass PASSED',
  ],
  'an instance forwards': [
    aws((w) => {
      w.copy('interfaces', 'eni-app-a', { id: 'eni-box', addresses: ['10.0.11.99'], sourceDestinationCheck: false });
      route(w, 'rtb-1', '10.0.11.0/24', 'interface', 'eni-box');
    }),
    'unknown NOT_FOLLOWED',
  ],
  'an instance drops packets for other destinations': [
    aws((w) => {
      w.copy('interfaces', 'eni-app-a', { id: 'eni-box', addresses: ['10.0.11.99'], sourceDestinationCheck: true });
      route(w, 'rtb-1', '10.0.11.0/24', 'interface', 'eni-box');
    }),
    'error NEXT_HOP_DROPS',
    { remedy: 'source/destination check' },
  ],
  'the peering exists, the route does not': [
    aws((w) => {
      peered(w);
      w.the('routeTables', 'rtb-1').routes?.pop();
    }),
    'error NO_ROUTE',
    { remedy: 'Add a route for 10.1.1.9/32 to rtb-1' },
  ],
  'no resource has the address': [
    aws((w) => {
      peered(w);
      service(w, '10.1.1.10');
    }),
    'error ADDRESS_UNUSED',
    '10.1.1.10',
  ],
  'the routes of the table were not read': [
    aws({ 'routeTables.rtb-1.routes': undefined }),
    'unknown NOT_READ',
    { evidence: 'rtb-1' },
  ],
  'route tables could not be read': [
    aws(withhold('routeTables', 'ec2:DescribeRouteTables')),
    'unknown NOT_READ',
    { remedy: 'ec2:DescribeRouteTables' },
  ],
});

checkTable(the('path/outside'), {
  'the target is in the network': [aws(), 'nothing'],
  'no route reaches it': [
    aws((w) => service(w, '172.31.4.4')),
    'error OUTSIDE_NETWORKS',
    { remedy: 'a VPN gateway or a peering' },
  ],
  'only a route to the internet': [
    aws((w) => {
      service(w, '172.31.4.4');
      route(w, 'rtb-1', '0.0.0.0/0', 'internet', 'igw-1');
    }),
    'error OUTSIDE_NETWORKS',
    { remedy: 'a link does not connect networks' },
  ],
  'a peer has the address': [aws(peered), 'pass PASSED'],
  'a peer has the address, without a route': [
    aws((w) => {
      peered(w);
      w.the('routeTables', 'rtb-1').routes?.pop();
    }),
    'pass PASSED',
  ],
  'peerings could not be read': [
    aws((w) => {
      service(w, '172.31.4.4');
      w.withhold('peerings', 'ec2:DescribeVpcPeeringConnections');
    }),
    'unknown NOT_READ',
    { remedy: 'ec2:DescribeVpcPeeringConnections' },
  ],
  'networks could not be read': [
    aws((w) => {
      service(w, '172.31.4.4');
      w.withhold('networks', 'ec2:DescribeVpcs');
    }),
    'unknown NOT_READ',
    { remedy: 'ec2:DescribeVpcs' },
  ],
});

checkTable(the('path/peering'), {
  'it is active': [aws(peered), 'pass PASSED', { evidence: 'pcx-1' }],
  'it was not accepted': [
    aws(peered, { 'peerings.pcx-1': { state: 'pending', nativeState: 'pending-acceptance' } }),
    'error PEERING_STATE',
    'pending-acceptance',
  ],
  'it is not transitive': [
    aws((w) => {
      peered(w);
      service(w, '10.9.0.1');
      route(w, 'rtb-1', '10.9.0.0/16', 'peering', 'pcx-1');
    }),
    'error PEERING_CARRIES_ELSE',
    { remedy: 'not transitive' },
  ],
  'the network behind it belongs to another account': [
    aws(peered, { 'peerings.pcx-1.sides.1.account': '999900001111', 'networks.vpc-2': undefined }),
    'unknown NOT_READ',
  ],
  'peerings could not be read': [
    aws(peered, withhold('peerings', 'ec2:DescribeVpcPeeringConnections')),
    'unknown NOT_READ',
    { remedy: 'ec2:DescribeVpcPeeringConnections' },
  ],
});

checkTable(the('path/transit'), {
  'it has a route to the target': [aws(transit), 'pass PASSED', { evidence: 'tgw-rtb-1' }],
  'no subnet of the attachment is in the zone': [
    aws((w) => {
      transit(w);
      const [one] = w.the('transitGateways', 'tgw-1').attachments ?? [];
      if (one) one.subnetIds = ['subnet-gate-a'];
    }),
    'error TRANSIT_CARRIES_NOTHING',
    { remedy: 'Add a subnet of vpc-1 in euw1-az2' },
  ],
  'the route is a blackhole': [
    aws(transit, {
      'transitGateways.tgw-1.routeTables.0.routes.+': {
        cidrBlock: '10.1.1.0/24',
        attachmentIds: [],
        state: 'blackhole',
        origin: 'static',
      },
    }),
    'error TRANSIT_CARRIES_NOTHING',
    'blackhole',
  ],
  'it has no route to the target': [
    aws((w) => {
      transit(w);
      w.the('transitGateways', 'tgw-1').routeTables?.[0]?.routes?.pop();
    }),
    'error TRANSIT_CARRIES_NOTHING',
    { remedy: 'Add a route for 10.1.1.9' },
  ],
  'the attachment of the sender is not available': [
    aws((w) => {
      transit(w);
      const [one] = w.the('transitGateways', 'tgw-1').attachments ?? [];
      if (one) Object.assign(one, { state: 'failed', nativeState: 'failed' });
    }),
    'error TRANSIT_CARRIES_NOTHING',
  ],
  'the attachment has no route table': [
    aws((w) => {
      transit(w);
      const [one] = w.the('transitGateways', 'tgw-1').attachments ?? [];
      if (one) delete one.routeTableId;
    }),
    'unknown NOT_READ',
    { remedy: 'policy tables of tgw-1' },
  ],
  'its route tables could not be read': [
    aws(transit, {
      'transitGateways.tgw-1.routeTables': undefined,
      'gaps.+': denied(
        'transitGateways',
        'route tables of tgw-1',
        'ec2:SearchTransitGatewayRoutes',
        'SearchTransitGatewayRoutes',
        'tgw-1',
      ),
    }),
    'unknown NOT_READ',
    { remedy: 'ec2:SearchTransitGatewayRoutes' },
  ],
});

checkTable(the('path/on-premises'), {
  'the connection is up and has a route to the target': [aws(onPremises), 'pass PASSED', { evidence: 'vgw-1' }],
  'the gateway is being created': [
    aws(onPremises, { 'virtualGateways.vgw-1': { state: 'pending', nativeState: 'pending' } }),
    'error GATEWAY_CARRIES_NOTHING',
    'vgw-1 is pending',
  ],
  'the gateway is not attached': [
    aws(onPremises, { 'virtualGateways.vgw-1.networkIds': [] }),
    'error GATEWAY_CARRIES_NOTHING',
    'not attached to vpc-1',
  ],
  'the connection is down': [
    aws(onPremises, { 'virtualGateways.vgw-1.connections.0': { state: 'down', nativeState: 'down' } }),
    'error LINE_DOWN',
    { remedy: 'Restore dxvif-1' },
  ],
  'no connection has a route to the target': [
    aws(onPremises, { 'virtualGateways.vgw-1.connections.0.cidrBlocks': ['10.9.0.0/16'] }),
    'error GATEWAY_CARRIES_NOTHING',
  ],
  'the remote blocks of the connection are known by its propagated route only': [
    aws(onPremises, { 'virtualGateways.vgw-1.connections.0.cidrBlocks': undefined }),
    'pass PASSED',
  ],
  'the remote blocks of the connection are not known': [
    aws((w) => {
      onPremises(w);
      delete w.the('virtualGateways', 'vgw-1').connections?.[0]?.cidrBlocks;
      for (const one of w.the('routeTables', 'rtb-1').routes ?? [])
        if (one.origin === 'propagated') one.origin = 'static';
    }),
    'unknown NOT_READ',
  ],
});
