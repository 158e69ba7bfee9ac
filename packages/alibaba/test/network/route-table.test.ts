import { describe, expect, it } from 'vitest';
import { toRoutes, type EntryOutput } from '../../src/network/route-table.js';

const hop = (NextHopType: string, NextHopId = 'x-1', Enabled = 1) => ({ NextHopType, NextHopId, Enabled });
const entry = (more: EntryOutput): EntryOutput => ({
  DestinationCidrBlock: '10.9.0.0/16',
  Type: 'Custom',
  Status: 'Available',
  ...more,
});

describe('an entry of a route table', () => {
  it.each<[string, string]>([
    ['VpcPeer', 'peering'],
    ['VpnGateway', 'vpn-gateway'],
    ['RouterInterface', 'express-connect'],
    ['Ecr', 'express-connect'],
    ['Attachment', 'transit-gateway'],
    ['NatGateway', 'nat'],
    ['Ipv4Gateway', 'internet'],
    ['IPv6Gateway', 'internet'],
    ['Instance', 'instance'],
    ['HaVip', 'instance'],
    ['NetworkInterface', 'interface'],
    ['GatewayEndpoint', 'endpoint'],
    ['GatewayLoadBalancerEndpoint', 'endpoint'],
    ['constructor', 'other'], // a word that the cloud may add, and one that every object has
    ['', 'other'],
  ])('with next hop %j leads to %s', (word, kind) => {
    expect(toRoutes(entry({ NextHops: { NextHop: [hop(word)] } }))[0]?.nextHop.kind).toBe(kind);
  });

  it.each<[string, string]>([
    ['System', 'local'],
    ['Custom', 'static'],
    ['BGP', 'propagated'],
    ['CEN', 'propagated'],
    ['ECR', 'propagated'],
  ])('of type %s is %s', (Type, origin) => {
    expect(toRoutes(entry({ Type, NextHops: { NextHop: [hop('Attachment')] } }))[0]?.origin).toBe(origin);
  });

  it.each<[string, number, string]>([
    ['Available', 1, 'active'],
    ['Modifying', 1, 'active'],
    ['Available', 0, 'blackhole'],
    ['Pending', 1, 'unknown'],
    ['Deleting', 0, 'unknown'],
  ])('that is %s, its next hop enabled: %d, is %s', (Status, enabled, state) => {
    const [route] = toRoutes(entry({ Status, NextHops: { NextHop: [hop('VpnGateway', 'vpn-1', enabled)] } }));
    expect(route?.state).toBe(state);
  });

  it('with several next hops is a route for each that is enabled', () => {
    const NextHop = [hop('RouterInterface', 'ri-1'), hop('RouterInterface', 'ri-2', 0), hop('RouterInterface', 'ri-3')];
    const routes = toRoutes(entry({ NextHops: { NextHop } }));
    expect(routes.map(({ nextHop, state }) => [nextHop.id, state])).toEqual([
      ['ri-1', 'active'],
      ['ri-3', 'active'],
    ]);
  });

  it.each([
    ['System', 'local', 'active'],
    ['Custom', 'other', 'active'],
  ])('of type %s without next hops is %s and %s', (Type, kind, state) => {
    expect(toRoutes(entry({ Type }))).toMatchObject([{ cidrBlock: '10.9.0.0/16', nextHop: { kind }, state }]);
  });

  it('whose next hop does not say whether it is enabled is active', () => {
    const NextHop = [{ NextHopType: 'VpnGateway', NextHopId: 'vpn-1' }];
    expect(toRoutes(entry({ NextHops: { NextHop } }))).toMatchObject([{ nextHop: { id: 'vpn-1' }, state: 'active' }]);
  });

  it('may have a prefix list as its destination', () => {
    const [route] = toRoutes(entry({ DestinationCidrBlock: 'pl-1', NextHops: { NextHop: [hop('VpnGateway')] } }));
    expect(route).toMatchObject({ prefixListId: 'pl-1' });
    expect(route?.cidrBlock).toBeUndefined();
  });
});
