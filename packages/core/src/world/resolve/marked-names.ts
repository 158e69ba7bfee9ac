import type { LinkSpec } from '../../model/spec.js';

/** The names that a link of the spec may be marked with, in the order in which they count: its own, and the one that it had before. */
export function markedNames(name: string, { movedFrom }: Pick<LinkSpec, 'movedFrom'>): readonly string[] {
  return movedFrom === undefined ? [name] : [name, movedFrom];
}
