import type { AlibabaStage } from './account.js';
import { acl as accessControl, allow, APP, closeBlock, entry, INSTANCES, port } from './moves.js';
import {
  callsBalancer,
  callsServer,
  FAR,
  FAR_BLOCK,
  NEAR_BLOCK,
  peer,
  peering,
  route,
  tableOf,
  unroute,
  usePeering,
} from './ways.js';
import { follow } from '../follow-alibaba.js';
import { edit, type Show, together } from '../show.js';

const ROUTES = ['vpc:DescribeRouteTableList', 'vpc', 'DescribeRouteTableList'] as const;
const PEERINGS = ['vpc:ListVpcPeerConnections', 'vpcpeer', 'ListVpcPeerConnections'] as const;
const SERVER = 'link cn → target orders';
const STOCK = 'link cn → target stock';
/** The route of the link's VPC to the other VPC gets another peering as next hop. */
const lead = (stage: AlibabaStage, NewNextHopId: string) =>
  stage.call('Vpc', 'ModifyRouteEntry', {
    RouteTableId: tableOf(stage, NEAR_BLOCK),
    DestinationCidrBlock: FAR_BLOCK,
    NewNextHopId,
    NewNextHopType: 'VpcPeer',
  });
/** A peering with another account, which has not accepted it. */
const foreign = (stage: AlibabaStage): string =>
  stage.call('VpcPeer', 'ListVpcPeerConnections', {}).VpcPeerConnects.find((one: any) => one.Status === 'Accepting')
    .InstanceId;

