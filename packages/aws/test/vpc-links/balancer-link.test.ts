import type { Link } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { readWorld } from '../rest-apis/read-world.js';
import { OWNER, refusalOf, REGION } from '../world/simulated.js';

const ref = (id: string) => ({ kind: 'vpc-link-v1', id }) as const;

async function world(...args: Parameters<typeof readWorld>) {
  const cloud = await readWorld(...args);
  const { driver, ctx, edge } = cloud;
  const create = async (more: object = {}): Promise<string> => {
    const request = {
      name: 'orders',
      owner: OWNER,
      subnetIds: [],
      securityGroupIds: [],
      loadBalancerId: edge.arn,
      tags: {},
    };
    return (await driver.links.create('vpc-link-v1', { ...request, ...more }, ctx)).id;
  };
  const native = (vpcLinkId: string) => cloud.rest('GetVpcLink', { vpcLinkId });
  return { ...cloud, create, native };
}

describe('V1 links', () => {
  it('carry their mark and tags from their creation', async () => {
    const { create, native, edge } = await world();
    const id = await create({ owner: { ...OWNER, specHash: 'abc' }, tags: { team: 'a', 'postern:project': 'forged' } });
    expect(native(id)).toMatchObject({
      name: 'orders',
      targetArns: [edge.arn],
      tags: { team: 'a', 'postern:project': 'shop', 'postern:integration': 'orders', 'postern:spec': 'abc' },
    });
  });

  it('are found by ID and by mark, with the network of their load balancer', async () => {
    const { create, driver, ctx, edge, world: place, settle, v1, simulation, calledSince } = await world();
    v1(edge.arn, { name: 'orders' });
    expect(await driver.links.find({ kind: 'vpc-link-v1', owner: OWNER }, ctx)).toBeUndefined();
    const id = await create({ owner: { ...OWNER, specHash: 'abc' } });
    const found: Partial<Link> = {
      id,
      kind: 'vpc-link-v1',
      state: 'pending',
      nativeState: 'PENDING',
      networkId: place.networkId,
      subnetIds: [],
      securityGroupIds: [],
      loadBalancerIds: [edge.arn],
      owner: { ...OWNER, specHash: 'abc' },
    };
    const from = simulation.journal().length;
    expect(await driver.links.find({ kind: 'vpc-link-v1', owner: OWNER }, ctx)).toMatchObject(found);
    expect(calledSince(from).toSorted()).toEqual(['DescribeLoadBalancers', 'GetVpcLinks']);
    expect(await driver.links.find(ref(id), ctx)).toMatchObject(found);
    const other = { ...OWNER, specHash: 'other' };
    expect(await driver.links.find({ kind: 'vpc-link-v1', owner: other }, ctx)).toBeUndefined();
    expect(await driver.links.find(ref('zzzzzz'), ctx)).toBeUndefined();
    expect(await driver.links.find(ref('../restapis'), ctx)).toBeUndefined();
    await settle();
  });

  it('that work come before those that failed', async () => {
    const { create, driver, ctx, balancer, settle } = await world();
    const failed = await create({ loadBalancerId: `${balancer('fresh-nlb').arn}0` });
    await settle();
    const ready = await create();
    await settle();
    expect((await driver.links.find({ kind: 'vpc-link-v1', owner: OWNER }, ctx))?.id).toBe(ready);
    expect(await driver.links.find(ref(failed), ctx)).toMatchObject({ state: 'failed', networkId: undefined });
  });

  it.each<[string, RegExp]>([
    ['an application load balancer', /NLB ARN is malformed/],
    ['a load balancer that another link has', /already associated with another VPC Endpoint Service/],
  ])('are FAILED for %s, with the reason', async (what, reason) => {
    const { create, driver, ctx, alb, v1, edge, settle } = await world();
    v1(edge.arn);
    await settle();
    const id = await create({ loadBalancerId: what.startsWith('an app') ? alb : edge.arn });
    await settle();
    expect(await driver.links.statuses([ref(id)], ctx)).toEqual([
      { kind: 'vpc-link-v1', id, state: 'failed', nativeState: 'FAILED', reason: expect.stringMatching(reason) },
    ]);
  });

  it('have their states read with one call', async () => {
    const { create, v1, balancer, driver, ctx, settle, simulation, calledSince } = await world();
    const others = ['b', 'c', 'd'].map((name) => v1(balancer(`${name}-nlb`).arn));
    const id = await create();
    await driver.identity(ctx);
    const from = simulation.journal().length;
    const states = await driver.links.statuses([id, ...others, 'zzzzzz'].map(ref), ctx);
    expect(calledSince(from)).toEqual(['GetVpcLinks']);
    expect(states).toHaveLength(4);
    expect(await driver.links.statuses([], ctx)).toEqual([]);
    await settle();
    expect((await driver.links.statuses([ref(id)], ctx))[0]).toMatchObject({
      state: 'ready',
      nativeState: 'AVAILABLE',
    });
  });

  it('are renamed, tagged and untagged in place', async () => {
    const { create, driver, ctx, native } = await world();
    const id = await create();
    await driver.linkChanges.rename(ref(id), 'other', ctx);
    await driver.linkChanges.tag(ref(id), { team: 'payments', 'postern:spec': 'abc' }, ctx);
    await driver.linkChanges.untag(ref(id), ['postern:project', 'missing'], ctx);
    await driver.linkChanges.tag(ref(id), {}, ctx);
    await driver.linkChanges.untag(ref(id), [], ctx);
    expect(native(id)).toMatchObject({ name: 'other' });
    expect(native(id).tags).toEqual({
      team: 'payments',
      'postern:owner': 'shop',
      'postern:integration': 'orders',
      'postern:spec': 'abc',
    });
  });

  it('are deleted, also twice; not while a stage uses one', async () => {
    const { create, driver, ctx, settle, method, api, rest } = await world();
    const id = await create();
    await settle();
    const restApiId = api();
    method(restApiId, 'GET /a', { connectionId: id, uri: 'http://a.internal/a' });
    rest('CreateDeployment', { restApiId, stageName: 'prod' });
    expect(await refusalOf(driver.links.delete(ref(id), ctx))).toMatchObject({ code: 'STILL_REFERENCED' });
    rest('DeleteRestApi', { restApiId });
    await driver.links.delete(ref(id), ctx);
    expect((await driver.links.statuses([ref(id)], ctx))[0]).toMatchObject({ state: 'deleting' });
    await settle();
    expect(await driver.links.statuses([ref(id)], ctx)).toEqual([]);
    await driver.links.delete(ref(id), ctx);
  });

  it('that a quota forbids are refused', async () => {
    const { create } = await world({ quotas: { 'vpc-links-v1': 1 } });
    await create();
    expect(await refusalOf(create())).toMatchObject({ code: 'QUOTA_EXCEEDED' });
  });
});

