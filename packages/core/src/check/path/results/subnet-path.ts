import { madeOnce } from '../../../do/world/derived.js';
import type { Verdict } from '../../../do/findings/finding.js';
import { aclCuts } from '../acls/acl-entries.js';
import type { End } from '../model/end.js';
import type { SubnetPlace } from '../model/world.js';
import { answerSteps, callSteps } from '../segment.js';
import { runOf } from '../groups/filter.js';
import { outsideSteps } from '../routes/outside.js';
import { routeTo } from '../routes/route.js';
import type { PathStep, Way } from '../model/step.js';
import type { PathCheckId } from '../reasons/index.js';
import type { Arrival } from '../routes/arrival.js';

/** The path between two subnets, for all of their addresses, without security groups. */
export interface SubnetPath {
  readonly verdict: Verdict;
  readonly arrival: Arrival;
  /** The checks that evaluated a step on it: one list for all paths with the same. */
  readonly checks: readonly PathCheckId[];
}

/**
 * A number that is equal for all ports that the network ACLs on both sides of a path treat alike; `undefined`
 * where the ACLs have too many port ranges. A router's own subnets are not included: paths through a router
 * are distinguished by the port itself.
 */
export function portRun(from: SubnetPlace, to: SubnetPlace, port: number): number | undefined {
  const out = runAt(from, 'out', port);
  const into = runAt(to, 'in', port);
  return out >= RUNS || into >= RUNS ? undefined : out * RUNS + into;
}

/** Network ACLs have at most forty entries per direction, so there are at most eighty borders. */
const RUNS = 128;

function runAt({ subnet, world }: SubnetPlace, direction: 'in' | 'out', port: number): number {
  if (typeof subnet.networkAclId !== 'string') return 0;
  const acl = world.index.find('networkAcls', subnet.networkAclId);
  return acl.is === 'found' ? runOf(aclCuts(world, acl.value, direction), port) : 0;
}

/** Network ACLs and routes from one subnet to another and back; undefined where single addresses matter, or facts are missing. */
export function subnetPath(
  source: End,
  from: SubnetPlace,
  target: End,
  to: SubnetPlace,
  port: number,
): SubnetPath | undefined {
  const [span] = to.spans;
  if (span?.family !== 4 || target.networkId !== to.subnet.networkId) return undefined;
  const way: Way = {
    from: { ...source, points: undefined, groups: undefined },
    to: { ...target, span, text: to.subnet.id, groups: undefined, points: undefined },
    port,
  };
  const arrival = routeTo(from, way.to);
  const { at } = arrival;
  if (at?.kind === 'network' && at.networkId !== to.subnet.networkId) return { verdict: 'fail', arrival, checks: [] };
  const steps = [...outsideSteps(from, arrival, way.to)];
  for (const { step } of callSteps({ way, arrival })) steps.push(step);
  if (at?.kind === 'network') for (const { step } of answerSteps({ way, arrival })) steps.push(step);
  if (steps.some(({ partly, warns, verdict }) => partly ?? warns ?? verdict === 'unknown')) return undefined;
  if (steps.some(({ verdict }) => verdict === 'fail')) return { verdict: 'fail', arrival, checks: [] };
  return at?.kind === 'network' ? { verdict: 'pass', arrival, checks: checksOf(from, steps) } : undefined;
}

function checksOf({ world }: SubnetPlace, steps: readonly PathStep[]): readonly PathCheckId[] {
  const checks = [...new Set(steps.flatMap(({ check }) => check ?? []))].toSorted();
  return madeOnce(world, 'lists of checks', checks.join(' '), () => checks);
}
