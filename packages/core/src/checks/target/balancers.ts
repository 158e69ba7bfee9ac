import type { LoadBalancer } from '../../model/load-balancer.js';
import type { CheckInput, IntegrationView, TargetView } from '../check.js';
import { backendOf, type Backend } from '../words/backend.js';

/** A target whose load balancer was found. */
export interface BalancedTarget {
  readonly integration: IntegrationView;
  readonly target: TargetView;
  readonly backend: Extract<Backend, { kind: 'balancer' }>;
  readonly balancer: LoadBalancer;
}

/** Every target of the spec, with its integration and what stands behind it. */
export function* backends(
  input: Pick<CheckInput, 'integrations'>,
): Iterable<{ readonly integration: IntegrationView; readonly target: TargetView; readonly backend: Backend }> {
  for (const integration of input.integrations) {
    for (const target of integration.targets) {
      const backend = backendOf(integration, target);
      if (backend !== undefined) yield { integration, target, backend };
    }
  }
}

/** Every target of the spec that a load balancer stands behind which was found. */
export function* balancedTargets(input: Pick<CheckInput, 'integrations'>): Iterable<BalancedTarget> {
  for (const { integration, target, backend } of backends(input)) {
    if (backend.kind !== 'balancer' || backend.balancer.is !== 'found') continue;
    yield { integration, target, backend, balancer: backend.balancer.value };
  }
}
