import { createOnce, waitFor } from '@postern/core/internal/adapter';
import { describe, expect, it } from 'vitest';
import { toLink, toStatus } from '../../../src/traditional/instances/instance.js';
import { OWNER, refusalOf, simulated } from '../../world/simulated.js';
import { groupRef, instanceRef } from '../../world/refs.js';

describe('the state of an instance', () => {
  it.each([
    ['RUNNING', 'ready', 'documented'],
    ['WAIT_SWITCH', 'ready', 'APIs stay callable'],
    ['WaitSwitch', 'ready', 'the spelling is not certain'],
    ['CREATING', 'pending', ''],
    ['MODIFYING', 'pending', ''],
    ['DELETING', 'deleting', ''],
    ['CREATE_FAILED', 'failed', 'the word says failed'],
    ['ARREARS', 'pending', 'undocumented: waited for'],
    ['', 'pending', 'nothing'],
  ])('%s is %s: %s', (Status, state) => {
    expect(toStatus({ InstanceId: 'a', Status })).toMatchObject({ state, nativeState: Status });
  });

  it('that is not documented is reported unchanged', () => {
    expect(toStatus({ InstanceId: 'a', Status: 'ARREARS' }).reason).toContain('"ARREARS"');
    expect(toStatus({ InstanceId: 'a', Status: 'RUNNING' }).reason).toBeUndefined();
  });

  it.each([
    ['RUNNING', 'ready'],
    ['MODIFYING', 'pending'],
    ['UPGRADING', 'pending'],
    ['CREATE_FAILED', 'failed'],
    ['EXPIRED', 'unknown'],
    ['STOPPED', 'unknown'],
    ['LOCKED', 'unknown'],
    ['', 'unknown'],
  ])('for checks, %s is %s: pending only where its name means that it is changing', (Status, state) => {
    expect(toLink({ InstanceId: 'a', Status })).toMatchObject({ state, nativeState: Status });
  });

  it('is waited for until the deadline, whatever its name', async () => {
    const { driver, ctx, call, world, request } = await simulated();
    // An instance whose block overlaps a vSwitch never becomes ready, and the service does not report why.
    const vSwitch = { VpcId: world.networkId, ZoneId: 'cn-hangzhou-i', CidrBlock: '10.10.77.0/29' };
    const { VSwitchId } = call('Vpc', 'CreateVSwitch', vSwitch);
    const { id } = await driver.links.create('integration-instance', request({ subnetIds: [VSwitchId] }), ctx);
    call('Ecs', 'RunInstances', {
      Amount: 4,
      ImageId: 'i',
      InstanceType: 'ecs.g7.large',
      VSwitchId,
      SecurityGroupId: world.securityGroupIds[0],
    });
    const { pollMs, linkTimeoutMs } = driver.traits('integration-instance');
    const waiting = waitFor({
      what: id,
      read: async () => (await driver.links.statuses([instanceRef(id)], ctx))[0],
      status: (status) => status?.state ?? 'gone',
      pending: ['pending'],
      target: ['ready'],
      timeoutMs: linkTimeoutMs,
      pollMs,
      clock: ctx.clock,
    });
    expect(await refusalOf(waiting)).toMatchObject({ code: 'WAIT_TIMEOUT' });
  });
});

describe('a link', () => {
  it('has the connected VPC as its network, not that of its callers', () => {
    const link = toLink({
      InstanceId: 'a',
      DedicatedInstanceType: 'vpc_connect',
      UserVpcId: 'vpc-callers',
      ConnectVpcId: 'vpc-backends',
      InstanceCidrBlock: '192.168.0.0/16',
      InstanceSpec: 'api.s1.small',
    });
    expect(link).toMatchObject({
      networkId: 'vpc-backends',
      kind: 'integration-instance',
      native: { instanceCidr: '192.168.0.0/16', spec: 'api.s1.small' },
    });
  });

  it('has one security group for each zone where they differ', async () => {
    const { driver, ctx, world, link, call } = await simulated();
    const { SecurityGroupId } = call('Ecs', 'CreateSecurityGroup', {
      VpcId: world.networkId,
      SecurityGroupName: 'second',
    });
    const id = await link({ securityGroupIds: [world.securityGroupIds[0] ?? '', SecurityGroupId] });
    const found = await driver.links.find(instanceRef(id), ctx);
    expect(found?.securityGroupIds).toEqual([world.securityGroupIds[0], SecurityGroupId]);
    expect((await driver.egress(instanceRef(id), ctx)).addresses).toHaveLength(4);
  });
});

