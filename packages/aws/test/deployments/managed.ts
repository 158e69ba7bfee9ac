import { PrivateIntegrations, type Plan, type PosternError, type Spec } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { aws } from '../../src/index.js';
import { REGION } from '../world/simulated.js';
import type { Copy } from './deployments-world.js';

const gateOf = ({ simulation }: Copy, spec: Spec): PrivateIntegrations =>
  new PrivateIntegrations(aws({ region: REGION, clients: simulation.clients(REGION) }), {
    judge,
    project: spec.project,
    ...(spec.spec === undefined ? {} : { spec: spec.spec }),
    clock: simulation.clock,
  });

/** What a new process plans. */
export function planOn(copy: Copy, spec: Spec): Promise<Plan> {
  return gateOf(copy, spec).plan(spec);
}

/** Applies a spec in a new process. @returns the errors of its steps */
export async function appliedOn(copy: Copy, spec: Spec): Promise<readonly PosternError[]> {
  const gate = gateOf(copy, spec);
  const errors: PosternError[] = [];
  for await (const event of gate.apply(await gate.plan(spec), { ignoreFindings: ['*'] })) {
    if (event.type === 'step.failed') errors.push(event.error as PosternError);
  }
  return errors;
}
