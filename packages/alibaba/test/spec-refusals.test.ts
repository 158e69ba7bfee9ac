import { CLOUDS, parseSpec } from '../../core/test/clouds.js';
import { driversOf, isPosternError, type PosternError, type Spec } from '@postern/core/internal/library';
import { diff, observeSpec } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { simulated } from './world/simulated.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

interface Parts {
  readonly link?: string;
  readonly subnets?: readonly string[];
  readonly groups?: readonly string[];
  readonly allowlist?: readonly string[];
  readonly target?: string;
}

function specOf({ world }: Cloud, parts: Parts): Spec {
  const { link = '', subnets = world.subnetIds, groups = world.securityGroupIds, allowlist = [] } = parts;
  return parseSpec(`version: 1
project: shop
links:
  cn:
    provider: alibaba
    region: cn-hangzhou
    subnets: [${subnets.join(', ')}]
    securityGroups: [${groups.join(', ')}]
    allowlist: [${allowlist.join(', ')}]
    ${link}
integrations:
  orders:
    link: cn
    gateway: { apiGroup: ${world.gateway.id} }
    targets: { orders: ${parts.target ?? '{ address: 10.10.0.5, port: 80 }'} }
    routes: { 'GET /orders': orders }
`);
}

/** The first problem of a plan, and its place in the spec. */
async function problem(cloud: Cloud, parts: Parts): Promise<PosternError> {
  try {
    // What needs no call is refused when the spec is read.
    const spec = specOf(cloud, parts);
    diff(await observeSpec(spec, driversOf(cloud.driver), cloud.ctx), spec, { clouds: CLOUDS });
  } catch (error) {
    if (isPosternError(error)) return error;
    throw error;
  }
  return expect.fail('not refused');
}

