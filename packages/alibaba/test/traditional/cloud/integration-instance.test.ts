import { emptyRegion } from '../../../../core/src/do/snapshot/snapshot-form.js';
import { describe, expect, it } from 'vitest';
import { blockRefusals, chooseInstanceCidr } from '../../../src/traditional/cloud/blocks.js';
import { instanceRefusals } from '../../../src/traditional/cloud/request.js';
import type { LinkRequest } from '../../../../core/src/do/model/link.js';
import type { SecurityGroup, Subnet } from '../../../../core/src/do/model/network.js';

const subnet = (id: string, cidrBlock: string, zone: string, more: Partial<Subnet> = {}): Subnet => ({
  id,
  networkId: 'vpc-1',
  cidrBlock,
  zone,
  tags: {},
  raw: null,
  ...more,
});
const group = (id: string, SecurityGroupType: string): SecurityGroup => ({
  id,
  name: id,
  networkId: 'vpc-1',
  rules: [],
  tags: {},
  raw: { SecurityGroupType },
});

const VPN = { kind: 'vpn-gateway', id: 'vpn-1' } as const;
const REGION = emptyRegion({
  provider: 'alibaba',
  region: 'cn-hangzhou',
  account: '1',
  networks: [{ id: 'vpc-1', cidrBlocks: ['10.0.0.0/16', '10.9.0.0/16'], tags: {}, raw: null }],
  subnets: [
    subnet('vsw-i', '10.0.0.0/24', 'cn-hangzhou-i'),
    subnet('vsw-j', '10.0.1.0/24', 'cn-hangzhou-j'),
    subnet('vsw-192', '192.168.3.0/24', 'cn-hangzhou-k'),
    subnet('vsw-172', '172.17.0.0/24', 'cn-hangzhou-h'),
  ],
  securityGroups: [group('sg-1', 'normal'), group('sg-2', 'normal'), group('sg-x', 'enterprise')],
  zones: [
    ...['i', 'j', 'k', 'h'].map((letter) => ({ id: `cn-hangzhou-${letter}`, servesLinks: true })),
    { id: 'cn-hangzhou-a', servesLinks: false },
  ],
  routeTables: [
    {
      id: 'vtb-1',
      networkId: 'vpc-1',
      main: true,
      routes: [
        { cidrBlock: '10.0.0.0/24', nextHop: { kind: 'local' }, state: 'active', origin: 'local' },
        { cidrBlock: '10.50.0.0/16', nextHop: VPN, state: 'active', origin: 'static' },
        { cidrBlock: '10.60.0.0/16', nextHop: VPN, state: 'unknown', origin: 'static' },
        { cidrBlock: '10.70.0.0/16', nextHop: VPN, state: 'blackhole', origin: 'static' },
      ],
      raw: null,
    },
    {
      id: 'vtb-2',
      networkId: 'vpc-1',
      main: false,
      routes: [{ cidrBlock: '10.80.0.0/16', nextHop: VPN, state: 'active', origin: 'static' }],
      raw: null,
    },
  ],
});

const request = (more: Partial<LinkRequest>): LinkRequest => ({
  name: 'orders',
  owner: { project: 'shop', spec: 'shop', integration: 'orders' },
  subnetIds: ['vsw-i'],
  securityGroupIds: ['sg-1'],
  tags: {},
  ...more,
});
const codes = (more: Partial<LinkRequest>) => instanceRefusals(request(more), REGION).map(({ code }) => code);

describe('instanceRefusals', () => {
  it.each<readonly [Partial<LinkRequest>, readonly string[], string]>([
    [{}, [], 'one zone, one group'],
    [{ subnetIds: ['vsw-i', 'vsw-j'] }, [], 'one group for both zones'],
    [{ subnetIds: ['vsw-i', 'vsw-j'], securityGroupIds: ['sg-1', 'sg-2'] }, [], 'a group for each zone'],
    [{ securityGroupIds: [] }, ['INVALID_INPUT'], 'a zone has to have one'],
    [{ securityGroupIds: ['sg-1', 'sg-2'] }, ['INVALID_INPUT'], 'and no more than one'],
    [
      { subnetIds: ['vsw-i', 'vsw-j'], securityGroupIds: ['sg-1', 'sg-x'] },
      ['SECURITY_GROUPS_OF_SEVERAL_TYPES'],
      'basic and advanced',
    ],
    [{ name: '' }, ['NAME_NOT_ALLOWED'], 'no name'],
    [{ name: '网关' }, ['NAME_NOT_ALLOWED'], 'letters that are not allowed'],
    [{ name: 'x'.repeat(65) }, ['NAME_NOT_ALLOWED'], 'too long'],
    [{ native: { instanceCidr: '10.0.0.0/8' } }, ['INSTANCE_CIDR_NOT_ALLOWED'], 'a third block'],
    [{ native: { instanceCidr: '192.168.0.0/24' } }, ['INSTANCE_CIDR_NOT_ALLOWED'], 'a part of one of the two'],
    [{ subnetIds: ['vsw-192'] }, [], 'the other block is free'],
    [
      { subnetIds: ['vsw-192'], native: { instanceCidr: '192.168.0.0/16' } },
      ['CIDR_CONFLICT'],
      'the requested block is not free',
    ],
    [{ subnetIds: ['vsw-192', 'vsw-172'] }, ['CIDR_CONFLICT'], 'neither block is free'],
  ])('%j: %j, %s', (more, expected) => {
    expect(codes(more)).toEqual(expected);
  });

  it('decides on zones only where the list of zones was read', () => {
    const abroad = { ...REGION, subnets: [subnet('vsw-i', '10.0.0.0/24', 'cn-hangzhou-a')] };
    const [error] = instanceRefusals(request({}), abroad);
    expect(error).toMatchObject({
      code: 'ZONE_NOT_SERVED',
      remedy: 'Use vSwitches in cn-hangzhou-h, cn-hangzhou-i, cn-hangzhou-j, cn-hangzhou-k.',
      details: { subnetId: 'vsw-i' },
    });
    expect(instanceRefusals(request({}), { ...abroad, zones: undefined })).toEqual([]);
  });
});

