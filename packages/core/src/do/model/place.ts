import type { SourcePlace } from '../../ground/errors.js';
import type { Spec } from './spec.js';

/** The place of `path` in the spec's file; without a file, the path itself. */
export function placeOf(spec: Pick<Spec, 'places'>, path: string): SourcePlace {
  return { ...spec.places?.(path), path };
}
