import { describe, expect, it } from 'vitest';
import { explain } from '../../../../src/check/checks/explain.js';
import { check } from '../../../../src/check/checks/run.js';
import type { ListenerAction, ListenerRule } from '../../../../src/do/model/load-balancer.js';
import { BALANCER, GROUP, LISTENER } from '../aws-region.js';
import { useNetworkBalancer } from '../target/backends.js';
import { awsWorld, type World } from '../world.js';
import { edit } from '../edits.js';
import { CLOUDS } from '../../../clouds.js';

const well: ListenerAction = { kind: 'forward', targetGroupIds: [GROUP] };
const refused: ListenerAction = { kind: 'fixed-response', statusCode: '404' };
const rule = (values: readonly string[], action: ListenerAction): ListenerRule => ({
  id: 'rule-1',
  priority: 1,
  conditions: [{ kind: 'host', values }],
  actions: [action],
});

/** A listener that forwards calls of one host, and refuses all others. */
const byHost = edit({
  'listeners.orders-alb': { rules: [rule(['orders.internal'], well)], actions: [refused] },
  'integration.routes': { 'GET /orders': 'orders' },
});

/** The findings of a world where calls have some hosts: verdicts other than pass, remedies and assumptions. */
function said(names: readonly string[] | undefined, change: (world: World) => void = byHost) {
  const world = awsWorld((one) => {
    change(one);
    if (names !== undefined) Object.assign(one.spec, { assume: { hosts: { orders: { orders: names } } } });
  });
  const { findings, assumptions } = check(world.snapshot, world.spec, { clouds: CLOUDS });
  const bad = findings.filter(({ check: id, verdict }) => verdict !== 'pass' && /^(?:path|target)\//.test(id));
  return {
    verdicts: bad.map(({ check: id, verdict }) => `${verdict} ${id}`),
    remedies: bad.map(({ remedy }) => remedy).join('\n'),
    assumed: assumptions.map(({ path, text }) => `${path}: ${text}`),
    explained: explain(world.snapshot, world.spec, { clouds: CLOUDS, integration: 'orders' }).map(
      ({ verdict, assumptions: own }) => [verdict, own.map(({ path }) => path)],
    ),
  };
}

describe('rules with the host of calls as condition', () => {
  it('are undecided where the host is not known, and the remedy names the member for it', () => {
    const { verdicts, remedies, assumed, explained } = said(undefined);
    expect(verdicts).toEqual(['unknown path/load-balancer', 'unknown target/answers']);
    expect(remedies.match(/write it under assume\.hosts\.orders\.orders\./g)).toHaveLength(2);
    expect(assumed).toEqual([]);
    expect(explained).toEqual([['unknown', []]]);
  });

  it.each<[string, readonly string[], readonly string[], string]>([
    ['the host of the rule', ['orders.internal'], [], 'pass'],
    ['another host', ['stock.internal'], ['fail path/load-balancer', 'fail target/answers'], 'fail'],
    [
      'both hosts',
      ['orders.internal', 'stock.internal'],
      ['unknown path/load-balancer', 'unknown target/answers'],
      'unknown',
    ],
  ])('decide by %s that the spec assumes', (_, names, expected, verdict) => {
    const { verdicts, remedies, assumed, explained } = said(names);
    expect(verdicts).toEqual(expected);
    expect(assumed).toEqual([`assume.hosts.orders.orders: calls have the host ${names.join(' or ')}`]);
    expect(explained).toEqual([[verdict, ['assume.hosts.orders.orders']]]);
    expect(remedies).not.toContain('assume.hosts');
  });

  it('also decide behind a network load balancer', () => {
    const { verdicts, assumed } = said(['stock.internal'], (world) => {
      world.copy('loadBalancers', BALANCER, { id: 'inner', name: 'inner' });
      world.copy('listeners', LISTENER, { id: 'inner/80', loadBalancerId: 'inner', port: 80, protocol: 'HTTP' });
      Object.assign(world.the('listeners', 'inner/80'), {
        rules: [rule(['orders.internal'], well)],
        actions: [refused],
      });
      for (const id of ['eni-lb-a', 'eni-lb-b']) {
        const { addresses } = world.the('interfaces', id);
        const inner = addresses.map((one) => `${one}9`);
        world.copy('interfaces', id, { id: `${id}-inner`, addresses: inner, attachedTo: 'inner' });
      }
      world.copy('targetGroups', GROUP, {
        id: 'inner-group',
        kind: 'load-balancer',
        port: 80,
        targets: [{ id: 'inner', port: 80, zone: 'all', health: 'healthy' }],
      });
      useNetworkBalancer(world);
      world.the('listeners', LISTENER).actions = [{ kind: 'forward', targetGroupIds: ['inner-group'] }];
      const rules = world.the('securityGroups', 'sg-lb').rules;
      for (const direction of ['in', 'out'] as const) {
        rules.push({ direction, protocol: 'tcp', fromPort: 80, toPort: 80, cidrBlock: '10.0.0.0/16' });
      }
      Object.assign(world.integration, { routes: { 'GET /orders': 'orders' } });
    });
    expect(verdicts).toContain('fail path/load-balancer');
    expect(assumed).toHaveLength(1);
  });

  it('are required for an assumption to be named', () => {
    expect(said(['orders.internal'], () => undefined).assumed).toEqual([]);
    const anyHost = edit({ 'listeners.orders-alb': { rules: [rule(['*'], well)], actions: [refused] } });
    expect(said(['orders.internal'], anyHost).assumed).toEqual([]);
  });
});
