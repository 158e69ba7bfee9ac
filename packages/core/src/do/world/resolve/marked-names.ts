import { formerNames } from '../../model/moves.js';
import type { Spec } from '../../spec.js';

/** The names that the mark of a declared link may contain, in order of precedence: its own, then its former ones. */
export function markedNames(spec: Pick<Spec, 'moved'>, name: string): readonly string[] {
  return [name, ...formerNames(spec, 'link', name)];
}
