import { type LinkKindTraits } from '../../do/kinds/link/link-traits.js';
import type { LinkKind } from '../../do/model/link.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedLink } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/plain-value.js';

const PARTS: readonly LinkKindTraits['createdFrom'][] = ['subnets', 'loadBalancer'];

/** What links of a kind do not have, by what they are created from. */
const FOREIGN = {
  subnets: ['loadBalancer'],
  loadBalancer: ['subnets', 'securityGroups', 'network', 'allowlist'],
} as const;

/** A link is declared by its ID, or with what links of its kind are created from, and with nothing that they do not have. */
export function checkParts(
  link: CheckedLink,
  of: LinkKind,
  { createdFrom }: LinkKindTraits,
  path: KeyPath,
  problems: Problem[],
): void {
  const written = link as Readonly<Record<string, unknown>>;
  // An external link without an id is found by its name.
  if (link.id === undefined && written[createdFrom] === undefined && link.owner !== 'external') {
    const message = PARTS.some((part) => part !== createdFrom && written[part] !== undefined)
      ? `a ${of} is not created from ${FOREIGN[createdFrom][0]}`
      : `\`${createdFrom}\` or \`id\` is required`;
    const remedy = `Write ${createdFrom}: to create a link, or id: to adopt one.`;
    problems.push({ code: 'INVALID_SPEC', message, remedy, path });
    return;
  }
  for (const key of FOREIGN[createdFrom]) {
    if (written[key] === undefined) continue;
    const remedy = `Remove ${key}, or declare a link of another kind.`;
    problems.push({ code: 'INVALID_SPEC', message: `a ${of} has no ${key}`, remedy, path: [...path, key], key: true });
  }
}
