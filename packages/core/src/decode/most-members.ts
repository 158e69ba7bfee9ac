/** Between a key and its colon stands no white space, except where somebody wrote it. */
const SPACED = /"[ \t\r\n]+:/;
const COLON = 0x3a;

/**
 * At least as many as the members of all objects in a JSON text. Where as many are parsed, none was lost: of members with one
 * name the parser keeps the last. Undefined where this cannot tell.
 *
 * A key ends in `":`, and so do only texts that hold a colon after a quote. After two colons it is no key, but a
 * text such as `"::/0"`. One search for each member takes less than half the time of a loop over all strings.
 */
export function mostMembers(text: string): number | undefined {
  if (SPACED.test(text)) return undefined;
  let found = 0;
  for (let at = text.indexOf('":'); at !== -1; at = text.indexOf('":', at + 2)) {
    if (text.charCodeAt(at + 2) !== COLON) found += 1;
  }
  return found;
}
