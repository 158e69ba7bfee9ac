import type { Plan, StepKind } from '../../do/plan/plan.js';
import { GraphBuilder } from './builder.js';
import type { Change, Graph } from './model.js';

/** What a step does to its resource. */
const CHANGES: Readonly<Partial<Record<StepKind, Change>>> = {
  create: 'added',
  allow: 'added',
  delete: 'removed',
  revoke: 'removed',
};

/** A plan: units in the order of their dependencies, each with its steps and what they change. Pure. */
export function graphOfPlan({ units }: Pick<Plan, 'units'>): Graph {
  const builder = new GraphBuilder();
  for (const [at, { id, kind, name, provider, region, steps }] of units.entries()) {
    const unit = builder.node({
      id: `unit ${id}`,
      kind: 'place',
      label: `${at + 1}. ${kind} ${name}`,
      detail: `${provider} ${region}`,
    });
    for (const { id: step, kind: what, resource, reason } of steps) {
      const to = builder.node({
        id: `step ${id} ${step}`,
        kind: 'step',
        label: `${what} ${resource.type} ${resource.name}`,
        does: `${what} ${resource.type}`,
        detail: resource.id,
        mark: CHANGES[what] ?? 'changed',
        note: reason,
      });
      builder.edge({ from: unit, to, isAside: true });
    }
  }
  for (const { id, dependsOn } of units)
    for (const before of dependsOn) builder.edge({ from: `unit ${before}`, to: `unit ${id}` });
  return builder.graph(units.length === 0 ? 'No changes' : 'Plan');
}
