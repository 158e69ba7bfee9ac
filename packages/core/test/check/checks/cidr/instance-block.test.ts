import { describe, expect, it } from 'vitest';
import { instanceBlockAccessible } from '../../../../src/check/checks/cidr/instance-block-accessible.js';
import { instanceBlockNetwork } from '../../../../src/check/checks/cidr/instance-block-network.js';
import { instanceBlockRoutes } from '../../../../src/check/checks/cidr/instance-block-routes.js';
import { instanceBlock } from '../../../../src/check/checks/cidr/instance-block.js';
import { internalBlock } from '../../../../src/check/checks/cidr/internal-block.js';
import { prepare } from '../../../../src/do/world/prepare.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld, TAKEN_AT, type World } from '../world.js';

const own = (block: string | undefined) => (world: World) => {
  Object.assign(world.the('links', 'apigateway-hz-1'), { native: block === undefined ? {} : { instanceCidr: block } });
};
const vswitch = (id: string, cidrBlock: string) => (world: World) => {
  world.the('subnets', id).cidrBlock = cidrBlock;
};
const all =
  (...changes: ((world: World) => void)[]) =>
  (world: World) => {
    for (const change of changes) change(world);
  };
/** The instance is declared and does not exist. */
const declared = (instanceCidr?: string) => (world: World) => {
  world.region.links = [];
  world.region.allowlists = [];
  delete world.linkSpec.id;
  Object.assign(world.linkSpec, {
    subnets: ['vsw-j', 'vsw-k'],
    securityGroups: ['sg-link'],
    native: instanceCidr === undefined ? {} : { instanceCidr },
  });
};
const vpc =
  (...cidrBlocks: string[]) =>
  (world: World) => {
    world.the('networks', 'vpc-h').cidrBlocks = cidrBlocks;
  };

describe('cidr/instance-block', () => {
  checkTable(instanceBlock, [
    { why: 'no overlap', world: () => alibabaWorld(), verdict: 'pass', evidence: ['192.168.0.0/16'] },
    {
      why: 'a vSwitch of an existing instance: its block never changes, and the other block has no overlap',
      world: () => alibabaWorld(all(vpc('10.0.0.0/16', '192.168.0.0/16'), vswitch('vsw-k', '192.168.2.0/24'))),
      verdict: 'fail',
      severity: 'error',
      subject: 'link eu, vsw-k',
      says: ['192.168.2.0/24', '192.168.0.0/16'],
      evidence: ['192.168.0.0/16', 'vsw-k'],
      remedy: ['instanceCidr: 172.16.0.0/12'],
    },
    {
      why: 'a vSwitch of an instance to be created: write the other block',
      world: () => alibabaWorld(all(vswitch('vsw-k', '192.168.2.0/24'), declared('192.168.0.0/16'))),
      verdict: 'fail',
      remedy: ['Write instanceCidr: 172.16.0.0/12 for links.eu'],
    },
    {
      why: 'Postern chooses the block without an overlap',
      world: () => alibabaWorld(all(vswitch('vsw-k', '192.168.2.0/24'), declared())),
      verdict: 'pass',
      evidence: ['172.16.0.0/12'],
    },
    {
      why: 'both blocks overlap a vSwitch: a free block of the VPC is proposed',
      world: () =>
        alibabaWorld(
          all(
            vpc('10.0.0.0/16', '192.168.0.0/16', '172.16.0.0/16'),
            vswitch('vsw-j', '172.16.1.0/24'),
            vswitch('vsw-k', '192.168.2.0/24'),
            declared(),
          ),
        ),
      verdict: 'fail',
      remedy: ['10.0.0.0/24 is free in vpc-h'],
    },
    {
      why: 'a block that an instance cannot have',
      world: () => alibabaWorld(declared('10.9.0.0/16')),
      verdict: 'fail',
      says: ['cannot be the CIDR block of an instance'],
    },
    { why: 'the block is not known', world: () => alibabaWorld(own(undefined)), verdict: 'unknown' },
    {
      why: 'vSwitches could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('subnets', 'vpc:DescribeVSwitches')),
      verdict: 'unknown',
      evidence: ['vpc:DescribeVSwitches'],
    },
    {
      why: 'instances could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('links', 'apigateway:DescribeInstances')),
      verdict: 'unknown',
      evidence: ['apigateway:DescribeInstances'],
    },
    { why: 'links of AWS have no such block', world: () => awsWorld(), verdict: 'nothing' },
  ]);
});

describe('cidr/instance-block-accessible', () => {
  const allow = (cidrBlock: string) => (world: World) => {
    world.region.allowlists[0]?.entries.push({ cidrBlock, protocol: 'all', fromPort: 0, toPort: 65_535 });
  };
  checkTable(instanceBlockAccessible, [
    { why: 'no overlap', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'an accessible block inside it is unreachable',
      world: () => alibabaWorld(allow('192.168.8.0/24')),
      verdict: 'fail',
      severity: 'warning',
      evidence: ['192.168.0.0/16', '192.168.8.0/24'],
      remedy: ['10.0.0.0/24 is free in vpc-h', 'instanceCidr: 172.16.0.0/12'],
    },
    {
      why: 'an accessible block that the spec would add',
      world: () =>
        alibabaWorld(({ linkSpec }) => Object.assign(linkSpec, { allowlist: ['10.0.20.0/24', '192.168.8.0/24'] })),
      verdict: 'fail',
      evidence: ['192.168.8.0/24'],
    },
    {
      why: 'the accessible blocks could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('allowlists', 'apigateway:DescribeInstances')),
      verdict: 'unknown',
      evidence: ['apigateway:DescribeInstances'],
    },
  ]);
});

