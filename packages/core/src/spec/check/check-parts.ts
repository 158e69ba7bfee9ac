import type { LinkKindTraits } from '../../do/kinds/link/link-traits.js';
import type { LinkKind } from '../../do/model/link.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedLink } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/source-node.js';
import type { IdKinds } from '../../do/kinds/cloud/spec-keys.js';
import { idFault } from '../../do/kinds/id-kinds.js';
import type { LookUp, LinkSpec } from '../../do/spec.js';

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

/** Refuses IDs whose prefix differs from `prefix`, and IDs that occur twice in a list. Look-ups pass, and so do all where IDs have no prefix. */
export function checkIds(
  kinds: IdKinds,
  given: LookUp | readonly LookUp[] | undefined,
  prefix: string | undefined,
  path: KeyPath,
  problems: Problem[],
): void {
  const seen = new Set<string>();
  const ids = Array.isArray(given) ? (given as readonly LookUp[]) : given === undefined ? [] : [given as LookUp];
  for (const [at, id] of ids.entries()) {
    if (typeof id !== 'string') continue;

    const place = Array.isArray(given) ? [...path, at] : path;
    if (seen.has(id)) {
      problems.push({
        code: 'INVALID_SPEC',
        message: 'the same ID is listed twice',
        remedy: 'Remove one of the two.',
        path: place,
      });
    }
    seen.add(id);
    const fault = prefix === undefined ? undefined : idFault(kinds, id, prefix);
    if (fault !== undefined) problems.push({ ...fault, path: place });
  }
}

/**
 * The keys that an external link may not declare: Postern does not change the link, so the key would have no
 * effect.
 */
export function checkExternal(
  links: Readonly<Record<string, LinkSpec>>,
  pathOf: (name: string) => KeyPath,
  problems: Problem[],
): void {
  for (const [name, { owner, allowlist, protect }] of Object.entries(links)) {
    if (owner !== 'external') continue;

    for (const [key, value] of Object.entries({ allowlist, protect })) {
      if (value === undefined) continue;

      problems.push({
        code: 'INVALID_SPEC',
        message: `link ${name} is external: its ${key} is not changed`,
        remedy: `Remove ${key}, or remove \`owner: external\` to manage the link here.`,
        path: [...pathOf(name), key],
      });
    }
  }
}
