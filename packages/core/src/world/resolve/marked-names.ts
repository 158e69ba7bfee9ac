import type { Link } from '../../model/link.js';
import type { LinkSpec } from '../../model/spec.js';

/** The names that a link of the spec may be marked with, in the order in which they count: its own, and the one that it had before. */
export function markedNames(name: string, { movedFrom }: Pick<LinkSpec, 'movedFrom'>): readonly string[] {
  return movedFrom === undefined ? [name] : [name, movedFrom];
}

/**
 * The links that carry the mark of a link of the spec and are not on their way out; where none carries that of its name, those that
 * carry that of the name before.
 */
export function markedLinks(
  links: readonly Link[],
  project: string,
  name: string,
  spec: Pick<LinkSpec, 'movedFrom'>,
): readonly Link[] {
  const there = links.filter(({ owner, state }) => owner?.project === project && state !== 'deleting');
  for (const one of markedNames(name, spec)) {
    const marked = there.filter(({ owner }) => owner?.integration === one);
    if (marked.length > 0) return marked;
  }
  return [];
}
