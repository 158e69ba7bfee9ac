import type { Registrar } from '../../../do/model/registrar.js';
import type { RegionIndex } from '../../../do/world/views.js';
import type { NoMembers } from '../reasons/target-health.js';

/**
 * Why a target group or a discovery service has no members, by what registers them. Undefined: nothing that was read registers
 * members there, or it does not say why there are none.
 */
export function noMembers({ region }: Pick<RegionIndex, 'region'>, id: string): NoMembers | undefined {
  for (const one of region.registrars ?? []) {
    const why = registersIn(one, id) ? whyNone(one) : undefined;
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Whether it registers its members in a target group or a discovery service. */
export function registersIn({ targetGroups, registries }: Registrar, id: string): boolean {
  return (
    targetGroups.some(({ targetGroupId }) => targetGroupId === id) ||
    registries.some(({ serviceId }) => serviceId === id)
  );
}

function whyNone({ id, name = id, desired, running, stoppedReason }: Registrar): NoMembers | undefined {
  if (desired === 0 && (running ?? 0) === 0)
    return {
      registrar: id,
      because: `${name} registers them, and its desired count is 0`,
      remedy: `Set the desired count of ${name} above 0.`,
    };
  if (stoppedReason === undefined) return undefined;
  return {
    registrar: id,
    because: `${name} registers them, and fails: ${stoppedReason}`,
    remedy: `Correct ${name}: ${stoppedReason}.`,
  };
}
