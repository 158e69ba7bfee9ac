import type { GroupTarget } from '../../../do/model/load-balancer.js';

/** The remedy where no target of `own` accepts calls, derived from their states: wait, or set a weight. */
export function remedyByState(own: string, targets: readonly GroupTarget[]): string | undefined {
  if (targets.length === 0) return `Register a target in ${own} that answers its health check.`;
  const waiting = firstChecks(own, targets);
  if (waiting !== undefined) return waiting;
  const idle = targets.filter(({ health, reason = '' }) => health === 'unused' && /^weight 0\b/.test(reason));
  // Of those, one that passes its health check needs only a weight.
  const well = idle.filter(({ reason = '' }) => /\b(?:normal|unavailable)$/.test(reason));
  const meant = (well.length > 0 ? well : idle.length === targets.length ? idle : []).slice(0, 3).map(({ id }) => id);
  if (meant.length === 0) return undefined;
  const more = well.length > 0 ? '' : ', and make it pass its health check';
  return `Set a weight above 0 for ${meant.join(' or ')} in ${own}${more}: a server with the weight 0 receives no calls.`;
}

/**
 * What to do where no target of `own` is healthy and some were registered just now: they only need their first health checks.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
function firstChecks(own: string, targets: readonly Pick<GroupTarget, 'health'>[]): string | undefined {
  if (!targets.some(({ health }) => health === 'initial')) return undefined;
  return `Wait until the first health checks of ${own} are completed (one or two minutes), then check again.`;
}