it.each<readonly [readonly string[], readonly string[], string | undefined, string]>([
  [[], [], '192.168.0.0/16', 'no block to overlap'],
  [['192.168.1.0/24'], [], '172.16.0.0/12', 'the first overlaps a vSwitch'],
  [['10.0.0.0/24'], ['192.168.0.0/16'], '172.16.0.0/12', 'prefers a block that does not overlap the VPC'],
  [['192.168.1.0/24'], ['172.16.0.0/12'], '172.16.0.0/12', 'an overlap with the VPC only is accepted'],
  [['192.168.1.0/24', '172.16.0.0/24'], [], undefined, 'both overlap vSwitches'],
])('chooseInstanceCidr: for vSwitches %j of a VPC %j: %s, %s', (subnets, vpc, expected) => {
  expect(chooseInstanceCidr(undefined, subnets, vpc)).toBe(expected);
});

describe('blockRefusals', () => {
  const within = { networkId: 'vpc-1', subnetIds: ['vsw-i'] };
  it.each<readonly [string, string | undefined, string]>([
    ['10.0.5.0/24', undefined, 'in the VPC'],
    ['10.9.1.0/24', undefined, 'in its second block'],
    ['10.50.3.0/24', undefined, 'behind a VPN'],
    ['10.60.3.0/24', 'CIDR_UNREACHABLE', 'behind a route in an unknown state'],
    ['10.70.3.0/24', 'CIDR_UNREACHABLE', 'behind a route to a blackhole'],
    ['10.80.3.0/24', 'CIDR_UNREACHABLE', 'behind a route of a table that the vSwitch does not use'],
    ['10.0.0.0/8', 'CIDR_UNREACHABLE', 'more than the VPC and its routes'],
    ['10.0.0.64/26', 'CIDR_REDUNDANT', 'in the vSwitch'],
    ['100.100.2.136/32', 'CIDR_RESERVED', 'name servers of the cloud'],
    ['224.0.0.0/24', 'CIDR_RESERVED', 'multicast'],
    ['0.0.0.0/0', 'CIDR_RESERVED', 'everything has reserved parts'],
    ['192.168.0.0/24', 'CIDR_CONFLICT', 'the block that the instance would get'],
  ])('%s is %s: %s', (block, code) => {
    const errors = blockRefusals([block], within, REGION);
    expect(errors.map((error) => error.code)).toEqual(code === undefined ? [] : [code]);
    for (const error of errors) expect(error.details).toEqual({ cidrBlock: block });
  });

  it('reports nothing about routes that were not read', () => {
    expect(blockRefusals(['10.60.3.0/24'], within, { ...REGION, routeTables: undefined })).toEqual([]);
    expect(blockRefusals(['10.60.3.0/24'], within, { ...REGION, networks: [] })).toEqual([]);
    const [table] = REGION.routeTables ?? [];
    const unread = table === undefined ? [] : [{ ...table, routes: undefined }];
    expect(blockRefusals(['10.60.3.0/24'], within, { ...REGION, routeTables: unread })).toEqual([]);
  });

  it('reads the table of the vSwitch, not the main one', () => {
    const subnets = REGION.subnets.map((one) => ({ ...one, routeTableId: 'vtb-2' }));
    expect(blockRefusals(['10.80.3.0/24'], within, { ...REGION, subnets })).toEqual([]);
    expect(blockRefusals(['10.50.3.0/24'], within, { ...REGION, subnets })).toMatchObject([
      { code: 'CIDR_UNREACHABLE' },
    ]);
  });
});