describe('an invalid spec is refused before anything is changed', () => {
  const rows: readonly (readonly [string, (cloud: Cloud) => Parts, string, string])[] = [
    [
      'an instance block other than the two',
      () => ({ link: 'instanceCidr: 10.0.0.0/16' }),
      'INSTANCE_CIDR_NOT_ALLOWED',
      'links.cn',
    ],
    ['a name that the service refuses', () => ({ link: 'name: orders.v2' }), 'NAME_NOT_ALLOWED', 'links.cn'],
    ['a reserved block', () => ({ allowlist: ['100.64.8.0/24'] }), 'CIDR_RESERVED', 'links.cn.allowlist[0]'],
    [
      'a block outside of the VPC, not connected',
      () => ({ allowlist: ['10.10.8.0/24', '10.99.0.0/24'] }),
      'CIDR_UNREACHABLE',
      'links.cn.allowlist[1]',
    ],
    [
      'a block inside a vSwitch of the link',
      () => ({ allowlist: ['10.10.0.128/25'] }),
      'CIDR_REDUNDANT',
      'links.cn.allowlist[0]',
    ],
    [
      'a block inside another',
      () => ({ allowlist: ['10.10.16.0/20', '10.10.17.0/24'] }),
      'CIDR_REDUNDANT',
      'links.cn.allowlist[1]',
    ],
    [
      'a block that overlaps the block of the instance',
      () => ({ link: 'instanceCidr: 192.168.0.0/16', allowlist: ['192.168.7.0/24'] }),
      'CIDR_CONFLICT',
      'links.cn.allowlist[0]',
    ],
    [
      'vSwitches of two VPCs',
      ({ world }) => ({ subnets: [world.subnetIds[0] ?? '', world.elsewhere.subnetIds[0] ?? ''] }),
      'SUBNETS_OF_SEVERAL_NETWORKS',
      'links.cn.subnets',
    ],
    [
      'a vSwitch without a free address',
      ({ world }) => ({ subnets: [world.fullSubnetId] }),
      'ADDRESSES_EXHAUSTED',
      'links.cn.subnets[0]',
    ],
    [
      'two vSwitches of one zone',
      ({ world, call }) => {
        const wanted = { VpcId: world.networkId, CidrBlock: '10.10.40.0/24', ZoneId: 'cn-hangzhou-j' };
        return { subnets: [world.subnetIds[0] ?? '', call('Vpc', 'CreateVSwitch', wanted).VSwitchId] };
      },
      'INVALID_INPUT',
      'links.cn.subnets[1]',
    ],
    [
      'security groups of different types',
      ({ world, call }) => {
        const wanted = { VpcId: world.networkId, SecurityGroupType: 'enterprise' };
        return { groups: [...world.securityGroupIds, call('Ecs', 'CreateSecurityGroup', wanted).SecurityGroupId] };
      },
      'SECURITY_GROUPS_OF_SEVERAL_TYPES',
      'links.cn',
    ],
    [
      'an id of the wrong kind',
      ({ world }) => ({ target: `{ instance: ${world.subnetIds[0]}, port: 80 }` }),
      'WRONG_KIND',
      'integrations.orders.targets.orders',
    ],
    [
      'a backend that does not exist',
      () => ({ target: '{ instance: lb-bp1aaaaaaaaaaaaaaaaaa, port: 80 }' }),
      'NOT_FOUND',
      'integrations.orders.targets.orders',
    ],
    [
      'an ECS instance that does not exist',
      () => ({ target: '{ instance: i-bp1aaaaaaaaaaaaaaaaaa, port: 80 }' }),
      'NOT_FOUND',
      'integrations.orders.targets.orders',
    ],
    [
      'a port without a listener',
      ({ world }) => ({ target: `{ instance: ${(world.targets[0] as { instance: string }).instance}, port: 81 }` }),
      'NOT_FOUND',
      'integrations.orders.targets.orders',
    ],
    [
      'a backend in another VPC',
      ({ world }) => ({
        target: `{ instance: ${(world.elsewhere.target as { instance: string }).instance}, port: 80 }`,
      }),
      'WRONG_NETWORK',
      'integrations.orders.targets.orders',
    ],
    [
      'a public address',
      () => ({ target: '{ address: 47.1.2.3, port: 80 }' }),
      'CIDR_RESERVED',
      'integrations.orders.targets.orders',
    ],
  ];

  it.each(rows)('%s', async (_, parts, code, path) => {
    const cloud = await simulated();
    const error = await problem(cloud, parts(cloud));
    expect(error.code, error.message).toBe(code);
    expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
    expect(error.place?.path?.startsWith(path), error.place?.path).toBe(true);
    expect(error.place?.line).toBeGreaterThan(0);
  });

  it('vSwitches that both blocks overlap', async () => {
    const cloud = await simulated();
    const { VpcId } = cloud.call('Vpc', 'CreateVpc', { CidrBlock: '172.16.0.0/12' });
    const { VSwitchId } = cloud.call('Vpc', 'CreateVSwitch', {
      VpcId,
      CidrBlock: '172.16.0.0/24',
      ZoneId: 'cn-hangzhou-j',
    });
    const { SecurityGroupId } = cloud.call('Ecs', 'CreateSecurityGroup', { VpcId });
    const parts = { subnets: [VSwitchId], groups: [SecurityGroupId], target: '{ address: 172.16.0.9, port: 80 }' };
    const error = await problem(cloud, { ...parts, link: 'instanceCidr: 172.16.0.0/12' });
    expect(error).toMatchObject({ code: 'CIDR_CONFLICT', remedy: 'Write instanceCidr: 192.168.0.0/16.' });
    expect(error.place?.path).toBe('links.cn.subnets[0]');
    // Without instanceCidr the service chooses the block that overlaps nothing.
    const snapshot = await observeSpec(specOf(cloud, parts), driversOf(cloud.driver), cloud.ctx);
    expect(diff(snapshot, specOf(cloud, parts), { clouds: CLOUDS }).units.length).toBeGreaterThan(0);
  });

  it('a block that is the destination of a route is connected', async () => {
    const cloud = await simulated();
    const { world, call } = cloud;
    const { Vpcs } = call('Vpc', 'DescribeVpcs', { VpcId: world.networkId });
    const [RouteTableId] = Vpcs.Vpc[0].RouterTableIds.RouterTableIds;
    call('Vpc', 'CreateRouteEntry', {
      RouteTableId,
      DestinationCidrBlock: '10.99.0.0/16',
      NextHopType: 'VpcPeer',
      NextHopId: 'pcc-bp1example',
    });
    const spec = specOf(cloud, { allowlist: ['10.99.0.0/24'] });
    const plan = diff(await observeSpec(spec, driversOf(cloud.driver), cloud.ctx), spec, { clouds: CLOUDS });
    expect(plan.units.flatMap(({ steps }) => steps.map(({ id }) => id))).toContain('create link cn');
  });
});
