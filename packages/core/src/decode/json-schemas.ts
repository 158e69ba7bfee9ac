import { snapshotForm } from '../do/snapshot/snapshot-form.js';

/** The JSON Schema (draft 2020-12) of a snapshot file. */
export function snapshotJsonSchema(): Record<string, unknown> {
  return {
    title: 'Postern snapshot',
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...snapshotForm.schema,
  };
}

/** White space between a quote and a colon, as between a key and its colon: programs write none. */
const SPACED = /"[ \t\r\n]+:/;
const COLON = 0x3a;

/**
 * An upper bound of the number of members of all objects in a JSON text. If as many members were parsed, none was lost:
 * of members with one name the parser keeps the last. Undefined where it cannot be found like this.
 *
 * A key ends in `":`. With another colon behind, that is the beginning of a text such as `"::/0"`, because no value begins
 * with a colon; other texts with a colon after a quote are rare, and counted. One search for each member takes less than
 * half the time of a loop over all strings.
 */
export function mostMembers(text: string): number | undefined {
  if (SPACED.test(text)) return undefined;

  let found = 0;
  for (let at = text.indexOf('":'); at !== -1; at = text.indexOf('":', at + 2)) {
    if (text.charCodeAt(at + 2) !== COLON) found += 1;
  }
  return found;
}
