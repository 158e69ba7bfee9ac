import type { CheckInput, IntegrationView, TargetView, Missing } from '../../../do/world/views.js';
import { aboutTarget, type About } from '../../../do/findings/subject.js';
import { backendOf, type Backend, type BalancerBackend, type GroupsBehind } from './backend.js';
import type { Listener, LoadBalancer, TargetGroup, GroupTarget } from '../../../do/model/load-balancer.js';
import type { Call } from '../listener-rules/calls.js';
import type { RuleAnswer } from '../listener-rules/answers.js';
import type { World } from '../model/world.js';
import type { Way, TracedStep } from '../model/step.js';

export interface BackedTarget {
  readonly integration: IntegrationView;
  readonly target: TargetView;
  /** The whole target, as the subject of a finding. */
  readonly about: About;
  readonly backend: Backend;
}

/** Every target of the spec that was found, with its integration and backend: looked up once for all checks. */
export function backends(input: Pick<CheckInput, 'derived'>): readonly BackedTarget[] {
  return input.derived('backends of targets', readBackends);
}

function readBackends({ integrations }: CheckInput): readonly BackedTarget[] {
  const backed: BackedTarget[] = [];
  for (const integration of integrations) {
    for (const target of integration.targets) {
      const backend = backendOf(integration, target);
      if (backend !== undefined) backed.push({ integration, target, about: aboutTarget(integration, target), backend });
    }
  }
  return backed;
}

/** Every target of the spec whose load balancer was found. */
export function balancedTargets(input: Pick<CheckInput, 'derived'>): readonly BalancedTarget[] {
  return input.derived('targets behind load balancers', readBalanced);
}

function readBalanced(input: CheckInput): readonly BalancedTarget[] {
  const backed: BalancedTarget[] = [];
  for (const { integration, target, about, backend } of backends(input)) {
    if (backend.kind !== 'balancer' || backend.balancer.is !== 'found') continue;

    backed.push({
      integration,
      target,
      about,
      backend,
      balancer: backend.balancer.value,
      byDefault: undefined,
      called: undefined,
    });
  }
  return backed;
}

/** Every target of the spec whose load balancer is a CLB instance. */
export function classicTargets(input: Pick<CheckInput, 'derived'>): readonly BalancedTarget[] {
  return input.derived('classic targets', readClassic);
}

function readClassic(input: CheckInput): readonly BalancedTarget[] {
  return balancedTargets(input).filter(({ balancer }) => balancer.kind === 'classic');
}

/** A target whose load balancer was found. */
export interface BalancedTarget {
  readonly integration: IntegrationView;
  readonly target: TargetView;
  readonly about: About;
  readonly backend: BalancerBackend;
  readonly balancer: LoadBalancer;
  /** What answers its calls, where its listener has no rules; determined on first use. */
  byDefault?: DefaultAnswers | undefined;
  /** The listeners that its calls come to; determined on first use. */
  called?: readonly CalledListener[] | undefined;
  /** Set where another load balancer forwards the calls: they come from its addresses. */
  readonly isBehind?: true | undefined;
}

/**
 * What arrives at a listener: plain HTTP, the gateway's own TLS session, or one that a load balancer before it begins anew (and whose
 * certificate it does not verify). `unknown`: the protocol of the target group was not read.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html ("does not validate")
 */
export type Arriving = 'plain' | 'tls of the gateway' | 'tls of a load balancer' | 'unknown';

/** A listener that the calls of a target come to, with what arrives there. */
export interface CalledListener {
  /** The target as called at this listener: its own, or with the load balancer and listener behind it. */
  readonly at: BalancedTarget;
  readonly listener: Listener;
  readonly arriving: Arriving;
  /** The load balancer that forwards the calls here; undefined for the target's own listener. */
  readonly by?: Forwarder | undefined;
  /** Whether calls go on from here to a target that is not a load balancer of the snapshot. */
  readonly leadsOut: boolean;
  /** What was not read, where it would show whether another load balancer is behind this one. */
  readonly unread?: Missing | undefined;
}

/** A load balancer that forwards calls to another one. */
export interface Forwarder {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  /** The name of its target group. */
  readonly group: string;
}

/** The possible answers to the calls of one route. */
export interface Answered {
  readonly call: Call;
  /** The only one where it is sure. */
  readonly answers: readonly RuleAnswer[];
}

/** What answers the calls of a target whose listener has no rules: all get one answer. */
export interface DefaultAnswers {
  readonly listener: Listener;
  readonly answered: readonly Answered[];
  /** The groups that they send calls to; looked up on first use. */
  groups: GroupsBehind | undefined;
}

/** A target that may get calls, with its group. */
export interface Candidate {
  readonly group: TargetGroup;
  readonly target: GroupTarget;
}

/** What a load balancer behind a load balancer does with a call; `at`: where it is in another account or region. */
export type Nested = (balancer: LoadBalancer, way: Way, at?: World) => Iterable<TracedStep>;