it('targets behind a V1 link: are the listeners of its load balancer alone', async () => {
  const { create, driver, ctx, edge, balancer, settle } = await world();
  const id = await create();
  const other = balancer('other-nlb');
  await settle();
  const within = { link: ref(id) };
  const named = { listener: { loadBalancer: 'edge-nlb', port: 443 } };
  expect(await driver.targets.resolve(named, within, ctx)).toMatchObject({
    id: edge.listener,
    resourceType: 'network',
  });
  expect(await refusalOf(driver.targets.resolve({ listener: other.listener }, within, ctx))).toMatchObject({
    code: 'WRONG_KIND',
    details: { expected: [edge.arn] },
  });
  const service = `arn:aws:servicediscovery:${REGION}:111122223333:service/srv-a1b2c3d4e5f6`;
  expect(await refusalOf(driver.targets.resolve({ service }, within, ctx))).toMatchObject({ code: 'UNSUPPORTED' });
  const missing = { listener: { loadBalancer: 'edge-nlb', port: 80 } };
  expect(await refusalOf(driver.targets.resolve(missing, within, ctx))).toMatchObject({ code: 'NOT_FOUND' });
});

it('the egress of a V1 link: has the addresses and groups of its load balancer, which stay', async () => {
  const { driver, ctx, balancer, world: place, create, settle, call } = await world();
  const guarded = balancer('guarded-nlb', { SecurityGroups: place.securityGroupIds });
  await settle();
  const id = await create({ loadBalancerId: guarded.arn });
  const { NetworkInterfaces } = call('ec2', 'DescribeNetworkInterfaces', {
    Filters: [{ Name: 'description', Values: [`ELB ${guarded.arn.split(':loadbalancer/')[1]}`] }],
  });
  const addresses: string[] = NetworkInterfaces.map((one: any) => one.PrivateIpAddress);
  expect(addresses).toHaveLength(2);
  const egress = await driver.egress(ref(id), ctx);
  expect(egress).toEqual({
    linkId: id,
    addresses: expect.arrayContaining(addresses),
    prefixes: expect.arrayContaining(addresses.map((one) => `${one}/32`)),
    securityGroupIds: place.securityGroupIds,
    stability: 'stable',
    seenBy: [expect.objectContaining({ source: 'load-balancer' })],
  });
  expect(await refusalOf(driver.egress(ref('zzzzzz'), ctx))).toMatchObject({ code: 'NOT_FOUND' });
});