describe('a creation', () => {
  it('after the end of sale is refused, with the retirement dates and the cloud’s message', async () => {
    const { driver, ctx, request, calledSince, simulation } = await simulated({ startAt: '2026-11-20T00:00:00Z' });
    const from = simulation.journal().length;
    const error = await refusalOf(driver.links.create('integration-instance', request(), ctx));
    expect(error).toMatchObject({
      code: 'CREATION_CLOSED',
      outcomeUnknown: false,
      nativeCode: 'ForbiddenCreateInstance',
    });
    expect(error.remedy).toMatch(/2026-08-23.*2027-03-21.*2027-09-21/);
    expect((error.cause as { data?: { Message?: string } }).data?.Message).toContain('discontinued');
    expect(calledSince(from).filter((name) => name === 'CreateInstance')).toHaveLength(1);
  });

  it('sends the same token until the instance is found, and then another', async () => {
    const tokens: unknown[] = [];
    const cloud = await simulated();
    const { simulation, request, ctx } = cloud;
    const door = simulation.alibaba('cn-hangzhou');
    const { alibaba } = await import('../../../src/index.js');
    const driver = alibaba({
      region: 'cn-hangzhou',
      api: {
        call: (params, query, options) => {
          if (params.action === 'CreateInstance') tokens.push(query['Token']);
          return door.call(params, query, options);
        },
      },
    });
    simulation.faults.add({ service: 'cloudapi', operation: 'CreateInstance', kind: 'throttle', times: 2 });
    const once = () =>
      createOnce<{ readonly id: string }>({
        what: 'link',
        find: () => driver.links.find({ kind: 'integration-instance', owner: OWNER }, ctx),
        create: () => driver.links.create('integration-instance', request(), ctx),
        stalenessMs: driver.traits('integration-instance').stalenessMs,
        ctx,
      });
    const { id } = await once();
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens).size).toBe(1);
    expect(await once()).toMatchObject({ id });
    await driver.links.create('integration-instance', request(), ctx); // a caller that does not look for it first
    expect(new Set(tokens).size).toBe(2);
  });
});

it('a deletion: moves groups without published APIs back, and stops at groups that have some', async () => {
  const { driver, ctx, link, call, world, calledSince, simulation } = await simulated();
  const id = await link();
  const target = await driver.targetResources.create(instanceRef(id), world.targets[0], { ...OWNER, name: 'a' }, ctx);
  const route = {
    gateway: groupRef(world.gateway.id),
    key: 'GET /orders',
    link: instanceRef(id),
    use: { target, path: 'overwrite' },
    owner: OWNER,
  } as const;
  await driver.routes.create(route, ctx);
  const from = simulation.journal().length;
  const error = await refusalOf(driver.links.delete(instanceRef(id), ctx));
  expect(error).toMatchObject({ code: 'STILL_REFERENCED', details: { groupIds: [world.gateway.id] } });
  expect(calledSince(from)).not.toContain('DeleteInstance');
  expect(await refusalOf(driver.targetResources.delete(instanceRef(id), target.id, ctx))).toMatchObject({
    code: 'STILL_REFERENCED',
  });
  await driver.routes.delete(groupRef(world.gateway.id), 'GET /orders', OWNER, ctx);
  await driver.targetResources.delete(instanceRef(id), target.id, ctx);
  await driver.links.delete(instanceRef(id), ctx);
  expect(call('CloudAPI', 'DescribeApiGroup', { GroupId: world.gateway.id }).InstanceId).toBe('api-shared-vpc-001');
});
