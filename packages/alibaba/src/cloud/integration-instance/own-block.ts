import { overlaps, parsePrefix } from '@postern/core/kinds';
import { INSTANCE_CIDRS } from './instance-cidrs.js';

/**
 * The block for a new instance: the one that is requested, or the first that does not overlap the vSwitches and, if
 * possible, not the VPC either. Undefined if both overlap a vSwitch.
 */
export function chooseInstanceCidr(
  asked: unknown,
  vSwitchBlocks: readonly string[],
  vpcBlocks: readonly string[] = [],
): string | undefined {
  if (typeof asked === 'string') return asked;
  const free = INSTANCE_CIDRS.filter((block) => !vSwitchBlocks.some((other) => meet(block, other)));
  return free.find((block) => !vpcBlocks.some((other) => meet(block, other))) ?? free[0];
}

/** Whether two blocks share an address. Texts that are not blocks share none. */
export function meet(one: string, other: string): boolean {
  try {
    return overlaps(parsePrefix(one), parsePrefix(other));
  } catch {
    return false;
  }
}
