import { anyCovers } from '../../connects/blocks.js';
import type { AwsCall } from '../../call.js';
import type { InterfaceRow } from '../../state/ec2-state.js';
import { canonicalIpv6 } from '../request/cidr.js';

/**
 * An interface is in use while it is attached to something, and for as long as a service has it for itself. Machines may be there
 * without a call that launched them: an interface whose address is registered later, as a target or in Cloud Map, counts as a machine's. One
 * that is created for an address that is registered already does not, nor one that was planted as attached to nothing.
 */
export function interfaceStatus(call: AwsCall, row: InterfaceRow): 'available' | 'in-use' {
  if (isHeld(row)) return 'in-use';
  return row.idle === true || !isRegistered(call, row) ? 'available' : 'in-use';
}

/** Whether an interface cannot be deleted: something is attached to it, or a service has it for itself. */
export function isHeld({ attachment, requesterManaged }: InterfaceRow): boolean {
  return attachment !== undefined || requesterManaged;
}

/** Whether an address of an interface is registered as a target, or in Cloud Map. */
export function isRegistered(call: AwsCall, { addresses, ipv6Addresses, prefixes = [] }: InterfaceRow): boolean {
  const registered = registeredIn(call);
  if ([...addresses, ...ipv6Addresses].some((address) => registered.has(address))) return true;
  return prefixes.length > 0 && [...registered].some((address) => anyCovers(prefixes, address));
}

const known = new WeakMap<AwsCall, ReadonlySet<string>>();

/** Every address that the account registers somewhere. */
function registeredIn(call: AwsCall): ReadonlySet<string> {
  const there = known.get(call);
  if (there !== undefined) return there;
  const all = new Set<string>();
  for (const { loadBalancing, cloudMap } of call.aws.regions.values()) {
    for (const { targetType, targets } of loadBalancing.targetGroups.values()) {
      if (targetType === 'ip') for (const { id } of targets) all.add(canonicalIpv6(id) ?? id);
    }
    for (const { attributes } of cloudMap.instances.values()) {
      for (const text of [attributes['AWS_INSTANCE_IPV4'], attributes['AWS_INSTANCE_IPV6']]) {
        if (text !== undefined) all.add(canonicalIpv6(text) ?? text);
      }
    }
  }
  known.set(call, all);
  return all;
}
