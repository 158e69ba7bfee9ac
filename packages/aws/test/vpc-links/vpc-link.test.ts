import type { Subnet, RegionSnapshot, LinkRequest } from '@postern/core/internal/snapshot';
import { VPC_LINK_V2 } from '../../src/vpc-links/cloud/rules.js';
import { describe, expect, it } from 'vitest';
import { OWNER, REGION, refusalOf, simulated } from '../world/simulated.js';
import { vpcLink } from '../world/refs.js';

describe('links', () => {
  it('carry their mark and tags from their creation', async () => {
    const { call, link } = await simulated();
    const { id } = await link({
      owner: { ...OWNER, specHash: 'abc' },
      tags: { team: 'payments', 'postern:project': 'forged' },
    });
    expect(call('apigatewayv2', 'GetVpcLink', { VpcLinkId: id }).Tags).toEqual({
      team: 'payments',
      'postern:project': 'shop',
      'postern:owner': 'shop',
      'postern:integration': 'orders',
      'postern:spec': 'abc',
    });
  });

  it('are found by mark, not by name: names are not unique', async () => {
    const { driver, ctx, call, link, world } = await simulated();
    call('apigatewayv2', 'CreateVpcLink', { Name: 'orders', SubnetIds: world.subnetIds.slice(0, 1) });
    expect(await driver.links.find({ kind: 'vpc-link-v2', owner: OWNER }, ctx)).toBeUndefined();
    const { id } = await link();
    expect(await driver.links.find({ kind: 'vpc-link-v2', owner: OWNER }, ctx)).toMatchObject({
      id,
      networkId: world.networkId,
    });
  });

  it.each(['', '.', '..', '../apis', 'a/b', 'ä', ' '])(
    'with the id %j do not exist, and no call is made',
    async (id) => {
      const { driver, ctx, simulation } = await simulated();
      await driver.identity(ctx);
      const before = simulation.journal().length;
      expect(await driver.links.find(vpcLink(id), ctx)).toBeUndefined();
      const { gateways } = await driver.observe({ gateways: [{ httpApi: id }] }, ctx);
      expect(gateways).toEqual([]);
      const asked = simulation.journal().slice(before);
      expect(
        asked.map(({ operation }) => operation).filter((operation) => /^Get(VpcLink|Api)$/.test(operation)),
      ).toEqual([]);
    },
  );

  it('are FAILED with a reason where a subnet is full, and found with it', async () => {
    const { driver, ctx, call, world, link, settle } = await simulated();
    const { SubnetId } = call('ec2', 'CreateSubnet', {
      VpcId: world.networkId,
      CidrBlock: '10.10.200.0/28',
      AvailabilityZone: `${REGION}a`,
    }).Subnet;
    for (let index = 0; index < 11; index += 1) call('ec2', 'CreateNetworkInterface', { SubnetId });
    const region = await driver.observe({ subnets: [SubnetId] }, ctx);
    const request = {
      name: 'orders',
      owner: OWNER,
      subnetIds: [SubnetId],
      securityGroupIds: world.securityGroupIds,
      tags: {},
    };
    expect(VPC_LINK_V2.requestRefusals(request, region)).toMatchObject([
      { code: 'ADDRESSES_EXHAUSTED', details: { subnetId: SubnetId } },
    ]);
    await link({ subnetIds: [SubnetId] });
    await settle();
    const found = await driver.links.find({ kind: 'vpc-link-v2', owner: OWNER }, ctx);
    expect(found).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining(`'${SubnetId}' does not have enough free addresses`),
    });
  });

  it('are found without their network where subnets may not be read', async () => {
    const { driver, ctx, link, simulation } = await simulated();
    const { id } = await link();
    simulation.faults.add({ operation: 'DescribeSubnets', kind: 'deny' });
    const found = await driver.links.find(vpcLink(id), ctx);
    expect(found).toMatchObject({ id });
    expect(found?.networkId).toBeUndefined();
  });

  it('are tagged by the ARN of their partition', async () => {
    const cloud = await simulated({}, {}, 'us-gov-west-1');
    const { id } = await cloud.link();
    await cloud.driver.linkChanges.tag(vpcLink(id), { team: 'payments' }, cloud.ctx);
    expect(cloud.call('apigatewayv2', 'GetVpcLink', { VpcLinkId: id }).Tags).toMatchObject({ team: 'payments' });
  });

  it('are refused where the region does not support them', async () => {
    const { aws } = await import('../../src/index.js');
    const driver = aws({ region: 'us-gov-east-1' });
    const { ctx } = await simulated();
    const request = { name: 'orders', owner: OWNER, subnetIds: ['subnet-1'], securityGroupIds: [], tags: {} };
    expect((await refusalOf(driver.links.create('vpc-link-v2', request, ctx))).code).toBe('UNSUPPORTED');
  });

  it('are created one per fifteen seconds and deleted one per thirty, without being throttled', async () => {
    const { ctx, link, driver, simulation, settle } = await simulated();
    const start = ctx.clock.now();
    const links = await Promise.all(
      [1, 2, 3].map((n) => link({ owner: { project: 'shop', spec: 'shop', integration: `l${n}` } })),
    );
    expect(ctx.clock.now() - start).toBeGreaterThanOrEqual(30_000);
    await settle();
    await Promise.all(links.map(({ id }) => driver.links.delete(vpcLink(id), ctx)));
    expect(simulation.journal().filter(({ status }) => status === 429)).toEqual([]);
  });
});

