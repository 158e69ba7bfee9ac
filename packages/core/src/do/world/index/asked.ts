import { canonicalJson } from '../../../ground/hash.js';
import type { LookUp } from '../../spec.js';
import type { Asked, RegionSnapshot, SnapshotList } from '../../snapshot/snapshot.js';

type AskedList = Exclude<keyof Asked, 'project'>;

/** The scope of an observation that does not read whole lists, in the form of a snapshot. */
export function askedFor(
  project: string,
  lookUps: { readonly [L in AskedList]?: readonly LookUp[] | undefined },
): Asked {
  const { networks, subnets, securityGroups } = lookUps;
  return {
    project,
    ...(networks === undefined ? {} : { networks: networks.map(askedText) }),
    ...(subnets === undefined ? {} : { subnets: subnets.map(askedText) }),
    ...(securityGroups === undefined ? {} : { securityGroups: securityGroups.map(askedText) }),
  };
}

/** Whether `by` was in the scope of an observation, so that each match is in the list, apart from gaps. */
export function wasAsked({ asked }: RegionSnapshot, list: SnapshotList, by: LookUp): boolean {
  if (asked === undefined || !isAskedFor(list)) return false;
  return asked[list]?.includes(askedText(by)) === true;
}

/** Whether nothing was looked up in a list yet: the observation reads it if the plan is not empty. */
export function wasPostponed({ asked, whole }: RegionSnapshot, list: AskedList): boolean {
  return asked !== undefined && asked[list] === undefined && whole?.includes(list) !== true;
}

function isAskedFor(list: SnapshotList): list is AskedList {
  return list === 'networks' || list === 'subnets' || list === 'securityGroups';
}

function askedText(by: LookUp): string {
  return typeof by === 'string' ? by : canonicalJson(by);
}
