import type { Cloud } from '../../do/kinds/cloud/cloud.js';
import type { DeclaredLink, DeclaredPlace } from '../../do/kinds/cloud/declared.js';
import type { LinkKindTraits } from '../../do/kinds/link/link-traits.js';
import type { Problem } from '../problems/problem.js';
import { isPlainMap, type KeyPath } from '../source/source-node.js';
import { checkIds } from './check-parts.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { regionFault } from '../../ground/text/region-fault.js';
import type { CheckedLink, CheckedSpec } from '../schema/spec-schema.js';

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

/** Reports a region that its cloud cannot have, where it is written: at the link, or once under `defaults`. */
export function checkRegion(
  link: Pick<CheckedLink, 'provider' | 'region'>,
  input: Pick<CheckedSpec, 'defaults'>,
  clouds: Clouds,
  path: KeyPath,
  problems: Problem[],
): void {
  const region = link.region ?? input.defaults?.region;
  const names = clouds.named(link.provider)?.regions;
  if (region === undefined || names === undefined) return;

  const fault = regionFault(names, region);
  const at: KeyPath = link.region === undefined ? ['defaults', 'region'] : [...path, 'region'];
  if (fault === undefined || problems.some((one) => one.path.join() === at.join())) return;

  problems.push({ code: 'INVALID_SPEC', message: fault.message, remedy: fault.remedy, path: at });
}

/** The same of a value that has other problems, as far as it can be read: one report has both. */
export function regionProblems(value: unknown, clouds: Clouds): readonly Problem[] {
  const problems: Problem[] = [];
  if (!isPlainMap(value) || !isPlainMap(value['links'])) return problems;

  const defaults = textsOf(value['defaults']);
  for (const [name, link] of Object.entries(value['links'])) {
    const { provider, region } = textsOf(link);
    if (provider !== undefined)
      checkRegion({ provider, region }, { defaults: { region: defaults.region } }, clouds, ['links', name], problems);
  }
  return problems;
}

function textsOf(value: unknown): { readonly provider?: string; readonly region?: string } {
  const entries = isPlainMap(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter(([, member]) => typeof member === 'string'));
}
