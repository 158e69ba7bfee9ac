import { madeIn, madeOnce } from '../../../do/world/derived.js';
import type { GroupTarget, LoadBalancer } from '../../../do/model/load-balancer.js';
import { evidenceReasons } from '../reasons/evidence.js';
import { contradicted, verdictOn, type TracedStep, type Way } from '../model/step.js';
import type { World } from '../model/world.js';
import { balancerEnds } from '../sources/balancer-ends.js';
import type { Candidate } from './balancers.js';
import { healthSteps } from './behind-balancer.js';
import { nameOf } from './target-health-steps.js';
import { serves } from './target-zones.js';

/**
 * The path to a target, with its health against what is derived: where health checks on the port of calls arrive although each way of
 * theirs seems stopped, the hop that stops calls in the same way is not known. A way that is open for a node of another zone explains
 * the health, and a rule about the address of clients does not concern the checks: those stay as they are.
 */
export function withHealth(
  world: World,
  balancer: LoadBalancer,
  one: Candidate,
  way: Way,
  derived: readonly TracedStep[],
): readonly TracedStep[] {
  const at = derived.findIndex(({ step }) => step.verdict === 'fail');
  const stop = derived[at];
  if (stop === undefined || !world.isToday || !isCheckedOnPortOfCalls(one)) return derived;

  const ofChecks = stopOfChecks(world, balancer, one, way);
  if (ofChecks?.step.hop !== stop.step.hop || isExplained(world, balancer, one)) return derived;

  const { target, group } = one;
  const facts = { target: target.id, group: nameOf(group), port: portOfCalls(one) ?? 0 };
  const step = contradicted(stop.step, (hop) => evidenceReasons.HEALTH_CONTRADICTS({ ...facts, stop: hop }));
  return [...derived.slice(0, at), { way: stop.way, step }];
}

const portOfCalls = ({ group, target }: Candidate): number | undefined => target.port ?? group.port;

/** Without health checks, and while all targets get calls because none is healthy, a target is not said to be healthy. */
function isCheckedOnPortOfCalls(one: Candidate): boolean {
  const { healthCheck } = one.group;
  if (one.target.health !== 'healthy' || healthCheck?.enabled !== true) return false;

  const port = portOfCalls(one);
  return port !== undefined && (healthCheck.port ?? port) === port;
}

function stopOfChecks(world: World, balancer: LoadBalancer, one: Candidate, way: Way): TracedStep | undefined {
  return [...healthSteps(world, balancer, one, way)].find(({ step }) => step.verdict === 'fail');
}

/** What stops all health checks of a target: no node reaches it. */
export function stopOfAllChecks(
  world: World,
  balancer: LoadBalancer,
  one: Candidate,
  way: Way,
): TracedStep | undefined {
  const isChecked = one.group.healthCheck?.enabled === true && !isExplained(world, balancer, one);
  return isChecked ? stopOfChecks(world, balancer, one, way) : undefined;
}

/** Whether the way of health checks from some node seems open. */
function isExplained(world: World, balancer: LoadBalancer, one: Candidate): boolean {
  const known = madeOnce(world, 'health that is explained', balancer, () => new Map<GroupTarget, boolean>());
  return madeIn(known, one.target, () =>
    balancerEnds(world, balancer)
      .filter((end) => serves(world, balancer, one, end.place?.subnet.zone) !== 'fail')
      .some((end) => {
        const way: Way = { from: end, to: end, port: 0 };
        return verdictOn([...healthSteps(world, balancer, one, way)]) === 'pass';
      }),
  );
}
