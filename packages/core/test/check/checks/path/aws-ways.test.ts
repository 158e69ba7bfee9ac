import { describe } from 'vitest';
import { checkTable } from '../run-check.js';
import { the, row, nothing, service, route, peered, transit, onPremises } from './aws-rows.js';

describe('paths on AWS', () => {
  checkTable(the('path/route'), [
    row('pass', 'the local route', nothing, { evidence: ['rtb-1'] }),
    row(
      'fail',
      'a blackhole is more specific',
      (w) =>
        w.the('routeTables', 'rtb-1').routes?.push({
          cidrBlock: '10.0.11.0/24',
          nextHop: { kind: 'interface', id: 'eni-gone' },
          state: 'blackhole',
          origin: 'static',
        }),
      { says: ['blackhole'] },
    ),
    row('pass', 'a propagated route never has priority over a local route', (w) =>
      w.the('routeTables', 'rtb-1').routes?.push({
        cidrBlock: '10.0.11.0/24',
        nextHop: { kind: 'virtual-gateway', id: 'vgw-1' },
        state: 'blackhole',
        origin: 'propagated',
      }),
    ),
    row('unknown', 'an instance forwards', (w) => {
      w.copy('interfaces', 'eni-app-a', { id: 'eni-box', addresses: ['10.0.11.99'], sourceDestinationCheck: false });
      route(w, 'rtb-1', '10.0.11.0/24', 'interface', 'eni-box');
    }),
    row(
      'fail',
      'an instance drops packets for other destinations',
      (w) => {
        w.copy('interfaces', 'eni-app-a', { id: 'eni-box', addresses: ['10.0.11.99'], sourceDestinationCheck: true });
        route(w, 'rtb-1', '10.0.11.0/24', 'interface', 'eni-box');
      },
      { remedy: ['source/destination check'] },
    ),
    row(
      'fail',
      'the peering exists, the route does not',
      (w) => {
        peered(w);
        w.the('routeTables', 'rtb-1').routes?.pop();
      },
      { remedy: ['Add a route for 10.1.1.9/32 to rtb-1'] },
    ),
    row(
      'fail',
      'no resource has the address',
      (w) => {
        peered(w);
        service(w, '10.1.1.10');
      },
      { says: ['10.1.1.10'] },
    ),
    row('unknown', 'route tables could not be read', (w) => w.withhold('routeTables', 'ec2:DescribeRouteTables'), {
      remedy: ['ec2:DescribeRouteTables'],
    }),
  ]);

  checkTable(the('path/outside'), [
    row('nothing', 'the target is in the network', nothing),
    row('fail', 'no route reaches it', (w) => service(w, '172.31.4.4'), {
      remedy: ['a VPN gateway or a peering'],
    }),
    row(
      'fail',
      'only a route to the internet',
      (w) => {
        service(w, '172.31.4.4');
        route(w, 'rtb-1', '0.0.0.0/0', 'internet', 'igw-1');
      },
      { remedy: ['a link does not connect networks'] },
    ),
    row('pass', 'a peer has the address', peered),
    row('pass', 'a peer has the address, without a route', (w) => {
      peered(w);
      w.the('routeTables', 'rtb-1').routes?.pop();
    }),
    row(
      'unknown',
      'peerings could not be read',
      (w) => {
        service(w, '172.31.4.4');
        w.withhold('peerings', 'ec2:DescribeVpcPeeringConnections');
      },
      { remedy: ['ec2:DescribeVpcPeeringConnections'] },
    ),
    row(
      'unknown',
      'networks could not be read',
      (w) => {
        service(w, '172.31.4.4');
        w.withhold('networks', 'ec2:DescribeVpcs');
      },
      { remedy: ['ec2:DescribeVpcs'] },
    ),
  ]);

  checkTable(the('path/peering'), [
    row('pass', 'it is active', peered, { evidence: ['pcx-1'] }),
    row(
      'fail',
      'it was not accepted',
      (w) => {
        peered(w);
        Object.assign(w.the('peerings', 'pcx-1'), { state: 'pending', nativeState: 'pending-acceptance' });
      },
      { says: ['pending-acceptance'] },
    ),
    row(
      'fail',
      'it is not transitive',
      (w) => {
        peered(w);
        service(w, '10.9.0.1');
        route(w, 'rtb-1', '10.9.0.0/16', 'peering', 'pcx-1');
      },
      { remedy: ['not transitive'] },
    ),
    row('unknown', 'the network behind it belongs to another account', (w) => {
      peered(w);
      w.the('peerings', 'pcx-1').sides[1].account = '999900001111';
      w.remove('networks', 'vpc-2');
    }),
    row(
      'unknown',
      'peerings could not be read',
      (w) => {
        peered(w);
        w.withhold('peerings', 'ec2:DescribeVpcPeeringConnections');
      },
      { remedy: ['ec2:DescribeVpcPeeringConnections'] },
    ),
  ]);

  checkTable(the('path/transit'), [
    row('pass', 'it has a route to the target', transit, { evidence: ['tgw-rtb-1'] }),
    row(
      'fail',
      'no subnet of the attachment is in the zone',
      (w) => {
        transit(w);
        const [one] = w.the('transitGateways', 'tgw-1').attachments ?? [];
        if (one) one.subnetIds = ['subnet-gate-a'];
      },
      { remedy: ['Add a subnet of vpc-1 in euw1-az2'] },
    ),
    row(
      'fail',
      'the route is a blackhole',
      (w) => {
        transit(w);
        w.the('transitGateways', 'tgw-1').routeTables?.[0]?.routes?.push({
          cidrBlock: '10.1.1.0/24',
          attachmentIds: [],
          state: 'blackhole',
          origin: 'static',
        });
      },
      { says: ['blackhole'] },
    ),
    row(
      'fail',
      'it has no route to the target',
      (w) => {
        transit(w);
        w.the('transitGateways', 'tgw-1').routeTables?.[0]?.routes?.pop();
      },
      { remedy: ['Add a route for 10.1.1.9'] },
    ),
    row('fail', 'the attachment of the sender is not available', (w) => {
      transit(w);
      const [one] = w.the('transitGateways', 'tgw-1').attachments ?? [];
      if (one) Object.assign(one, { state: 'failed', nativeState: 'failed' });
    }),
    row(
      'fail',
      'the attachment has no route table',
      (w) => {
        transit(w);
        const [one] = w.the('transitGateways', 'tgw-1').attachments ?? [];
        if (one) delete one.routeTableId;
      },
      { remedy: ['Associate'] },
    ),
    row(
      'unknown',
      'its route tables could not be read',
      (w) => {
        transit(w);
        delete w.the('transitGateways', 'tgw-1').routeTables;
        w.region.gaps.push({
          what: 'route tables of tgw-1',
          operation: 'SearchTransitGatewayRoutes',
          code: 'PERMISSION_DENIED',
          permission: 'ec2:SearchTransitGatewayRoutes',
          of: 'transitGateways',
          id: 'tgw-1',
        });
      },
      { remedy: ['ec2:SearchTransitGatewayRoutes'] },
    ),
  ]);

  checkTable(the('path/on-premises'), [
    row('pass', 'the connection is up and has a route to the target', onPremises, { evidence: ['vgw-1'] }),
    row(
      'fail',
      'the gateway is not attached',
      (w) => {
        onPremises(w);
        w.the('virtualGateways', 'vgw-1').networkIds = [];
      },
      { says: ['not attached to vpc-1'] },
    ),
    row(
      'fail',
      'the connection is down',
      (w) => {
        onPremises(w);
        Object.assign(w.the('virtualGateways', 'vgw-1').connections?.[0] ?? {}, { state: 'down', nativeState: 'down' });
      },
      { remedy: ['Restore dxvif-1'] },
    ),
    row('fail', 'no connection has a route to the target', (w) => {
      onPremises(w);
      Object.assign(w.the('virtualGateways', 'vgw-1').connections?.[0] ?? {}, { cidrBlocks: ['10.9.0.0/16'] });
    }),
    row('pass', 'the remote blocks of the connection are known by its propagated route only', (w) => {
      onPremises(w);
      delete w.the('virtualGateways', 'vgw-1').connections?.[0]?.cidrBlocks;
    }),
    row('unknown', 'the remote blocks of the connection are not known', (w) => {
      onPremises(w);
      delete w.the('virtualGateways', 'vgw-1').connections?.[0]?.cidrBlocks;
      for (const one of w.the('routeTables', 'rtb-1').routes ?? [])
        if (one.origin === 'propagated') one.origin = 'static';
    }),
  ]);
});
