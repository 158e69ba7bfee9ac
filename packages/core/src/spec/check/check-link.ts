import type { Cloud } from '../../do/kinds/cloud/cloud.js';
import type { DeclaredLink, DeclaredPlace } from '../../do/kinds/cloud/declared.js';
import type { LinkKindTraits } from '../../do/kinds/link/link-traits.js';
import type { Problem } from '../problems/problem.js';
import type { KeyPath } from '../source/plain-value.js';
import { checkIds } from './check-ids.js';

/**
 * The problems of a declared link that a schema cannot find: kinds of IDs, what its cloud refuses, and keys of the cloud that links of
 * its kind do not have.
 */
export function checkLink(
  link: DeclaredLink,
  { ids, keys = {}, linkFaults }: Cloud,
  { idPrefix, settings, groupPerZone, groupIsManaged }: LinkKindTraits,
  place: DeclaredPlace,
  path: KeyPath,
  problems: Problem[],
): void {
  checkIds(ids, link.subnets, ids.subnet, [...path, 'subnets'], problems);
  // One group for all zones, or one for each. Several zones may have the same group.
  const groups = new Set(link.securityGroups?.map((group) => JSON.stringify(group)));
  const mayRepeat = groupPerZone || groupIsManaged === true;
  if (!mayRepeat || groups.size === (link.securityGroups ?? []).length)
    checkIds(ids, link.securityGroups, ids.securityGroup, [...path, 'securityGroups'], problems);
  checkIds(ids, link.network, ids.network, [...path, 'network'], problems);
  checkIds(ids, link.id, idPrefix, [...path, 'id'], problems);
  const faults = linkFaults(link, place);
  for (const fault of faults) problems.push({ ...fault, path: [...path, ...fault.path] });
  for (const key of Object.keys(keys.link ?? {})) {
    if (link[key] === undefined || key === 'loadBalancer' || settings.includes(key)) continue;
    if (faults.some((fault) => fault.path[0] === key)) continue;
    const remedy = `Remove ${key}, or declare a link of another kind.`;
    const message = `a ${place.kind} has no ${key}`;
    problems.push({ code: 'INVALID_SPEC', message, remedy, path: [...path, key], key: true });
  }
}
