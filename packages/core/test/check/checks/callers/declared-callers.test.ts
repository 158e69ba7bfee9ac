import { describe, it, expect } from 'vitest';
import { callersMissing, callersWith, declaredCallers } from '../../../../src/check/checks/callers/declared-callers.js';
import { liveCallsMissing } from '../../../../src/check/checks/callers/live-targets.js';
import { prepare } from '../../../../src/do/world/prepare.js';
import { BALANCER, LISTENER } from '../aws-region.js';
import { type World, awsWorld, TAKEN_AT } from '../world.js';
import { CLOUDS } from '../../../clouds.js';

/** Another listener, of a load balancer of its own or of the first one. */
function another(world: World, id: string, port: number, balancer = BALANCER, name = 'orders-alb'): void {
  const { copy, region, spec, integration } = world;
  copy('listeners', LISTENER, { id, port, loadBalancerId: balancer });
  const of = { id, port, name, resourceId: balancer };
  region.targets.push({ ...structuredClone(region.targets[0] ?? { kind: 'listener', raw: null }), ...of });
  const targets = { raw: { ref: { listener: id } } };
  spec.integrations[`more${port}`] = { ...structuredClone(integration), targets, routes: {} };
}

function inputOf(change: (world: World) => void) {
  const world = awsWorld(change);
  const { input } = prepare(world.snapshot, world.spec, { clouds: CLOUDS, now: Date.parse(TAKEN_AT), passes: false });
  return { input, region: input.integrations[0]!.link.region };
}

const ALL = { fromPort: 0, toPort: 65_535 };

describe('the declared callers of a target group behind several listeners', () => {
  it('are the nodes of each of their load balancers, each once', () => {
    const other = BALANCER.replaceAll('orders-alb', 'other-alb');
    const { input, region } = inputOf((world) => {
      another(world, LISTENER.replace(/\w+$/, 'a1'), 8443);
      world.copy('securityGroups', 'sg-lb', { id: 'sg-other' });
      world.copy('loadBalancers', BALANCER, { id: other, name: 'other-alb', securityGroupIds: ['sg-other'] });
      another(world, LISTENER.replaceAll('orders-alb', 'other-alb'), 443, other, 'other-alb');
    });
    expect(declaredCallers(input, region, 'sg-app', ALL).map(({ port, names }) => [port, ...names])).toEqual([
      [8080, 'sg-lb'],
      [8080, 'sg-other'],
    ]);
    const ports = (fromPort: number, toPort: number) =>
      declaredCallers(input, region, 'sg-lb', { fromPort, toPort }).map(({ port }) => port);
    expect(ports(0, 65_535)).toEqual([443, 8443]);
    expect(ports(443, 8442)).toEqual([443]);
    expect(ports(444, 8443)).toEqual([8443]);
    expect(ports(8443, 8443)).toEqual([8443]);
    expect(ports(444, 444)).toEqual([]);
  });

  it('are one list for all findings, with the caller of the finding', () => {
    const { input, region } = inputOf((world) => another(world, LISTENER.replace(/\w+$/, 'a1'), 8443));
    const of = (port: number) => callersWith({ port, names: ['sg-link'] }, input, region, 'sg-lb');
    expect(of(8443).callers).toEqual([443, 8443].map((port) => ({ port, names: ['sg-link'] })));
    expect(of(8443).callers[1]).toBe(of(8443).caller);
    // A report masks what several findings share once.
    expect(of(8443).callers).toBe(of(443).callers);
    // Another one than those.
    const other = of(9);
    expect(other.callers.map(({ port }) => port)).toEqual([9, 443, 8443]);
    expect(other.caller).toBe(other.callers[0]);
  });
});

describe('the callers of live routes', () => {
  const ports = (change: (world: World) => void) => {
    const { input, region } = inputOf(change);
    return declaredCallers(input, region, 'sg-lb', ALL).map(({ port }) => port);
  };

  it('are among them: what the spec does not declare any more is called until it is applied', () => {
    const without = (world: World): void => {
      another(world, LISTENER.replace(/\w+$/, 'a1'), 8443);
      delete world.spec.integrations['more8443'];
      const { routes } = world.the('gateways', 'api-1');
      routes.push({
        ...structuredClone(routes[0]!),
        id: 'r-old',
        key: 'ANY /old',
        targetId: LISTENER.replace(/\w+$/, 'a1'),
      });
    };
    expect(ports(without)).toEqual([443, 8443]);
    // A listener that no target of the snapshot is, because no spec names it.
    expect(
      ports((world) => {
        without(world);
        world.region.targets.pop();
      }),
    ).toEqual([443, 8443]);
  });

  it('are not known where what a route calls was not read', () => {
    const { input, region } = inputOf(({ the }) => {
      const { routes } = the('gateways', 'api-1');
      routes.push({ ...structuredClone(routes[0]!), id: 'r-old', key: 'ANY /old', targetId: `${LISTENER}x` });
    });
    expect(liveCallsMissing(input, region)?.what).toContain(`${LISTENER}x`);
  });
});

it('a fact that is missing in one region makes no callers of another unknown', () => {
  const { input } = inputOf(({ snapshot, spec, region, linkSpec, integration }) => {
    const gap = {
      what: 'listeners',
      operation: 'DescribeListeners',
      code: 'PERMISSION_DENIED',
      of: 'listeners',
    } as const;
    const far = { ...structuredClone(region), region: 'eu-central-1', listeners: [], gaps: [gap] };
    Object.assign(snapshot, { regions: [region, far] });
    spec.links['far'] = { ...linkSpec, region: far.region };
    spec.integrations['far'] = { ...structuredClone(integration), link: 'far' };
  });
  const missing = input.integrations.map(({ name, link }) => [name, callersMissing(input, link.region)?.what]);
  expect(missing).toEqual([
    ['orders', undefined],
    ['far', 'listeners'],
  ]);
});