describe('cidr/instance-block-network', () => {
  checkTable(instanceBlockNetwork, [
    { why: 'no overlap', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'a secondary block',
      world: () => alibabaWorld(all(vpc('10.0.0.0/16', '192.168.0.0/20'), vswitch('vsw-i', '192.168.1.0/24'))),
      verdict: 'fail',
      severity: 'warning',
      says: ['192.168.0.0/20'],
      evidence: ['192.168.0.0/16', 'vpc-h', 'vsw-i'],
      remedy: ['10.0.0.0/24 is free in vpc-h'],
    },
    {
      why: 'Postern chooses the block that does not overlap the VPC',
      world: () => alibabaWorld(all(vpc('10.0.0.0/16', '192.168.0.0/20'), declared())),
      verdict: 'pass',
      evidence: ['172.16.0.0/12'],
    },
    {
      why: 'the VPC could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('networks', 'vpc:DescribeVpcs')),
      verdict: 'unknown',
      evidence: ['vpc:DescribeVpcs'],
    },
  ]);
});

describe('cidr/instance-block-routes', () => {
  const route = (cidrBlock: string) => (world: World) => {
    world.the('routeTables', 'vtb-1').routes?.push({
      cidrBlock,
      nextHop: { kind: 'vpn-gateway', id: 'vpn-1' },
      state: 'active',
      origin: 'static',
    });
  };
  const peering = (cidrBlocks: string[] | undefined) => (world: World) => {
    world.region.peerings = [
      {
        id: 'pcc-1',
        state: 'active',
        nativeState: 'Activated',
        sides: [{ networkId: 'vpc-h' }, { networkId: 'vpc-far', cidrBlocks }],
        raw: null,
      },
    ];
  };
  checkTable(instanceBlockRoutes, [
    {
      why: 'no overlap',
      world: () => alibabaWorld(all(route('172.20.0.0/16'), peering(['10.8.0.0/16']))),
      verdict: 'pass',
    },
    { why: 'a default route contains every block', world: () => alibabaWorld(route('0.0.0.0/0')), verdict: 'pass' },
    {
      why: 'a route to a data center',
      world: () => alibabaWorld(route('192.168.100.0/24')),
      verdict: 'fail',
      severity: 'warning',
      says: ['192.168.100.0/24 → vpn-1'],
      evidence: ['vtb-1'],
      remedy: ['such as in 10.0.0.0/16'],
    },
    {
      why: 'a route to a data center by a prefix list',
      world: () =>
        alibabaWorld(({ region }) => {
          region.prefixLists = [{ id: 'pl-1', cidrBlocks: ['192.168.3.0/24'], raw: null }];
          const nextHop = { kind: 'express-connect', id: 'ri-1' } as const;
          region.routeTables?.[0]?.routes?.push({ prefixListId: 'pl-1', nextHop, state: 'active', origin: 'static' });
        }),
      verdict: 'fail',
      says: ['192.168.3.0/24 of pl-1'],
    },
    {
      why: 'the block of a peer',
      world: () => alibabaWorld(peering(['192.168.0.0/24'])),
      verdict: 'fail',
      evidence: ['pcc-1'],
    },
    {
      why: 'a peer whose blocks are not reported',
      world: () => alibabaWorld(peering(undefined)),
      verdict: 'unknown',
      remedy: ['vpc-far'],
    },
    {
      why: 'routes could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('routeTables', 'vpc:DescribeRouteTableList')),
      verdict: 'unknown',
      evidence: ['vpc:DescribeRouteTableList'],
    },
  ]);
});

describe('cidr/internal-block', () => {
  checkTable(internalBlock, [
    {
      why: 'supplied, and no overlap',
      world: () => alibabaWorld(),
      verdict: 'pass',
      evidence: ['assume.internalBlocks.cn-hangzhou'],
    },
    {
      why: 'not supplied, and no API reports it: the remedy names what to supply',
      world: () => alibabaWorld(({ spec }) => delete spec.assume),
      verdict: 'unknown',
      severity: 'warning',
      remedy: ['assume.internalBlocks.cn-hangzhou', 'https://help.aliyun.com/'],
    },
    {
      why: 'a vSwitch inside it: a free block is proposed',
      world: () =>
        alibabaWorld(({ spec }) => {
          spec.assume = { internalBlocks: { 'cn-hangzhou': ['10.0.2.0/23'] } };
        }),
      verdict: 'fail',
      severity: 'error',
      says: ['vsw-k (10.0.2.0/24)'],
      evidence: ['assume.internalBlocks.cn-hangzhou', 'vsw-k'],
      remedy: ['10.0.0.0/24 is free in vpc-h'],
    },
  ]);

  it('names the assumption', () => {
    const { snapshot, spec } = alibabaWorld();
    const prepared = prepare(snapshot, spec, { now: Date.parse(TAKEN_AT), passes: true });
    expect([...internalBlock.run(prepared.input)]).toHaveLength(1);
    expect(prepared.assumptions()).toEqual([
      { path: 'assume.internalBlocks.cn-hangzhou', text: 'API Gateway reserves 10.250.0.0/16 there' },
    ]);
  });
});