describe('the allowlist of a V1 link', () => {
  const block = { cidrBlock: '10.20.0.0/16', protocol: 'tcp', fromPort: 443, toPort: 443 } as const;
  const everything = [
    expect.objectContaining({ cidrBlock: '0.0.0.0/0', protocol: 'all' }),
    expect.objectContaining({ cidrBlock: '::/0', protocol: 'all' }),
  ];

  async function guarded() {
    const cloud = await world();
    const { balancer, create, settle, call, world: place, ctx, driver } = cloud;
    const { arn } = balancer('guarded-nlb', { SecurityGroups: place.securityGroupIds });
    await settle();
    const id = await create({ loadBalancerId: arn });
    const [groupId = ''] = place.securityGroupIds;
    const inbound = (): any[] =>
      call('ec2', 'DescribeSecurityGroups', { GroupIds: [groupId] }).SecurityGroups[0].IpPermissions;
    return { ...cloud, id, arn, groupId, inbound, read: () => driver.allowlist.read(ref(id), ctx) };
  }

  it('is what its load balancer admits: everything without security groups', async () => {
    const { create, driver, ctx, call } = await world();
    const id = await create();
    expect(await driver.allowlist.read(ref(id), ctx)).toMatchObject({
      linkId: id,
      owned: true,
      entries: everything,
      filter: 'none',
    });
    const before = call('ec2', 'DescribeSecurityGroups', {});
    for (const change of ['allow', 'revoke'] as const) {
      const refusal = await refusalOf(driver.allowlist[change](ref(id), [block], ctx));
      expect(refusal).toMatchObject({ code: 'UNSUPPORTED', remedy: expect.stringContaining('enforces') });
    }
    expect(call('ec2', 'DescribeSecurityGroups', {})).toEqual(before);
  });

  it('is the inbound rules of the groups of its load balancer, and only those with its mark', async () => {
    const { id, driver, ctx, call, groupId, inbound, read } = await guarded();
    const own = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.99.0.0/16' }] };
    call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId: groupId, IpPermissions: [own] });
    expect(await read()).toMatchObject({
      owned: true,
      securityGroupId: groupId,
      entries: [],
      filter: 'inbound',
      unmanaged: [`${groupId} allows tcp 443 inbound from 10.99.0.0/16`],
    });
    await driver.allowlist.allow(ref(id), [block], ctx);
    await driver.allowlist.allow(ref(id), [block], ctx);
    expect((await read()).entries).toEqual([expect.objectContaining(block)]);
    // A rule of others is kept, whatever is revoked.
    await driver.allowlist.revoke(ref(id), [block, { ...block, cidrBlock: '10.99.0.0/16' }], ctx);
    await driver.allowlist.revoke(ref(id), [block], ctx);
    expect((await read()).entries).toEqual([]);
    expect(inbound().flatMap(({ IpRanges }) => IpRanges.map((one: any) => one.CidrIp))).toEqual(['10.99.0.0/16']);
  });

  it('is everything where the load balancer does not enforce its rules on PrivateLink', async () => {
    const { id, arn, driver, ctx, elb, groupId, inbound, read } = await guarded();
    elb('SetSecurityGroups', {
      LoadBalancerArn: arn,
      SecurityGroups: [groupId],
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
    });
    const before = inbound();
    expect(await read()).toMatchObject({ entries: everything, filter: 'none' });
    expect(await refusalOf(driver.allowlist.allow(ref(id), [block], ctx))).toMatchObject({ code: 'UNSUPPORTED' });
    expect(inbound()).toEqual(before);
  });

  it('cannot be prepared, and needs no release', async () => {
    const { driver, ctx, world: place } = await world();
    const request = { networkId: place.networkId, owner: OWNER, name: 'x', entries: [], tags: {} };
    expect(await refusalOf(driver.allowlistGroups.prepare('vpc-link-v1', request, ctx))).toMatchObject({
      code: 'UNSUPPORTED',
    });
    await driver.allowlistGroups.release('vpc-link-v1', OWNER, ctx);
    await driver.allowlistGroups.mark(ref('zzzzzz'), undefined, ctx);
  });
});
