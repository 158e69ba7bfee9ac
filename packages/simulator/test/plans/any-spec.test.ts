import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import {
  createContext,
  driversOf,
  isPosternError,
  type Driver,
  type Snapshot,
  type Spec,
} from '@postern/core/internal/library';
import { diff, observeSpec } from '@postern/core/internal/plan';
import { encodeSnapshot, SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { expect, it } from 'vitest';
import type { Simulation } from '../../src/index.js';
import { seeds } from '../../../core/test/runs.js';
import { randomOf } from '../agreement/random.js';
import { generated, opened, type Cloud } from '../remedies/generated.js';
import { anySpec } from './any-spec.js';
import { CLOUDS } from '../../../core/test/clouds.js';

/** The result of a plan: its fingerprint, or the codes with which it is refused, each with its location. */
function outcomeOf(snapshot: Snapshot, spec: Spec): unknown {
  try {
    const { units, unchanged } = diff(snapshot, spec, { clouds: CLOUDS });
    return { units, unchanged };
  } catch (error) {
    if (!isPosternError(error)) throw error;
    const also = (error.details?.['also'] ?? []) as readonly { readonly code: string; readonly place: unknown }[];
    return [error, ...also].map(({ code, place }) => ({ code, place }));
  }
}

/** A network load balancer with a listener that carries HTTP, and one that does not. */
async function addBalancer(simulation: Simulation): Promise<void> {
  const call = (service: string, operation: string, input: object): any =>
    simulation.call({ service: service as 'ec2', operation, region: 'eu-west-1' }, input);
  const [{ SubnetId, VpcId }] = call('ec2', 'DescribeSubnets', {}).Subnets;
  const balancer = { Name: 'any-nlb', Type: 'network', Scheme: 'internal', Subnets: [SubnetId] };
  const [{ LoadBalancerArn }] = call('elasticloadbalancingv2', 'CreateLoadBalancer', balancer).LoadBalancers;
  for (const [Protocol, Port] of [
    ['TCP', 443],
    ['UDP', 53],
  ] as const) {
    const group = { Name: `any-${Port}`, Protocol, Port, VpcId, TargetType: 'ip' };
    const [{ TargetGroupArn }] = call('elasticloadbalancingv2', 'CreateTargetGroup', group).TargetGroups;
    const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
    call('elasticloadbalancingv2', 'CreateListener', { LoadBalancerArn, Protocol, Port, DefaultActions });
  }
  await simulation.advance(600_000);
}

const SPECS_PER_WORLD = 5;

it.each<Cloud>(['aws', 'alibaba'])(
  'a snapshot plans any spec as an observation for that spec does: %s',
  async (cloud) => {
    const seen = { planned: 0, refused: 0 };
    for (const seed of seeds(1, 100)) {
      const { world, spec: first } = await generated(cloud, seed);
      const simulation = opened(world);
      if (cloud === 'aws') await addBalancer(simulation);
      const [region] = Object.values(first.links).map((link) => link.region);
      const driver: Driver =
        cloud === 'aws'
          ? aws({ region: region ?? '', clients: simulation.clients(region ?? '') })
          : alibaba({ region: region ?? '', api: simulation.alibaba(region ?? '') });
      const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
      const whole = await driver.observe({ all: true, checks: true, project: first.project }, ctx);
      const taken: Snapshot = {
        version: SNAPSHOT_VERSION,
        takenAt: new Date(simulation.clock.now()).toISOString(),
        scope: 'all',
        regions: [whole],
      };
      const snapshot = decodeSnapshot(encodeSnapshot(taken));
      const random = randomOf(seed);
      for (let turn = 0; turn < SPECS_PER_WORLD; turn += 1) {
        const spec = anySpec(random, whole, first);
        const observed = await observeSpec(spec, driversOf(driver), ctx, { all: true });
        const outcome = outcomeOf(snapshot, spec);
        expect({ seed, turn, spec, outcome }).toEqual({ seed, turn, spec, outcome: outcomeOf(observed, spec) });
        seen[Array.isArray(outcome) ? 'refused' : 'planned'] += 1;
      }
    }
    // If one of the two never occurs, nothing is compared.
    expect(Math.min(seen.planned, seen.refused)).toBeGreaterThan(0);
  },
);
