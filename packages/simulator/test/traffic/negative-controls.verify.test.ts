import { describe, expect, it } from 'vitest';
import { moving } from './alibaba/moving.js';
import { MINUTE } from './alibaba/shop.js';
import { shop } from './aws/http-api/shop.js';

/** Every mistake in the order of a replacement loses calls, and the right order of the same steps loses none. */

/** Until a change of a gateway has reached its data path, in milliseconds. */
const PUBLISHED_MS = 3_000;
/** The backend is slow, so that calls are in flight whenever something changes. */
const SLOW_MS = 4_000;

/**
 * An HTTP API whose route is to change from one link to another, both with security groups of their own, under load. `steps` does
 * it; returns the load job when all calls have ended.
 */
async function replacing(steps: (world: Replacement) => Promise<void>) {
  const world = await shop({ dataPathDelay: PUBLISHED_MS });
  const { sim, ec2, gateway, ApiId, groupId, host, server } = world;
  const [{ VpcId }] = ec2('DescribeVpcs').Vpcs;
  const SubnetIds: string[] = ec2('DescribeSubnets').Subnets.map((row: { SubnetId: string }) => row.SubnetId);
  const link = (Name: string) => {
    const { GroupId } = ec2('CreateSecurityGroup', { VpcId, GroupName: Name, Description: Name });
    const { VpcLinkId } = gateway('CreateVpcLink', { Name, SubnetIds, SecurityGroupIds: [GroupId] });
    const rule = { GroupId: groupId, IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }] };
    return {
      create: VpcLinkId as string,
      admit: () => void ec2('AuthorizeSecurityGroupIngress', rule),
      shutOut: () => void ec2('RevokeSecurityGroupIngress', rule),
    };
  };
  const old = link('old');
  old.admit();
  await sim.advance(10 * MINUTE);
  const IntegrationId = world.integration({ ConnectionId: old.create });
  world.route('ANY /{proxy+}', IntegrationId);
  world.stage();
  sim.backends.add({ address: server, port: 8080, behavior: { delayMs: SLOW_MS } });
  await sim.advance(MINUTE);
  const load = sim.traffic.load({ gateway: host, paths: ['/orders'], perSecond: 5, seconds: 0 });
  await sim.advance(MINUTE);
  const next = link('next');
  await steps({
    wait: (ms) => sim.advance(ms),
    admit: next.admit,
    shutOut: old.shutOut,
    moveRoute: () => void gateway('UpdateIntegration', { ApiId, IntegrationId, ConnectionId: next.create }),
    deleteLink: () => void gateway('DeleteVpcLink', { VpcLinkId: old.create }),
  });
  await sim.advance(MINUTE);
  load.end();
  await sim.advance(MINUTE);
  return load.status();
}

interface Replacement {
  readonly wait: (ms: number) => Promise<void>;
  /** The load balancer lets the new link in. */
  readonly admit: () => void;
  /** The load balancer lets the old link in no longer. */
  readonly shutOut: () => void;
  readonly moveRoute: () => void;
  readonly deleteLink: () => void;
}

const READY_MS = 10 * MINUTE;
/** Until the last call through the old link has its answer. */
const DRAINED_MS = PUBLISHED_MS + SLOW_MS + 1_000;
const NONE_LOST = { lost: 0, firstLost: null, done: true } as const;

describe('AWS: a route that changes its link', () => {
  it('in the right order loses no call', async () => {
    const status = await replacing(async ({ wait, admit, shutOut, moveRoute, deleteLink }) => {
      admit();
      await wait(READY_MS);
      moveRoute();
      await wait(DRAINED_MS);
      deleteLink();
      shutOut();
    });
    expect(status).toMatchObject(NONE_LOST);
    expect(status.delivered).toBeGreaterThan(3_000);
  });

  it('without a drain loses calls: the old link is deleted at once, while calls through it are in flight', async () => {
    const { lost, firstLost } = await replacing(async ({ wait, admit, moveRoute, deleteLink }) => {
      admit();
      await wait(READY_MS);
      moveRoute();
      deleteLink();
    });
    expect(lost).toBeGreaterThan(20);
    expect(firstLost).toMatchObject({ outcome: 'reset' });
  });

  it('before the new link is ready loses calls: it is PENDING', async () => {
    const { lost, firstLost } = await replacing(async ({ wait, admit, moveRoute }) => {
      admit();
      moveRoute();
      await wait(READY_MS);
    });
    expect(lost).toBeGreaterThan(100);
    expect(firstLost).toMatchObject({ outcome: 'link-pending' });
  });

  it('before the load balancer lets the new link in loses calls', async () => {
    const { lost, firstLost } = await replacing(async ({ wait, admit, moveRoute }) => {
      await wait(READY_MS);
      moveRoute();
      await wait(MINUTE);
      admit();
    });
    expect(lost).toBeGreaterThan(200);
    expect(firstLost).toMatchObject({ outcome: 'unreachable' });
  });

  it('narrowed before the route has left the old link loses calls', async () => {
    const { lost, firstLost } = await replacing(async ({ wait, admit, shutOut, moveRoute }) => {
      admit();
      await wait(READY_MS);
      shutOut();
      moveRoute();
    });
    expect(lost).toBeGreaterThan(10);
    expect(firstLost).toMatchObject({ outcome: 'unreachable' });
  });
});

describe('Alibaba Cloud: a group that moves to another instance', () => {
  const NEW = '10.0.0.0/16';
  const both = (egress: string) => [egress, NEW];
  /** The move takes some minutes; then callers resolve the old address for up to ten. */
  const MOVED_MS = 15 * MINUTE;

  it('in the right order loses no call', async () => {
    const { world, load, old, egress, revoke } = await moving(both);
    await world.sim.advance(MOVED_MS);
    revoke(egress);
    world.cloud.cloudapi('DeleteInstance', { InstanceId: old });
    await world.sim.advance(10 * MINUTE);
    expect(load.status()).toMatchObject({ ...NONE_LOST, delivered: 2_400 });
  });

  it('without a drain loses calls: the old instance is released while callers still resolve its address', async () => {
    const { world, load, old } = await moving(both);
    await world.sim.advance(4 * MINUTE);
    world.cloud.cloudapi('DeleteInstance', { InstanceId: old });
    await world.sim.advance(20 * MINUTE);
    expect(load.status().lost).toBeGreaterThan(100);
    expect(load.status().firstLost).toMatchObject({ outcome: 'link-missing' });
  });

  it('before the server lets the new instance in loses calls', async () => {
    const { world, load, old } = await moving((egress) => [egress]);
    await world.sim.advance(25 * MINUTE);
    const { lost, delivered, firstLost } = load.status();
    expect(lost).toBeGreaterThan(1_000);
    expect(delivered).toBeGreaterThan(300);
    expect(firstLost).toMatchObject({ outcome: 'unreachable', path: '/orders/1' });
    const ends = new Set(world.sim.traffic.counters().by.map(({ link, outcome }) => `${link} ${outcome}`));
    expect(ends).toEqual(new Set([`${old} delivered`, `${world.linkId} unreachable`]));
  });

  it('narrowed before its callers have left the old instance loses calls', async () => {
    const { world, load, egress, revoke } = await moving(both);
    await world.sim.advance(4 * MINUTE);
    revoke(egress);
    await world.sim.advance(20 * MINUTE);
    expect(load.status().lost).toBeGreaterThan(100);
    expect(load.status().firstLost).toMatchObject({ outcome: 'unreachable' });
  });
});