/** Shows of `path/link`, of paths between networks, and of `path/load-balancer`. */
export const WAY_SHOWS: readonly Show<AlibabaStage>[] = [
  {
    check: 'path/link',
    breaks: ({ simulation, link }) => {
      const id = link();
      edit(simulation, (row) => row['id'] === id && row['status'] !== undefined, { status: 'CREATE_FAILED' });
    },
    subject: 'link cn',
    evidence: ({ link }) => [link()],
    remedy: ['Create another link, change the routes to it, then delete this link'],
    // Neither cloud deletes a link that routes use.
    heals: ({ apply }) => apply({ replaceFailed: true }),
    calls: callsServer,
    denied: INSTANCES,
  },
  {
    check: 'cidr/target-outside',
    how: 'whose calls are refused',
    breaks: closeBlock,
    evidence: () => ['10.10.0.0/24'],
    remedy: ['Run `postern apply`: it adds'],
    heals: ({ apply }) => apply(),
    calls: callsServer,
  },
  {
    check: 'path/outside',
    setting: usePeering,
    breaks: async (stage) => {
      const { call, wait } = stage;
      const InstanceId = peering(stage);
      unroute(stage, NEAR_BLOCK, FAR_BLOCK, InstanceId);
      unroute(stage, FAR_BLOCK, NEAR_BLOCK, InstanceId);
      call('VpcPeer', 'DeleteVpcPeerConnection', { InstanceId });
      await wait();
    },
    subject: SERVER,
    evidence: ({ parts }) => [parts.vpc],
    remedy: ['with a VPN gateway or a peering', `${FAR}/32`],
    heals: async (stage) => {
      const id = await peer(stage);
      route(stage, NEAR_BLOCK, FAR_BLOCK, id);
      route(stage, FAR_BLOCK, NEAR_BLOCK, id);
    },
    calls: callsServer,
    denied: PEERINGS,
    missed: 'once broken',
  },
  {
    check: 'path/route',
    how: 'none',
    setting: usePeering,
    breaks: (stage) => unroute(stage, NEAR_BLOCK, FAR_BLOCK, peering(stage)),
    subject: SERVER,
    evidence: (stage) => [tableOf(stage, NEAR_BLOCK)],
    remedy: [`Add a route for ${FAR}/32 to vtb-`],
    heals: (stage) => route(stage, NEAR_BLOCK, `${FAR}/32`, peering(stage)),
    calls: callsServer,
    denied: ROUTES,
  },
  {
    check: 'path/route',
    how: 'an address outside of all vSwitches',
    breaks: async (stage) => {
      stage.write(/orders: \{ instance: .*/, 'orders: { address: 10.10.99.9, port: 8080 }');
      allow(stage, APP, '10.10.99.0/24');
      await stage.apply();
    },
    subject: SERVER,
    evidence: (stage) => [tableOf(stage, NEAR_BLOCK)],
    remedy: ['Declare an address that is in use'],
    heals: ({ call, parts, write }) => {
      const { Instances } = call('Ecs', 'DescribeInstances', { InstanceIds: JSON.stringify([parts.machine]) });
      const [address] = Instances.Instance[0].VpcAttributes.PrivateIpAddress.IpAddress;
      write('10.10.99.9', address);
    },
    calls: callsServer,
  },
  {
    check: 'path/peering',
    setting: usePeering,
    breaks: async (stage) => {
      const other = { AcceptingVpcId: 'vpc-bp1aaaaaaaaaaaaaaaaaa', AcceptingAliUid: 1_234_567_890_123_456 };
      lead(stage, await peer(stage, other));
    },
    subject: SERVER,
    evidence: (stage) => [foreign(stage)],
    remedy: ['change the next hop of the route'],
    heals: (stage) => lead(stage, peering(stage)),
    calls: callsServer,
    denied: PEERINGS,
  },
  {
    check: 'path/return',
    how: 'no return route',
    setting: usePeering,
    breaks: (stage) => unroute(stage, FAR_BLOCK, NEAR_BLOCK, peering(stage)),
    subject: SERVER,
    evidence: (stage) => [tableOf(stage, FAR_BLOCK)],
    remedy: ['Add a route for 10.10.0.0/24 to vtb-', 'Add a route for 10.10.1.0/24 to vtb-'],
    heals: (stage, remedies) => {
      const routes = /Add a route for (\S+) to (vtb-\w+) with the next hop (pcc-\w+)/g;
      for (const [, block = '', RouteTableId, NextHopId] of remedies.matchAll(routes)) {
        const hop = { NextHopType: 'VpcPeer', NextHopId };
        stage.call('Vpc', 'CreateRouteEntry', { RouteTableId, DestinationCidrBlock: block, ...hop });
      }
    },
    calls: callsServer,
  },
  ...together<AlibabaStage>({ check: 'path/load-balancer', subject: STOCK, calls: callsBalancer }, [
    {
      how: 'access control',
      breaks: (stage) => entry(stage, 'Remove', '10.10.1.0/24'),
      evidence: ({ parts }) => [parts.accessList],
      remedy: ['Add 10.10.1.0/24 to acl-'],
      heals: follow,
      denied: ['slb:DescribeAccessControlListAttribute', 'slb', 'DescribeAccessControlListAttribute'],
    },
    {
      how: 'access control that denies callers',
      setting: (stage) => accessControl(stage, 'off'),
      breaks: ({ call, parts }) => {
        const own = { LoadBalancerId: parts.balancer, ListenerPort: 80 };
        const control = { AclStatus: 'on', AclType: 'black', AclId: parts.accessList };
        call('Slb', 'SetLoadBalancerHTTPListenerAttribute', { ...own, ...control });
      },
      evidence: ({ parts }) => [parts.accessList],
      remedy: [
        'Remove the entries that contain 10.10.0.0/24 from',
        'Remove the entries that contain 10.10.1.0/24 from',
      ],
      heals: (stage, remedies) => {
        for (const [, block = ''] of remedies.matchAll(/Remove the entries that contain (\S+) from/g))
          entry(stage, 'Remove', block);
      },
    },
    {
      how: 'a stopped listener',
      breaks: (stage) => stage.call('Slb', 'StopLoadBalancerListener', port(stage)),
      evidence: ({ parts }) => [parts.balancer],
      remedy: ['Start the listener on port 80 of stock'],
      heals: (stage) => stage.call('Slb', 'StartLoadBalancerListener', port(stage)),
      denied: ['slb:DescribeLoadBalancerListeners', 'slb', 'DescribeLoadBalancerListeners'],
    },
    {
      how: 'an inactive one',
      breaks: ({ call, parts }) =>
        call('Slb', 'SetLoadBalancerStatus', { LoadBalancerId: parts.balancer, LoadBalancerStatus: 'inactive' }),
      evidence: ({ parts }) => [parts.balancer],
      remedy: ['Restore stock to the state active'],
      heals: ({ call, parts }) =>
        call('Slb', 'SetLoadBalancerStatus', { LoadBalancerId: parts.balancer, LoadBalancerStatus: 'active' }),
    },
    {
      how: 'nobody healthy',
      breaks: async ({ call, parts, wait }) => {
        call('Ecs', 'StopInstance', { InstanceId: parts.machine });
        await wait();
      },
      evidence: ({ parts }) => [`${parts.balancer}:80`],
      remedy: ['Make a target of', 'pass its health check'],
      heals: async ({ call, parts, wait }) => {
        call('Ecs', 'StartInstance', { InstanceId: parts.machine });
        await wait();
      },
      denied: ['slb:DescribeHealthStatus', 'slb', 'DescribeHealthStatus'],
    },
  ]),
];
