import { PrivateIntegrations } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import type { CallGateway, ProbeOptions, ProbeResult } from '@postern/core/internal/probe';
import { expect, it } from 'vitest';
import { applied } from '../../../testing/src/conformance/apply/spec-runs.js';
import { simulated, specOver } from '../world/simulated.js';

/** Nothing but the answers of the cloud may decide. */
const never: CallGateway = () => Promise.reject(new Error('the public address was called'));

const made = async () => {
  const cloud = await simulated({ throttle: false });
  const { simulation, driver, call } = cloud;
  const restApiId: string = call('apigateway', 'CreateRestApi', { name: 'shop' }).id;
  const spec = specOver(cloud, "'GET /orders/{id}': t", {
    id: 'orders',
    link: 'main',
    gateway: `restApi: ${restApiId}, stage: prod`,
  });
  const gate = new PrivateIntegrations(driver, { judge, project: 'shop', spec: 'orders', clock: simulation.clock });
  await applied(cloud, spec);
  const probe = (options: ProbeOptions, callGateway = never): Promise<readonly ProbeResult[]> =>
    gate.probe(spec, { ...options, callGateway });
  return { ...cloud, restApiId, probe };
};

it('by TestInvokeMethod: the reason of the cloud, and the finding that explains it', async () => {
  const { probe, call } = await made();
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
  const { probe, call, restApiId } = await made();
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
  const { probe, call, restApiId } = await made();
  const patchOperations = [{ op: 'replace', path: '/endpointConfiguration/types/EDGE', value: 'PRIVATE' }];
  call('apigateway', 'UpdateRestApi', { restApiId, patchOperations });
  expect(await probe({})).toMatchObject([{ verdict: 'not-called', because: expect.stringContaining('private') }]);
});
