import type { LoadBalancer } from '../../model/load-balancer.js';
import type { CheckInput, IntegrationView, TargetView } from '../../world/views.js';
import { backendOf, type Backend } from './backend.js';

/** A target whose load balancer was found. */
export interface BalancedTarget {
  readonly integration: IntegrationView;
  readonly target: TargetView;
  readonly backend: Extract<Backend, { kind: 'balancer' }>;
  readonly balancer: LoadBalancer;
}

/** A target and its backend. */
export interface BackedTarget {
  readonly integration: IntegrationView;
  readonly target: TargetView;
  readonly backend: Backend;
}

const memory = new WeakMap<readonly IntegrationView[], readonly BackedTarget[]>();

/** Every target of the spec that was found, with its integration and backend: looked up once for all checks. */
export function backends({ integrations }: Pick<CheckInput, 'integrations'>): readonly BackedTarget[] {
  const known = memory.get(integrations);
  if (known !== undefined) return known;
  const made: BackedTarget[] = [];
  for (const integration of integrations) {
    for (const target of integration.targets) {
      const backend = backendOf(integration, target);
      if (backend !== undefined) made.push({ integration, target, backend });
    }
  }
  memory.set(integrations, made);
  return made;
}

const byTarget = new WeakMap<readonly IntegrationView[], ReadonlyMap<TargetView, Backend>>();

/** The backend of a target of the spec; undefined where the target was not found. */
export function backendFor(input: Pick<CheckInput, 'integrations'>, target: TargetView): Backend | undefined {
  const known = byTarget.get(input.integrations);
  if (known !== undefined) return known.get(target);
  const made = new Map(backends(input).map((one) => [one.target, one.backend]));
  byTarget.set(input.integrations, made);
  return made.get(target);
}

const balanced = new WeakMap<readonly IntegrationView[], readonly BalancedTarget[]>();

/** Every target of the spec whose load balancer was found. */
export function balancedTargets(input: Pick<CheckInput, 'integrations'>): readonly BalancedTarget[] {
  const known = balanced.get(input.integrations);
  if (known !== undefined) return known;
  const made: BalancedTarget[] = [];
  for (const { integration, target, backend } of backends(input)) {
    if (backend.kind !== 'balancer' || backend.balancer.is !== 'found') continue;
    made.push({ integration, target, backend, balancer: backend.balancer.value });
  }
  balanced.set(input.integrations, made);
  return made;
}

const classic = new WeakMap<readonly IntegrationView[], readonly BalancedTarget[]>();

/** Every target of the spec whose load balancer is a CLB instance. */
export function classicTargets(input: Pick<CheckInput, 'integrations'>): readonly BalancedTarget[] {
  let made = classic.get(input.integrations);
  if (made === undefined) {
    made = balancedTargets(input).filter(({ balancer }) => balancer.kind === 'classic');
    classic.set(input.integrations, made);
  }
  return made;
}
