import type { LoadBalancer } from '../../model/load-balancer.js';
import type { CheckInput, IntegrationView, TargetView } from '../../world/views.js';
import { aboutTarget } from '../../findings/about.js';
import type { About } from '../../findings/subject.js';
import type { CalledListener } from './called-listeners.js';
import type { DefaultAnswers } from './what-answers.js';
import { backendOf, type Backend, type BalancerBackend } from './backend.js';

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

/** A target and its backend. */
export interface BackedTarget {
  readonly integration: IntegrationView;
  readonly target: TargetView;
  /** The whole target, as the subject of a finding. */
  readonly about: About;
  readonly backend: Backend;
}

/** Every target of the spec that was found, with its integration and backend: looked up once for all checks. */
export function backends(input: Pick<CheckInput, 'derived'>): readonly BackedTarget[] {
  return input.derived(readBackends);
}

function readBackends({ integrations }: CheckInput): readonly BackedTarget[] {
  const made: BackedTarget[] = [];
  for (const integration of integrations) {
    for (const target of integration.targets) {
      const backend = backendOf(integration, target);
      if (backend !== undefined) made.push({ integration, target, about: aboutTarget(integration, target), backend });
    }
  }
  return made;
}

/** Every target of the spec whose load balancer was found. */
export function balancedTargets(input: Pick<CheckInput, 'derived'>): readonly BalancedTarget[] {
  return input.derived(readBalanced);
}

function readBalanced(input: CheckInput): readonly BalancedTarget[] {
  const made: BalancedTarget[] = [];
  for (const { integration, target, about, backend } of backends(input)) {
    if (backend.kind !== 'balancer' || backend.balancer.is !== 'found') continue;
    made.push({
      integration,
      target,
      about,
      backend,
      balancer: backend.balancer.value,
      byDefault: undefined,
      called: undefined,
    });
  }
  return made;
}

/** Every target of the spec whose load balancer is a CLB instance. */
export function classicTargets(input: Pick<CheckInput, 'derived'>): readonly BalancedTarget[] {
  return input.derived(readClassic);
}

function readClassic(input: CheckInput): readonly BalancedTarget[] {
  return balancedTargets(input).filter(({ balancer }) => balancer.kind === 'classic');
}
