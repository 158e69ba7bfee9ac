import { counted } from '@postern/core/cloud';
import { INSTANCE_RETIREMENT } from '../../cloud/integration-instance/retirement.js';
import type { ClassicInstance } from '../switch/classic.js';

/** What to do with the instance of a group that was handed over, in one sentence. */
export function instanceAdvice({ id, kind, paidUntil, otherGroups }: ClassicInstance): string {
  if (kind === 'shared') return 'The group is on the shared instance, which is not paid for.';
  const paid = paidUntil === undefined ? 'paid by the hour' : `paid until ${paidUntil}`;
  if (otherGroups > 0) return `Instance ${id} serves ${counted(otherGroups, 'other group')}, and is ${paid}.`;
  if (paidUntil === undefined) {
    return `Instance ${id} is paid by the hour until it is released: release it when the group is deleted.`;
  }
  const end = INSTANCE_RETIREMENT.find(({ ends }) => ends === 'service')?.at ?? '';
  return Date.parse(paidUntil) > Date.parse(end)
    ? `Instance ${id} is paid until ${paidUntil}, and the service ends at ${end}: ask for a refund before that.`
    : `Instance ${id} is paid until ${paidUntil}: do not renew it.`;
}
