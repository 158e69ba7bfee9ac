import { parseSpec } from '../../../../core/test/clouds.js';
import { PrivateIntegrations } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import type { CallGateway, ProbeOptions } from '@postern/core/internal/probe';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../../core/test/runs.js';
import { applied } from '../../../../testing/src/conformance/apply/spec-runs.js';
import { simulated } from '../../world/simulated.js';

describe('probe of an API group', () => {
  const made = async () => {
    const cloud = await simulated();
    const { simulation, driver, world } = cloud;
    const [balancer, machine] = world.targets as unknown as readonly [{ instance: string }, { instance: string }];
    const spec = parseSpec(`version: 1
project: shop
spec: orders
defaults: { region: cn-hangzhou }
links:
  cn:
    provider: alibaba
    subnets: [${world.subnetIds.join(', ')}]
    securityGroups: [${world.securityGroupIds.join(', ')}]
    spec: api.s1.small
integrations:
  orders:
    link: cn
    gateway: { apiGroup: ${world.gateway.id}, stages: [RELEASE] }
    targets:
      empty: { instance: ${balancer.instance}, port: 80 }
      machine: { instance: ${machine.instance}, port: 8080 }
    routes: { 'POST /orders': machine, 'ANY /empty/{rest+}': empty }
`);
    const gate = new PrivateIntegrations(driver, { judge, project: 'shop', spec: 'orders', clock: simulation.clock });
    await applied(cloud, spec);
    const probe = (options: ProbeOptions, callGateway: CallGateway) => gate.probe(spec, { ...options, callGateway });
    return { ...cloud, probe };
  };

  it('by ValidateVpcConnectivity: without a request, so that any method is tested', async () => {
    const { probe } = await made();
    const never: CallGateway = () => Promise.reject(new Error('the public address was called'));
    expect(await probe({ via: 'test-call' }, never)).toMatchObject([
      { route: 'POST /orders', verdict: 'works', via: 'test-call' },
      {
        route: 'ANY /empty/{rest+}',
        verdict: 'failed',
        because: expect.stringContaining('does not connect'),
        finding: { verdict: 'fail', subject: expect.stringContaining('target empty') },
      },
    ]);
  });

  it.runIf(PROVE)('by its address: the domain and the base path of the group, with the stage', async () => {
    const { probe, call, world } = await made();
    const GroupId = world.gateway.id;
    call('CloudAPI', 'ModifyApiGroup', { GroupId, BasePath: '/shop' });
    const { SubDomain } = call('CloudAPI', 'DescribeApiGroup', { GroupId });
    const calls: unknown[] = [];
    const results = await probe({}, ({ url, headers }) => {
      calls.push({ url, headers });
      return Promise.resolve({ status: 504, headers: { 'x-ca-error-code': 'D504CO' }, latencyMs: 1 });
    });
    expect(calls).toEqual([
      { url: `https://${SubDomain}/shop/empty/postern-probe`, headers: { 'x-ca-stage': 'RELEASE' } },
    ]);
    expect(results).toMatchObject([
      { verdict: 'not-called' },
      { verdict: 'failed', because: expect.stringContaining('D504CO'), finding: { verdict: 'fail' } },
    ]);
  });
});
