import { linkTraits } from '../../kinds/link/link-traits.js';
import type { NativeKey } from '../../kinds/link/link-table.js';
import type { LinkSpec } from '../../model/spec.js';
import { checkBlock } from '../check/check-blocks.js';
import { checkLink } from '../check/check-link.js';
import type { ParseSpecOptions } from '../parse-options.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedLink, CheckedSpec } from '../schema/spec-schema.js';
import type { Path } from '../source/plain-value.js';
import { pick } from './pick.js';
import { resolveAllowlist } from './resolve-allowlist.js';

/** A link with its defaults; what is wrong with it is added to `problems`. `fallback` is the region where none is written. */
export function resolveLink(
  name: string,
  link: CheckedLink,
  input: CheckedSpec,
  fallback: ParseSpecOptions['region'],
  path: Path,
  problems: Problem[],
): LinkSpec {
  const otherwise = typeof fallback === 'function' ? fallback(link.provider) : fallback;
  const region = link.region ?? input.defaults?.region ?? otherwise;
  if (region === undefined) {
    const remedy = 'Write region: here, or under defaults.';
    problems.push({ code: 'REGION_MISSING', message: `link ${name} has no region`, remedy, path });
  }
  // An external link without an id is found by its name.
  if (link.id === undefined && link.subnets === undefined && link.owner !== 'external') {
    const remedy = 'Write subnets: to create a link, or id: to adopt one.';
    problems.push({ code: 'INVALID_SPEC', message: '`subnets` or `id` is required', remedy, path });
  }
  checkLink(name, link, region, path, problems);
  const { create, delete: remove } = { ...input.defaults?.timeouts, ...link.timeouts };
  const allowed = link.allowlist && resolveAllowlist(link.allowlist, link.provider, [...path, 'allowlist'], problems);
  const native: { instanceCidr?: string | undefined; spec?: string | undefined } = pick(
    link as Partial<Record<NativeKey, string>>,
    linkTraits(undefined, link.provider).settings,
  );
  if (native.instanceCidr !== undefined) checkBlock(native.instanceCidr, [...path, 'instanceCidr'], problems);
  return {
    provider: link.provider,
    region: region ?? '',
    ...pick(link, [
      'account',
      'profile',
      'assumeRole',
      'id',
      'name',
      'movedFrom',
      'network',
      'subnets',
      'securityGroups',
      'owner',
      'protect',
    ]),
    ...allowed,
    ...(create === undefined && remove === undefined
      ? {}
      : { timeouts: { ...(create && { createMs: create }), ...(remove && { deleteMs: remove }) } }),
    tags: { ...input.defaults?.tags, ...link.tags },
    ...(Object.keys(native).length === 0 ? {} : { native }),
  };
}
