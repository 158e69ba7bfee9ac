import type { GroupTarget, LoadBalancer, TargetGroup } from '../../../do/model/load-balancer.js';
import { type Way, verdictOn } from '../model/step.js';
import type { World } from '../model/world.js';
import type { HopText } from '../reasons/reason.js';
import { between } from './backend-segment.js';
import type { Candidate } from './balancers.js';
import { healthSteps } from './behind-balancer.js';
import { failingMembers } from './member-ends.js';
import { areInTransition, registrarsOf, replacesUnhealthy } from './registrars.js';

/** What stops health checks on the path to an unhealthy target. It is computed on request. */
export function causeOf(
  world: World,
  balancer: LoadBalancer,
  group: TargetGroup,
  here: readonly Candidate[],
  way: Way,
): (() => HopText | undefined) | undefined {
  const silent = here.filter(({ target }) => target.health === 'unhealthy' && gaveNoAnswer(target));
  const gone = areInTransition(group.targets ?? []) ? failingMembers(world, group) : [];
  if (silent.length === 0 && gone.length === 0) return undefined;

  let known: { readonly hop: HopText | undefined } | undefined;
  const find = (): HopText | undefined => {
    for (const steps of [
      ...silent.map((one) => healthSteps(world, balancer, one, way)),
      ...gone.map(({ end, port, name }) => between(way.to, way.to, end, port, name)),
    ]) {
      const stop = [...steps].find(({ step }) => step.verdict === 'fail');
      if (stop !== undefined) return stop.step.describe(stop.way);
    }
    return undefined;
  };
  return () => (known ??= { hop: find() }).hop;
}

/**
 * Whether health checks alone do not reach unhealthy targets that get all calls: by another port, or from another address. What registers
 * them stops those that fail their checks, unless it is an instance group that does not follow them.
 */
export function areCutOffFromChecks(
  world: World,
  balancer: LoadBalancer,
  called: readonly Candidate[],
  way: Way,
): boolean {
  const isCutOff = (one: Candidate): boolean =>
    !gaveNoAnswer(one.target) || verdictOn([...healthSteps(world, balancer, one, way)]) === 'fail';
  return (
    called.length > 0 &&
    called.every(({ target: { health } }) => health === 'unhealthy') &&
    !called.some(({ group: { id } }) => registrarsOf(world.index, id).some(replacesUnhealthy)) &&
    called.every(isCutOff)
  );
}

/** A target that answered its health check with another status code was reached. */
function gaveNoAnswer({ reason = '' }: GroupTarget): boolean {
  return !/ResponseCodeMismatch/.test(reason);
}
