import type { LinkSpec } from '../../model/spec.js';

/**
 * The names that the mark of a declared link may contain, in order of precedence: its own, and its former
 * one.
 */
export function markedNames(name: string, { movedFrom }: Pick<LinkSpec, 'movedFrom'>): readonly string[] {
  return movedFrom === undefined ? [name] : [name, movedFrom];
}
