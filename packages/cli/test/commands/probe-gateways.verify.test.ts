import type { SimulationServer } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { alibabaNetwork, alibabaSpec } from '../alibaba/alibaba-network.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

type Fields = Readonly<Record<string, unknown>>;

/** An applied spec, and `postern probe` of it: its calls reach the simulated gateways. */
async function applied(server: SimulationServer, spec: string, ...consent: readonly string[]) {
  const cwd = folder({ 'postern.yaml': spec });
  const env = { POSTERN_SIMULATOR: server.url };
  const { status, err } = await run(['apply', '--yes', '--ignore-findings', '*', ...consent], { cwd, env });
  expect({ status, err }).toMatchObject({ status: 0 });
  return async (...argv: readonly string[]) => {
    // Changes reach the calls of a gateway after some seconds, and health checks take a minute.
    await server.simulation.advance(600_000);
    const probed = await run(['probe', '--json', ...argv], { cwd, env });
    return { ...probed, ...(JSON.parse(probed.out) as { readonly results: readonly object[] }) };
  };
}

describe('postern probe of a REST API, against the simulated data path', () => {
  async function scene(key = 'GET /orders/{id}') {
    const server = await cloud();
    const there = await network(server);
    const call = (operation: string, input: Fields): any =>
      server.simulation.call({ service: 'apigateway', operation, region: 'eu-west-1' }, input);
    const { ec2, elasticLoadBalancingV2 } = server.simulation.clients('eu-west-1');
    const { SecurityGroups } = await ec2.describeSecurityGroups({
      Filters: [
        { Name: 'vpc-id', Values: [there.vpc] },
        { Name: 'group-name', Values: ['default'] },
      ],
    });
    const GroupId = SecurityGroups?.[0]?.GroupId ?? '';
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }];
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
    const { id } = call('CreateRestApi', { name: 'shop', endpointConfiguration: { types: ['REGIONAL'] } });
    const spec = specOf(there)
      .replace(/\{ httpApi: \w+ \}/, `{ restApi: ${id}, stage: prod }`)
      .replace('ANY /orders', key);
    return {
      probe: await applied(server, spec),
      close: () => ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions }),
      withoutListener: () => elasticLoadBalancingV2.deleteListener({ ListenerArn: there.listener }),
      server,
    };
  }

  it('says that a method works, and what stops it when it fails', async () => {
    const { probe, close, server } = await scene();
    expect(await probe()).toMatchObject({
      status: 0,
      results: [
        { verdict: 'works', status: 200, stage: 'prod', url: expect.stringContaining('/prod/orders/postern-probe') },
      ],
    });
    expect(server.simulation.traffic.counters()).toMatchObject({ calls: 1, delivered: 1 });
    await close();
    expect(await probe()).toMatchObject({
      status: 3,
      results: [{ verdict: 'failed', status: 500, finding: { check: 'path/security-group', verdict: 'fail' } }],
    });
  });

  it.runIf(PROVE)(
    'takes the error of a REST API for what it is, at the address and as a test of the cloud',
    async () => {
      const { probe, withoutListener } = await scene();
      expect(await probe('--via', 'test-call')).toMatchObject({
        status: 0,
        results: [{ verdict: 'works', via: 'test-call' }],
      });
      await withoutListener();
      const failed = { verdict: 'failed', finding: { verdict: 'fail', check: 'target/exists' } };
      expect(await probe()).toMatchObject({ status: 3, results: [{ ...failed, status: 500 }] });
      expect(await probe('--via', 'test-call')).toMatchObject({ status: 3, results: [failed] });
    },
  );

  it.runIf(PROVE)('does not call a method that may change something', async () => {
    const { probe, server } = await scene('POST /orders');
    expect(await probe()).toMatchObject({ status: 0, results: [{ verdict: 'not-called' }] });
    expect(server.simulation.traffic.counters().calls).toBe(0);
    expect(await probe('--method', 'POST', '--yes')).toMatchObject({ results: [{ verdict: 'works', method: 'POST' }] });
    expect(server.simulation.traffic.counters().calls).toBe(1);
  });
});

describe('postern probe of an API group, against the simulated data path', () => {
  async function scene(routes = "{ 'GET /orders/{id}': orders }") {
    const server = await cloud();
    const there = await alibabaNetwork(server);
    const { InstanceIdSets } = (await there.call('Ecs', 'RunInstances', {
      ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
      InstanceType: 'ecs.g7.large',
      VSwitchId: there.vSwitches[2],
      SecurityGroupId: there.securityGroup,
    })) as unknown as { readonly InstanceIdSets: { readonly InstanceIdSet: readonly string[] } };
    const [instance = ''] = InstanceIdSets.InstanceIdSet;
    await server.simulation.advance(600_000);
    const spec = alibabaSpec(there, {
      gateway: `{ apiGroup: ${there.group}, stages: [RELEASE] }`,
      targets: `{ orders: { instance: ${instance}, port: 8080 } }`,
      routes,
    });
    const probe = await applied(server, spec, '--allow-purchase');
    return { probe, server, stop: () => there.call('Ecs', 'StopInstance', { InstanceId: instance }) };
  }

  it.runIf(PROVE)('says that an API works, and that its backend is not reached', async () => {
    const { probe, stop, server } = await scene();
    expect(await probe()).toMatchObject({
      status: 0,
      results: [
        { verdict: 'works', status: 200, stage: 'RELEASE', url: expect.stringContaining('.alicloudapi.com/orders/') },
      ],
    });
    expect(server.simulation.traffic.counters()).toMatchObject({ calls: 1, delivered: 1 });
    await stop();
    const { status, results } = await probe();
    expect(status).toBe(3);
    expect(results).toMatchObject([{ verdict: 'failed', status: 504, because: expect.stringContaining('D504CO') }]);
  });

  it('has the cloud test the connection of each method, and sends no request', async () => {
    const { probe, stop, server } = await scene("{ 'POST /orders': orders }");
    expect(await probe('--via', 'test-call')).toMatchObject({ status: 0, results: [{ verdict: 'works' }] });
    await stop();
    expect(await probe('--via', 'test-call')).toMatchObject({ status: 3, results: [{ verdict: 'failed' }] });
    expect(server.simulation.traffic.counters().calls).toBe(0);
  });
});
