import { describe, expect, it } from 'vitest';
import { callersWith, declaredCallers } from '../../../src/checks/callers/declared-callers.js';
import { callersText } from '../../../src/checks/egress/words/clauses.js';
import { prepare } from '../../../src/world/prepare.js';
import { BALANCER, LISTENER } from '../aws-region.js';
import { awsWorld, TAKEN_AT, type World } from '../world.js';

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
  const { input } = prepare(world.snapshot, world.spec, { now: Date.parse(TAKEN_AT), passes: false });
  return { input, region: input.integrations[0]!.link.region };
}

describe('the declared callers of a target group behind several listeners', () => {
  it('are the nodes of each of their load balancers, each once', () => {
    const other = BALANCER.replaceAll('orders-alb', 'other-alb');
    const { input, region } = inputOf((world) => {
      another(world, LISTENER.replace(/\w+$/, 'a1'), 8443);
      world.copy('securityGroups', 'sg-lb', { id: 'sg-other' });
      world.copy('loadBalancers', BALANCER, { id: other, name: 'other-alb', securityGroupIds: ['sg-other'] });
      another(world, LISTENER.replaceAll('orders-alb', 'other-alb'), 443, other, 'other-alb');
    });
    expect(declaredCallers(input, region, 'sg-app').map(({ port, names }) => [port, ...names])).toEqual([
      [8080, 'sg-lb'],
      [8080, 'sg-other'],
    ]);
    expect(declaredCallers(input, region, 'sg-lb').map(({ port }) => port)).toEqual([443, 8443]);
  });

  it('are in one list with the caller of a finding, which is first and once', () => {
    const { input, region } = inputOf((world) => another(world, LISTENER.replace(/\w+$/, 'a1'), 8443));
    const of = (port: number) => callersWith({ port, names: ['sg-link'] }, input, region, 'sg-lb');
    expect(of(8443).map(({ port }) => port)).toEqual([8443, 443]);
    expect(of(443).map(({ port }) => port)).toEqual([443, 8443]);
    expect(of(9)).toHaveLength(3);
    // A report masks what several findings share once.
    expect(of(8443)[1]).toBe(of(9)[1]);
  });
});

it('callers are named by port, each name once', () => {
  const callers = [
    { port: 80, names: ['sg-1', 'sg-1'] },
    { port: 9000, names: ['sg-3'] },
    { port: 80, names: ['sg-2', 'sg-1'] },
  ];
  expect(callersText(callers)).toBe('tcp 80 from sg-1 and sg-2, and tcp 9000 from sg-3');
});
