import { parseSpec } from '../../../core/test/clouds.js';
import type { ApplyOptions } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { carriedOut, planOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { simulated } from '../world/simulated.js';

/** A group on an instance of the project, and how a spec with an instance in other security groups is applied. */
async function shop() {
  const cloud = await simulated();
  const { driver, ctx, world, call } = cloud;
  const [, ecs] = world.targets as unknown as readonly [unknown, { instance: string }];
  /** `more`: integrations besides that of the routes of `/orders`. */
  const run = async (groups: readonly string[], options: Partial<ApplyOptions> = {}, more = '') => {
    const spec = parseSpec(`version: 1
project: shop
defaults: { region: cn-hangzhou }
links:
  cn: { provider: alibaba, subnets: [${world.subnetIds.join(', ')}], securityGroups: [${groups.join(', ')}], spec: api.s1.small }
integrations:
${more}  orders:
    link: cn
    gateway: { apiGroup: ${world.gateway.id}, stages: [RELEASE] }
    targets: { ecs: { instance: ${ecs.instance}, port: 8080 } }
    routes: { 'GET /orders': ecs, 'POST /orders': ecs }
`);
    const plan = await planOf(cloud, spec, { all: true });
    const { events, errors, done } = await carriedOut(cloud, spec, plan, options);
    return { done, errors, told: events.flatMap((event) => ('message' in event ? [event.message] : [])) };
  };
  const groupOn = async () => {
    const { gateways, links } = await driver.observe({ all: true }, ctx);
    return { linkId: gateways[0]?.linkId, links: links.length };
  };
  return { run, call, world, groupOn };
}

describe('an instance that is replaced', () => {
  /** Another security group, which the server does not take calls from. */
  const another = ({ call, world }: Awaited<ReturnType<typeof shop>>): string =>
    call('Ecs', 'CreateSecurityGroup', { VpcId: world.networkId, SecurityGroupName: 'other' }).SecurityGroupId;

  it('keeps the group where the new instance does not reach the target', async () => {
    const cloud = await shop();
    const { run, world, groupOn } = cloud;
    await run(world.securityGroupIds);
    const before = await groupOn();
    const { errors, told, done } = await run([another(cloud)]);
    expect(errors.map(({ code }) => code)).toEqual(['PROBE_FAILED', 'PROBE_FAILED']);
    expect(errors[0]?.message).toMatch(
      /through link apigateway-\S+: apigateway-\S+ to i-\w+ port 8080 does not connect$/,
    );
    // Both routes have one target.
    expect(told.filter((text) => text?.startsWith('test through link'))).toHaveLength(1);
    expect(done).toMatchObject({ applied: 1, failed: 2, skipped: 1 });
    expect(await groupOn()).toEqual({ ...before, links: 2 });
  });

  it('keeps the group where it does not reach a target of another integration', async () => {
    const cloud = await shop();
    const { run, world, groupOn, call } = cloud;
    const [, { instance }] = world.targets as unknown as readonly [unknown, { instance: string }];
    const bills = `  bills:
    link: cn
    gateway: { apiGroup: ${world.gateway.id}, stages: [RELEASE] }
    targets: { ecs80: { instance: ${instance}, port: 80 } }
    routes: { 'GET /bills': ecs80 }
`;
    await run(world.securityGroupIds, {}, bills);
    const before = await groupOn();
    const group = another(cloud);
    const rule = { SecurityGroupId: world.securityGroupIds[0], IpProtocol: 'tcp', PortRange: '80/80' };
    call('Ecs', 'AuthorizeSecurityGroup', { ...rule, SourceGroupId: group });
    const { errors, told, done } = await run([group], {}, bills);
    // `bills` alone would move the group, and with it the routes of `orders`.
    expect(told).toContainEqual(expect.stringMatching(/: connected: \S+ to i-\w+ port 80 connects$/));
    expect(errors.map(({ code }) => code)).toEqual(['PROBE_FAILED', 'PROBE_FAILED', 'PROBE_FAILED']);
    expect(done).toMatchObject({ integrations: { orders: 'failed', bills: 'failed' } });
    expect(await groupOn()).toEqual({ ...before, links: 2 });
  });

  it('is deleted after the group moved and its callers followed', async () => {
    const cloud = await shop();
    const { run, world, groupOn, call } = cloud;
    await run(world.securityGroupIds);
    const before = await groupOn();
    const group = another(cloud);
    const rule = { SecurityGroupId: world.securityGroupIds[0], IpProtocol: 'tcp', PortRange: '8080/8080' };
    call('Ecs', 'AuthorizeSecurityGroup', { ...rule, SourceGroupId: group });
    const { errors, told, done } = await run([group]);
    expect([errors, done]).toMatchObject([[], { failed: 0, skipped: 0 }]);
    expect(told).toContainEqual(
      expect.stringMatching(/^test through link \S+: connected: \S+ to i-\w+ port 8080 connects$/),
    );
    // DNS takes up to 10 minutes, and a call up to 30 s.
    expect(told).toContain('waits 10 min 30 s for calls in flight');
    const after = await groupOn();
    expect(after.links).toBe(1);
    expect(after.linkId).not.toBe(before.linkId);
  });
});