describe('requestRefusals', () => {
  const subnet = (id: string, more: Partial<Subnet> = {}): Subnet => ({
    id,
    networkId: 'vpc-1',
    cidrBlock: '10.0.0.0/24',
    zone: 'euw1-az1',
    freeAddresses: 200,
    account: '111122223333',
    tags: {},
    raw: null,
    ...more,
  });
  const world = (subnets: readonly Subnet[], region = 'eu-west-1') =>
    ({
      provider: 'aws',
      region,
      account: '111122223333',
      subnets,
      links: [],
      securityGroups: [{ id: 'sg-2', name: 'x', networkId: 'vpc-2', rules: [], tags: {}, raw: null }],
    }) as unknown as RegionSnapshot;
  const request = (more: Partial<LinkRequest> = {}): LinkRequest => ({
    name: 'orders',
    owner: OWNER,
    subnetIds: ['subnet-1'],
    securityGroupIds: ['sg-1'],
    tags: {},
    ...more,
  });
  const codes = (errors: readonly { code: string }[]) => errors.map(({ code }) => code);

  it.each<[string, Partial<LinkRequest>, readonly Subnet[], readonly string[]]>([
    ['a valid request', {}, [subnet('subnet-1')], []],
    ['a name that is too long', { name: 'x'.repeat(129) }, [subnet('subnet-1')], ['INVALID_INPUT']],
    ['no subnet', { subnetIds: [] }, [], ['INVALID_INPUT']],
    ['eleven subnets', { subnetIds: Array.from({ length: 11 }, (_, n) => `s${n}`) }, [], ['INVALID_INPUT']],
    [
      'two VPCs',
      { subnetIds: ['subnet-1', 'subnet-2'] },
      [subnet('subnet-1'), subnet('subnet-2', { networkId: 'vpc-2' })],
      ['SUBNETS_OF_SEVERAL_NETWORKS'],
    ],
    [
      'a shared subnet without a group',
      { securityGroupIds: [] },
      [subnet('subnet-1', { account: '999988887777' })],
      ['SECURITY_GROUP_REQUIRED'],
    ],
    ['a shared subnet with a group', {}, [subnet('subnet-1', { account: '999988887777' })], []],
    ['a group of another VPC', { securityGroupIds: ['sg-2'] }, [subnet('subnet-1')], ['WRONG_NETWORK']],
    ['a full subnet', {}, [subnet('subnet-1', { freeAddresses: 0 })], ['ADDRESSES_EXHAUSTED']],
    ['a subnet that was not read', {}, [], []],
  ])('checks %s', (_, more, subnets, expected) => {
    expect(codes(VPC_LINK_V2.requestRefusals(request(more), world(subnets)))).toEqual(expected);
  });

  it('names only the suitable subnets of the same VPC', () => {
    const subnets = [
      subnet('subnet-1', { zone: 'euw3-az2' }),
      subnet('subnet-2', { zone: 'euw3-az1' }),
      subnet('subnet-3', { zone: 'euw3-az3', networkId: 'vpc-2' }),
    ];
    const [error] = VPC_LINK_V2.requestRefusals(request(), world(subnets, 'eu-west-3'));
    expect(error).toMatchObject({ code: 'ZONE_NOT_SERVED', details: { subnetIds: ['subnet-2'] } });
  });

  it('does not refuse zones of a region that the table lacks', () => {
    expect(
      VPC_LINK_V2.requestRefusals(request(), world([subnet('subnet-1', { zone: 'mxc1-az1' })], 'mx-central-1')),
    ).toEqual([]);
  });
});
