import type { TargetGroup } from '../../../do/model/load-balancer.js';
import type { End } from '../model/end.js';
import { subnetPlace } from '../sources/interface-end.js';
import type { World } from '../model/world.js';
import { namesOf, registrarsOf } from './registrars.js';

/** Where members of a registrar are while they run: an end in one of its subnets, with its groups. */
export interface MemberEnd {
  readonly end: End;
  /** The port of their health checks. */
  readonly port: number;
  /** `tasks of orders` */
  readonly name: string;
}

/** `is unhealthy in (target-group orders) due to (reason Request timed out)`, `Task failed ELB health checks`. */
const FAILS_CHECKS = /health[- ]check|\bunhealthy\b/i;

/**
 * Where members that fail their health checks are while they run. They are deregistered for it, so a group can be empty when it is read,
 * and a path to its targets cannot be followed.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export function failingMembers(world: World, { id, port: ofGroup, healthCheck }: TargetGroup): readonly MemberEnd[] {
  return registrarsOf(world.index, id).flatMap((one): readonly MemberEnd[] => {
    const { stoppedReason = '', subnetIds = [], securityGroupIds, targetGroups } = one;
    const registered = targetGroups.find(({ targetGroupId }) => targetGroupId === id)?.port;
    const port = healthCheck?.port ?? registered ?? ofGroup;
    if (port === undefined || securityGroupIds === undefined || !FAILS_CHECKS.test(stoppedReason)) return [];
    const { name, members } = namesOf(one);
    const text = `${members} of ${name}`;
    return subnetIds.flatMap((subnetId) => {
      const place = subnetPlace(world, subnetId);
      const [span] = place?.spans ?? [];
      if (place === undefined || span === undefined) return [];
      const groups = world.groupSet(securityGroupIds);
      return [{ end: { text, span, place, groups, behindNetworkAcl: true }, port, name: text }];
    });
  });
}
