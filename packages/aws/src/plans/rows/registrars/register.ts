import { defined } from '@postern/core/internal/adapter';
import {
  type DraftRegion,
  type MemberList,
  type PlaceMembers,
  type Registration,
  UnknownAttribute,
  type View,
  type AttributeUse,
} from '@postern/core/internal/overlay';
import type { Registrar } from '@postern/core/internal/snapshot';

interface Tried<T> {
  readonly value: T | undefined;
  readonly error?: UnknownAttribute;
}

/** A value, or why it is not known: a registrar whose subnets are not known is still one. */
export function tried<T>(find: () => T): Tried<T> {
  try {
    return { value: find() };
  } catch (error) {
    if (!(error instanceof UnknownAttribute)) throw error;

    return { value: undefined, error };
  }
}

/** The IDs that an attribute names for certain. What it may name besides is kept as possible. */
export function named(
  view: View,
  attribute: string,
  wanted: AttributeUse,
  list: MemberList,
  { registrations }: DraftRegion,
): readonly string[] {
  const { values, others, reasons } = view.named(attribute, wanted);
  const { address } = view.instance;
  for (const id of others)
    registrations.possible.push({ list, id, why: `${address} registers targets in one of several groups` });
  if (reasons.length > 0)
    registrations.possible.push({
      list,
      id: undefined,
      why: `${address} registers ${list === 'services' ? 'instances' : 'targets'}, and ${view.unknown(attribute, reasons).said(view.lookup.words.later)}`,
    });
  return values;
}

interface Given extends Pick<Registration<PlaceMembers>, 'names' | 'place'> {
  readonly registrar: Omit<Registrar, 'id' | 'name' | 'raw'>;
}

/** Puts a registrar into the draft. */
export function register(view: View, draft: DraftRegion, id: string, { registrar, ...how }: Given): void {
  const before = draft.get('registrars', id);
  // What does not exist yet is named by its address, for which its ID stands.
  const name = before?.name ?? (view.instance.before === undefined ? undefined : view.text('name'));
  const { subnetIds = before?.subnetIds, securityGroupIds = before?.securityGroupIds, ...others } = registrar;
  draft.put('registrars', {
    ...before,
    ...others,
    // What runs now is not what runs after.
    ...(others.desired === 0 ? { running: undefined, pending: undefined, deploying: undefined } : {}),
    id,
    ...defined({ name }),
    subnetIds,
    securityGroupIds,
    account: draft.base.account,
  } as Registrar);
  draft.registrations.registrars.set(id, { address: view.instance.address, ...how, before });
}

/** Marks groups and services in which a registrar that goes has registered members. */
export function leave({ registrations }: DraftRegion, list: MemberList, ids: readonly string[]): void {
  for (const id of ids) registrations.left.push({ list, id });
}
