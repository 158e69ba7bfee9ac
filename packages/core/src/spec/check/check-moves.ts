import type { LinkSpec } from '../../model/spec.js';
import type { Problem } from '../problems/problem.js';
import type { Path } from '../source/plain-value.js';

/**
 * The former name of a link (`movedFrom`) must be unused now, occur once, and belong to a link that the spec
 * may mark.
 */
export function checkMoves(
  links: Readonly<Record<string, LinkSpec>>,
  pathOf: (name: string) => Path,
  problems: Problem[],
): void {
  const movers = new Map<string, string>();
  for (const [name, { movedFrom, owner }] of Object.entries(links)) {
    if (movedFrom === undefined) continue;
    const other = movers.get(movedFrom);
    movers.set(movedFrom, name);
    const fault =
      owner === 'external'
        ? { message: `link ${name} is external: it is not managed by this project`, remedy: 'Remove movedFrom.' }
        : Object.hasOwn(links, movedFrom)
          ? {
              message: `link ${movedFrom} is still in the spec`,
              remedy: `Remove link ${movedFrom}, or remove movedFrom.`,
            }
          : other === undefined
            ? undefined
            : { message: `links ${other} and ${name} name ${movedFrom}`, remedy: 'Keep movedFrom on one of them.' };
    if (fault !== undefined) problems.push({ code: 'INVALID_SPEC', ...fault, path: [...pathOf(name), 'movedFrom'] });
  }
}
