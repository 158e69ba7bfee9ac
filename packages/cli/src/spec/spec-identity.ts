import type { Snapshot } from '@postern/core/internal/library';
import { newSpecIdentity } from '@postern/core/internal/spec';

/**
 * The identity of an imported spec: the existing one where all of the project's resources have it, else a new one. An import of a `part`
 * of the resources never gets the identity of an existing spec: the plan of the part would delete the rest of that spec.
 */
export function importedIdentity(
  { regions }: Snapshot,
  project: string,
  { part = false }: { readonly part?: boolean } = {},
): string {
  const [first, ...others] = new Set(
    regions
      .flatMap(({ links, gateways }) => [...links, ...gateways.flatMap(({ routes }) => routes)])
      .flatMap(({ owner }) => (owner?.project === project ? [owner.spec] : [])),
  );
  return part || first === undefined || others.length > 0 ? newSpecIdentity(project) : first;
}
