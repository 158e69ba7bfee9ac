import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { observeSpec, planDestroy, type RunEvent } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { servedShop } from '../world/deployed-shop.js';

const SUBNETS = '172.31.0.0/16';

/** A link with an allowlist, whose load balancer also listens on ports 8080 and 9090. Others may come to the link. */
async function shopOfOthers(answersAfterMs = 50) {
  const shop = await servedShop(answersAfterMs);
  const { call, simulation, host } = shop;
  const elb = (operation: string, input: object): any => call('elasticloadbalancingv2', operation, input);
  const http = (operation: string, input: object = {}): any => call('apigatewayv2', operation, input);
  const [{ GroupId }] = call('ec2', 'DescribeSecurityGroups').SecurityGroups;
  const rule = { IpProtocol: 'tcp', FromPort: 80, ToPort: 9090, IpRanges: [{ CidrIp: SUBNETS }] };
  call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: [rule] });
  const [{ LoadBalancerArn }] = elb('DescribeLoadBalancers', { Names: ['orders'] }).LoadBalancers;
  const [{ TargetGroupArn }] = elb('DescribeTargetGroups', { Names: ['orders'] }).TargetGroups;
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
  for (const Port of [8080, 9090]) elb('CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port, DefaultActions });
  await simulation.advance(600_000);
  const ids: string[] = call('ec2', 'DescribeSubnets').Subnets.map((row: { SubnetId: string }) => row.SubnetId);
  const ApiId = host.split('.')[0] ?? '';
  const specOf = (port: number, at = 0, more = '') =>
    parseSpec(`version: 1
project: shop
spec: shop-7f3k2q
links:
  eu: { provider: aws, region: eu-west-1, subnets: [${ids[at]}, ${ids[at + 1]}], allowlist: [${SUBNETS}] }
integrations:
  orders:
    link: eu
    gateway: { httpApi: ${ApiId} }
    targets:
      t: { listener: { loadBalancer: orders, port: ${port} } }
      u: { listener: { loadBalancer: orders, port: 9090 } }
    routes: { 'ANY /orders': t${more} }
`);
  const listener = (port: number): string =>
    elb('DescribeListeners', { LoadBalancerArn }).Listeners.find((one: { Port: number }) => one.Port === port)
      .ListenerArn;
  /** A route of others through a link; it can leave again. */
  const come = (ConnectionId: string, port: number): (() => void) => {
    const how = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', PayloadFormatVersion: '1.0' };
    const to = { ConnectionType: 'VPC_LINK', ConnectionId, IntegrationUri: listener(port) };
    const { IntegrationId } = http('CreateIntegration', { ApiId, ...how, ...to });
    const { RouteId } = http('CreateRoute', {
      ApiId,
      RouteKey: 'GET /outside',
      Target: `integrations/${IntegrationId}`,
    });
    return () => {
      http('DeleteRoute', { ApiId, RouteId });
      http('DeleteIntegration', { ApiId, IntegrationId });
    };
  };
  const load = (path: string) => simulation.traffic.load({ gateway: host, paths: [path], perSecond: 2, seconds: 0 });
  const lostOf = async (job: ReturnType<typeof load> | undefined): Promise<number | undefined> => {
    await simulation.advance(60_000);
    job?.end();
    await simulation.advance(60_000);
    return job?.status().lost;
  };
  /** Calls a function once, in the wait for calls in flight. */
  const inWait = (act: () => void) => {
    let isDone = false;
    return (event: RunEvent) => {
      if (isDone || event.type !== 'step.waiting' || !event.message.includes('in flight')) return;
      isDone = true;
      act();
    };
  };
  return { ...shop, specOf, come, load, lostOf, inWait, http, ApiId };
}

const refusal = (events: readonly RunEvent[]): string | undefined =>
  events.flatMap((one) => (one.type === 'step.failed' ? [`${one.error.code}: ${one.error.message}`] : []))[0];

describe('callers that come while a run waits', () => {
  it.each([0, undefined])('keep what an allowlist lets them reach, with a drain of %s', async (drain) => {
    const { applied, specOf, come, load, lostOf, links } = await shopOfOthers();
    await applied(specOf(80));
    let job: ReturnType<typeof load> | undefined;
    const onEvent = (event: RunEvent): void => {
      if (job !== undefined || event.type !== 'step.started') return;
      come(links()[0] ?? '', 80);
      job = load('/outside');
    };
    const events = await applied(specOf(8080), { onEvent, ...(drain === undefined ? {} : { drain }) });
    expect(refusal(events)).toMatch(/^STILL_REFERENCED: the allowlist of link \w+ keeps .* route GET \/outside of /);
    expect(await lostOf(job)).toBe(0);
  });

  it('do not keep what they do not need', async () => {
    const { applied, specOf, come, links, inWait } = await shopOfOthers();
    const more = `, 'ANY /bills': u`;
    await applied(specOf(80, 0, more));
    const events = await applied(specOf(8080, 0, more), { onEvent: inWait(() => come(links()[0] ?? '', 9090)) });
    expect(refusal(events)).toBeUndefined();
  });

  it('keep a link that was replaced', async () => {
    const { applied, specOf, come, load, lostOf, links, inWait } = await shopOfOthers();
    await applied(specOf(80));
    const [old = ''] = links();
    let job: ReturnType<typeof load> | undefined;
    const onEvent = inWait(() => {
      come(old, 80);
      job = load('/outside');
    });
    const events = await applied(specOf(80, 1), { onEvent });
    expect(refusal(events)).toMatch(/^STILL_REFERENCED: link \w+ is kept: route GET \/outside of /);
    expect(await lostOf(job)).toBe(0);
  });

  it.each([
    ['a link', 80, 1],
    ['an allowlist', 8080, 0],
  ])('are those of a stage that is set back to its former deployment: %s', async (_, port, at) => {
    const { applied, specOf, load, lostOf, http, inWait, simulation, ApiId } = await shopOfOthers();
    await applied(specOf(80));
    const { DeploymentId } = http('CreateDeployment', { ApiId });
    http('CreateStage', { ApiId, StageName: 'prod', AutoDeploy: false, DeploymentId });
    await simulation.advance(600_000);
    const job = load('/prod/orders');
    const onEvent = inWait(() => http('UpdateStage', { ApiId, StageName: 'prod', DeploymentId }));
    expect(refusal(await applied(specOf(port, at), { onEvent }))).toMatch(/^STILL_REFERENCED: routes have to change/);
    expect(await lostOf(job)).toBe(0);
  });

  it('leave no mark on the link: a later run waits for their calls', async () => {
    const { applied, specOf, come, load, lostOf, links, inWait, simulation, ...shop } = await shopOfOthers(20_000);
    const spec = specOf(80);
    await applied(spec);
    let leave = (): void => undefined;
    let job: ReturnType<typeof load> | undefined;
    const destroy = async (onEvent: (event: RunEvent) => void = () => undefined) => {
      const snapshot = await observeSpec(spec, shop.drivers, shop.context, { all: true });
      return shop.carriedOut(planDestroy(snapshot, spec, { clouds: CLOUDS }), spec, { onEvent });
    };
    const onEvent = inWait(() => {
      leave = come(links()[0] ?? '', 80);
      job = load('/outside');
    });
    expect(refusal(await destroy(onEvent))).toMatch(/^STILL_REFERENCED/);
    await simulation.advance(480_000);
    job?.end();
    leave();
    const waits = (await destroy()).filter((one) => one.type === 'step.waiting' && one.message.includes('in flight'));
    expect(waits).not.toEqual([]);
    expect(await lostOf(job)).toBe(0);
    expect(links()).toEqual([]);
  });
});
