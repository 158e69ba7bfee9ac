import type { Spec } from '@postern/core';

/**
 * How many links of a project, among its resources as lines, its spec does not declare. A link that is named by an ID was not
 * created for it.
 */
export function undeclaredLinks(lines: readonly string[], { links }: Spec): number {
  const created = lines.filter((line) => /^\S+ (?:VpcLink|VpcLinkV1|Instance) /.test(line)).length;
  const declared = Object.values(links).filter(({ id, owner }) => id === undefined && owner !== 'external').length;
  return Math.max(0, created - declared);
}
