import { parseSpec } from '../../../core/test/clouds.js';
import { PrivateIntegrations } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import type { CallGateway, ProbeOptions, ProbeResult } from '@postern/core/internal/probe';
import { describe, expect, it } from 'vitest';
import { simulated } from '../world/simulated.js';

/** Nothing but the answers of the cloud may decide. */
const never: CallGateway = () => Promise.reject(new Error('the public address was called'));

describe('probe of a REST API', () => {
  const applied = async () => {
    const cloud = await simulated({ throttle: false });
    const { simulation, driver, world, call } = cloud;
    const restApiId: string = call('apigateway', 'CreateRestApi', { name: 'shop' }).id;
    const spec = parseSpec(`version: 1
project: shop
spec: orders
defaults: { region: eu-west-1 }
links:
  main: { provider: aws, subnets: [${world.subnetIds.slice(0, 2).join(', ')}], securityGroups: [${world.securityGroupIds.join(', ')}] }
integrations:
  orders:
    link: main
    gateway: { restApi: ${restApiId}, stage: prod }
    targets: { t: { listener: { loadBalancer: orders-alb, port: 80 } } }
    routes: { 'GET /orders/{id}': t }
`);
    const gate = new PrivateIntegrations(driver, { judge, project: 'shop', spec: 'orders', clock: simulation.clock });
    for await (const event of gate.apply(await gate.plan(spec), { ignoreFindings: ['*'] })) {
      if (event.type === 'step.failed') expect.fail(event.error.message);
    }
    const probe = (options: ProbeOptions, callGateway = never): Promise<readonly ProbeResult[]> =>
      gate.probe(spec, { ...options, callGateway });
    return { ...cloud, restApiId, probe };
  };

  it('by TestInvokeMethod: the reason of the cloud, and the finding that explains it', async () => {
    const { probe, call } = await applied();
    const { LoadBalancers } = call('elasticloadbalancingv2', 'DescribeLoadBalancers', { Names: ['orders-alb'] });
    const { LoadBalancerArn } = LoadBalancers[0];
    for (const { ListenerArn } of call('elasticloadbalancingv2', 'DescribeListeners', { LoadBalancerArn }).Listeners)
      call('elasticloadbalancingv2', 'DeleteListener', { ListenerArn });
    expect(await probe({ via: 'test-call' })).toEqual([
      expect.objectContaining({
        route: 'GET /orders/{id}',
        via: 'test-call',
        method: 'GET',
        status: 500,
        verdict: 'failed',
        because: expect.stringMatching(/^Execution failed due to /),
        finding: expect.objectContaining({ check: 'target/exists', verdict: 'fail' }),
      }),
    ]);
  });

  it('by its address: on the stage that the spec names, unless the endpoint is disabled', async () => {
    const { probe, call, restApiId } = await applied();
    const urls: string[] = [];
    const works: CallGateway = ({ url }) => {
      urls.push(url);
      return Promise.resolve({ status: 200, headers: {}, latencyMs: 1 });
    };
    expect(await probe({}, works)).toMatchObject([{ verdict: 'works', stage: 'prod' }]);
    expect(urls).toEqual([`https://${restApiId}.execute-api.eu-west-1.amazonaws.com/prod/orders/postern-probe`]);
    const patchOperations = [{ op: 'replace', path: '/disableExecuteApiEndpoint', value: 'true' }];
    call('apigateway', 'UpdateRestApi', { restApiId, patchOperations });
    expect(await probe({}, works)).toMatchObject([
      { verdict: 'not-called', because: expect.stringContaining('disabled') },
    ]);
    expect(urls).toHaveLength(1);
  });

  it('of a private API: not by its address', async () => {
    const { probe, call, restApiId } = await applied();
    const patchOperations = [{ op: 'replace', path: '/endpointConfiguration/types/EDGE', value: 'PRIVATE' }];
    call('apigateway', 'UpdateRestApi', { restApiId, patchOperations });
    expect(await probe({})).toMatchObject([{ verdict: 'not-called', because: expect.stringContaining('private') }]);
  });
});
