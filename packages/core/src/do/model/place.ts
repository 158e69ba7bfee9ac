import type { SourcePlace } from '../../ground/errors.js';

/** The place of `path` in the spec's file; without a file, the path itself. */
export function placeOf(
  spec: { readonly places?: ((path: string) => SourcePlace | undefined) | undefined },
  path: string,
): SourcePlace {
  return { ...spec.places?.(path), path };
}
