import type { Cloud } from './cloud/cloud.js';
import type { Clouds } from './cloud/clouds.js';
import type { IdKinds } from './cloud/spec-keys.js';
import type { ErrorCode } from '../../ground/error-codes.js';

export interface IdFault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
}

/** Why `id` is not the ID of a resource whose IDs begin with `prefix`; undefined where it may be. */
export function idFault({ kinds }: IdKinds, id: string, prefix: string): IdFault | undefined {
  const found = prefixOf(id);
  if (found === prefix) return undefined;
  const due = `a ${kinds[prefix] ?? prefix}`;
  if (Object.hasOwn(kinds, found)) {
    const message = `expected the ID of ${due}, got the ID of a ${kinds[found] ?? found}`;
    return { code: 'WRONG_KIND', message, remedy: `Write the ID of ${due}.` };
  }
  const remedy = `Write ${prefix}-…, or { name: … } to look it up by its name.`;
  return { code: 'INVALID_SPEC', message: `not the ID of ${due}`, remedy };
}

/** Whether a text is the ID of a load balancer, and no name. */
export function isBalancerId(clouds: Clouds, provider: string, text: string): boolean {
  const prefix = clouds.named(provider)?.ids.loadBalancer;
  return prefix !== undefined && text.startsWith(prefix);
}

/**
 * Why `id` is certainly the ID of another kind of resource than `resource`; undefined where it may be one, and on clouds
 * whose IDs are not known.
 */
export function otherKindFault(
  clouds: Clouds,
  provider: string,
  id: string,
  resource: 'subnet' | 'securityGroup' | 'link' | 'gateway',
): IdFault | undefined {
  const cloud = clouds.named(provider);
  const found = prefixOf(id);
  if (cloud === undefined || !Object.hasOwn(cloud.ids.kinds, found)) return undefined;
  const { kinds } = cloud.ids;
  const [prefix, ...others] = prefixesOf(cloud, resource);
  if (found === prefix || others.includes(found)) return undefined;
  const due = `a ${prefix === undefined ? resource : (kinds[prefix] ?? prefix)}`;
  const message = `expected the ID of ${due}, got the ID of a ${kinds[found] ?? found}`;
  return { code: 'WRONG_KIND', message, remedy: `Write the ID of ${due}.` };
}

/** What IDs of a resource begin with: those of links by their kinds; those of gateways say nothing. */
function prefixesOf(
  { ids, links }: Cloud,
  resource: 'subnet' | 'securityGroup' | 'link' | 'gateway',
): readonly string[] {
  if (resource === 'gateway') return [];
  if (resource === 'link') return [...new Set(Object.values(links).flatMap(({ idPrefix }) => idPrefix ?? []))];
  return [ids[resource] ?? []].flat();
}

function prefixOf(id: string): string {
  return /^([a-z]+)-/.exec(id)?.[1] ?? '';
}
