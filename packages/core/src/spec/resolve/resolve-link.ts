import { defined } from '../../ground/defined.js';
import { kindCreatedFrom, kindOfLink } from '../../do/kinds/cloud/link-kinds.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { Cloud } from '../../do/kinds/cloud/cloud.js';
import type { DeclaredLink } from '../../do/kinds/cloud/declared.js';
import type { LinkKind } from '../../do/model/link.js';
import type { LinkSpec } from '../../do/spec.js';
import { checkBlock } from '../check/check-blocks.js';
import { checkLink, checkRegion } from '../check/check-link.js';
import { checkParts } from '../check/check-parts.js';
import type { Reading } from '../parse-options.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedLink, CheckedSpec } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/source-node.js';
import { pick } from './resolve-target.js';
import { resolveAllowlist } from './resolve-allowlist.js';

/** A link with its defaults; what is wrong with it is added to `problems`. The region of `reading` is for a link where none is written. */
export function resolveLink(
  name: string,
  link: CheckedLink,
  input: CheckedSpec,
  { clouds, region: fallback }: Reading,
  path: KeyPath,
  problems: Problem[],
): LinkSpec {
  const region =
    link.region ?? input.defaults?.region ?? (typeof fallback === 'function' ? fallback(link.provider) : fallback);
  if (region === undefined) {
    const remedy = 'Write region: here, or under defaults.';
    problems.push({ code: 'REGION_MISSING', message: `link ${name} has no region`, remedy, path });
  }
  checkRegion(link, input, clouds, path, problems);
  const kind = kindOf(link, clouds);
  const declared = kindOfLink(clouds, { kind, provider: link.provider });
  const traits = clouds.link(declared);
  checkParts(link, declared, traits, path, problems);
  // The schema accepts clouds of the set alone.
  const cloud = clouds.named(link.provider) as Cloud;
  const written = link as unknown as DeclaredLink;
  checkLink(written, cloud, traits, { key: name, kind: declared, region }, path, problems);
  const { create, delete: remove } = { ...input.defaults?.timeouts, ...link.timeouts };
  const allowed =
    link.allowlist && resolveAllowlist(link.allowlist, declared, traits, [...path, 'allowlist'], problems);
  const native = pick(written, traits.settings);
  for (const key of traits.settings) {
    const block = cloud.keys?.link?.[key]?.form === 'CIDR block' ? native[key] : undefined;
    if (block !== undefined) checkBlock(block as string, [...path, key], problems);
  }
  return {
    provider: link.provider,
    region: region ?? '',
    ...pick(link, [
      'account',
      'profile',
      'assumeRole',
      'id',
      'name',
      'network',
      'subnets',
      'securityGroups',
      'owner',
      'protect',
    ]),
    ...defined({ kind, loadBalancer: link.loadBalancer }),
    ...allowed,
    ...(create === undefined && remove === undefined
      ? {}
      : { timeouts: { ...(create && { createMs: create }), ...(remove && { deleteMs: remove }) } }),
    tags: { ...input.defaults?.tags, ...link.tags },
    ...(Object.keys(native).length === 0 ? {} : { native }),
  };
}

/** The kind that is written, or that the other keys mean; undefined: the first one of the cloud. */
function kindOf({ kind, loadBalancer, provider }: CheckedLink, clouds: Clouds): LinkKind | undefined {
  return kind ?? (loadBalancer === undefined ? undefined : kindCreatedFrom(clouds, provider, 'loadBalancer'));
}
