import { UnsupportedError } from '../../ground/errors.js';
import { isPlainMap } from '../source/source-node.js';
import { readJson } from '../source/read-json.js';
import { readYaml } from '../source/read-yaml.js';
import { formatYaml } from './format-yaml.js';

/**
 * The text of a spec, YAML or JSON, in one layout: two spaces for each level, `{ a: b }` and `[a, b]`, at most one empty line, no space
 * at the end of a line, LF. Only white space changes: comments, quotes and the order of keys stay, and the spec means the same.
 * A formatted text stays as it is.
 * @throws {InvalidInputError} `INPUT_TOO_LARGE`, `INVALID_YAML`, with line and column. {UnsupportedError} for a layout that cannot be
 * changed safely
 */
export function formatSpec(
  text: string,
  options: { readonly file?: string | undefined; readonly json?: boolean | undefined } = {},
): string {
  const isJson = options.json === true;
  const { text: cleaned, value } = isJson ? readJson(text, options) : readYaml(text, options);
  if (!isPlainMap(value)) return cleaned; // a text without keys is no spec, and has no layout
  if (isJson) return formatJson(cleaned);
  const formatted = formatYaml(cleaned);
  if (isYamlOf(formatted, value)) return formatted;
  throw new UnsupportedError('the layout of this text cannot be changed without a change of its values', {
    place: { file: options.file },
    remedy: 'Indent its lines by hand.',
  });
}

/** Whether a text has these values, in this order. */
function isYamlOf(text: string, value: unknown): boolean {
  try {
    return JSON.stringify(readYaml(text, {}).value) === JSON.stringify(value);
  } catch {
    return false;
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The tokens of a text that is known to be JSON, each member and item on its own line. */
function formatJson(text: string): string {
  let depth = 0;
  let before = '';
  const tokens = (text.match(TOKEN) ?? []).map((token) => {
    const isEnd = token === '}' || token === ']';
    const isFirst = before === '{' || before === '[';
    if (isEnd) depth -= 1;
    const line = `\n${'  '.repeat(depth)}`;
    const space = isEnd ? (isFirst ? '' : line) : isFirst || before === ',' ? line : before === ':' ? ' ' : '';
    if (token === '{' || token === '[') depth += 1;
    before = token;
    return space + token;
  });
  return `${tokens.join('')}\n`;
}
