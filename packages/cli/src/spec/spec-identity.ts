import { randomInt } from 'node:crypto';
import type { Snapshot } from '@postern/core/internal/library';

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * A new identity for a spec: its name and a random end, such as `orders-7f3k2q`. It is written into the spec and not guessed
 * from a path or a repository, because those change.
 */
export function newSpecIdentity(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 24)
    .replace(/^-+|-+$/g, '');
  const end = Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return slug === '' ? end : `${slug}-${end}`;
}

/**
 * The identity of an imported spec. It is a new one where no resource is the project's. It is the existing
 * one where all of the project's resources have it. Undefined where some resources name no spec: an identity
 * would claim them, and they may belong to another spec. An import of a `part` of the resources never gets
 * the identity of an existing spec: the plan of the part would delete the rest of that spec.
 */
export function importedIdentity(
  { regions }: Snapshot,
  project: string,
  { part = false }: { readonly part?: boolean } = {},
): string | undefined {
  const found = new Set(
    regions
      .flatMap(({ links, gateways }) => [...links, ...gateways.flatMap(({ routes }) => routes)])
      .flatMap(({ owner }) => (owner?.project === project ? [owner.spec] : [])),
  );
  if (part && !found.has(undefined)) return newSpecIdentity(project);

  return found.size === 1 ? [...found][0] : found.has(undefined) ? undefined : newSpecIdentity(project);
}
