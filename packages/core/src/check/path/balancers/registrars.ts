import type { GroupTarget } from '../../../do/model/load-balancer.js';
import type { Registrar } from '../../../do/model/registrar.js';
import type { Missing, RegionIndex } from '../../../do/world/views.js';
import type { NoMembers } from '../reasons/target-health.js';

/**
 * Why a target group or a discovery service has no members, by what registers them. Undefined: nothing that was read registers
 * members there, or it does not say why there are none.
 */
export function noMembers(index: RegionIndex, id: string): NoMembers | undefined {
  for (const one of registrarsOf(index, id)) {
    const why = whyNone(index, one, id);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** What registers its members in a target group or a discovery service. */
export function registrarsOf({ region }: Pick<RegionIndex, 'region'>, id: string): readonly Registrar[] {
  return (region.registrars ?? []).filter((one) => registersIn(one, id));
}

/** Whether it stops members that fail the health checks of their target groups, and starts others. */
export function replacesUnhealthy({ kind, followsTargetHealth }: Registrar): boolean {
  return kind === 'service' || followsTargetHealth === true;
}

/** Whether it registers its members in a target group or a discovery service. */
function registersIn({ targetGroups, registries }: Registrar, id: string): boolean {
  return (
    targetGroups.some(({ targetGroupId }) => targetGroupId === id) ||
    registries.some(({ serviceId }) => serviceId === id)
  );
}

/** What it is called, and what its members are. */
export function namesOf({ id, name = id, kind }: Registrar): { readonly name: string; readonly members: string } {
  return { name, members: kind === 'service' ? 'tasks' : 'instances' };
}

function whyNone(index: RegionIndex, one: Registrar, id: string): NoMembers | undefined {
  const { desired, running, stoppedReason } = one;
  const { name, members } = namesOf(one);
  if (desired === 0 && (running ?? 0) === 0)
    return {
      registrar: one.id,
      because: `${name} registers them, and its desired count is 0`,
      remedy: `Set the desired count of ${name} above 0.`,
    };

  const apart = networksApart(index, one, id);
  if (apart !== undefined)
    return {
      registrar: one.id,
      because: `${name} registers them, and its subnets are in ${apart.subnets}, not in ${apart.group} of the target group`,
      remedy: `Give ${name} subnets in ${apart.group}, or a target group in ${apart.subnets}.`,
    };
  if (stoppedReason === undefined) return undefined;

  const reason = stoppedReason.replace(/\.\s*$/, '');
  return {
    registrar: one.id,
    because: `${name} registers them, and its ${members} fail: ${reason}`,
    remedy: `Correct the cause for which ${members} of ${name} fail: ${reason}.`,
  };
}

/**
 * The networks of a registrar and of a target group, where they differ: an address outside the network of a group is not registered.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html
 */
function networksApart(
  index: RegionIndex,
  { subnetIds = [] }: Registrar,
  id: string,
): { readonly subnets: string; readonly group: string } | undefined {
  const found = index.find('targetGroups', id);
  const group = found.is === 'found' ? found.value.networkId : undefined;
  const networks = subnetIds.map((one) => {
    const subnet = index.find('subnets', one);
    return subnet.is === 'found' ? subnet.value.networkId : undefined;
  });
  const [first] = networks;
  if (group === undefined || first === undefined) return undefined;

  return networks.every((one) => one !== undefined && one !== group) ? { subnets: first, group } : undefined;
}

/** The states of targets that were registered just now, or are leaving. */
const IN_TRANSITION: ReadonlySet<GroupTarget['health']> = new Set(['initial', 'draining', 'unused']);

/** Whether no target is registered but those that come or go: what registers them decides what follows. */
export function areInTransition(targets: readonly GroupTarget[]): boolean {
  return targets.every(({ health }) => IN_TRANSITION.has(health));
}

/**
 * What registers the targets of a group is starting them, and no failure is reported: whether they will answer is not known. Otherwise
 * a check during a first deployment would report a fault that the cloud is about to end.
 * @param targets those that are registered now
 */
export function settling(index: RegionIndex, id: string, targets: readonly GroupTarget[]): Missing | undefined {
  if (!areInTransition(targets)) return undefined;

  const one = registrarsOf(index, id).find((registrar) => isStarting(index, registrar, id));
  if (one === undefined) return undefined;

  const { name, members } = namesOf(one);
  return {
    what: `whether the ${members} that ${name} is starting answer`,
    remedy: `Wait until ${name} has started its ${members}, then check again.`,
  };
}

function isStarting(index: RegionIndex, one: Registrar, id: string): boolean {
  const { desired, running, pending = 0, deploying = false } = one;
  if (running === undefined || whyNone(index, one, id) !== undefined) return false;
  // If the reason why members fail was not read, they may fail.
  if (index.region.gaps.some((gap) => gap.of === 'registrars' && gap.id === one.id)) return false;

  return pending > 0 || deploying || running < (desired ?? 0);
}
