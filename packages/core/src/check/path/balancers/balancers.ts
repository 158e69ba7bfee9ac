import type { CheckInput, IntegrationView, TargetView } from '../../../do/world/views.js';
import { aboutTarget } from '../../../do/findings/about.js';
import type { About } from '../../../do/findings/subject.js';
import { backendOf, type Backend } from './backend.js';
import type { BalancedTarget } from './balanced-target.js';

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
  return input.derived('backends of targets', readBackends);
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
  return input.derived('targets behind load balancers', readBalanced);
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
  return input.derived('classic targets', readClassic);
}

function readClassic(input: CheckInput): readonly BalancedTarget[] {
  return balancedTargets(input).filter(({ balancer }) => balancer.kind === 'classic');
}
