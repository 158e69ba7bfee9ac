/** The width of help. A narrower terminal gets shorter lines. In a wider one, or in a pipe, the lines stay the same. */
export const HELP_COLUMNS = 80;

/**
 * A command for a shell in lines that fit: each but the last ends with a backslash, so that all of them can be copied. An option stays
 * with its value, and what is quoted stays in one line.
 */
export function exampleLines(command: string, columns: number): readonly string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const parts: string[] = [];
  for (const [at, word] of words.entries()) {
    const last = parts.at(-1);
    const isValue = !word.startsWith('-') && words[at - 1]?.startsWith('-') === true;
    if (last !== undefined && isValue) parts[parts.length - 1] = `${last} ${word}`;
    else parts.push(word);
  }
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && `  $ ${line} ${part} \\`.length > columns) {
      lines.push(`${line} \\`);
      line = part;
    } else line = line === '' ? part : `${line} ${part}`;
  }
  return [...lines, line].map((one, at) => (at === 0 ? `  $ ${one}` : `      ${one}`));
}
