import { Parser, type CST } from 'yaml';
import { UnsupportedError } from '../../ground/errors.js';
import { isPlainMap } from '../source/source-node.js';
import { readJson } from '../source/read-json.js';
import { readYaml } from '../source/read-yaml.js';

/** A token of the text other than white space. */
interface Piece {
  readonly text: string;
  /** Where it begins and ends in the source. */
  readonly from: number;
  readonly to: number;
  /** What decides about spaces around it. */
  readonly type: string;
  /** Its column where it begins a line. Undefined: it continues what began on a line before, and keeps its place below that. */
  readonly column: number | undefined;
}

const BLANK = new Set(['space', 'newline']);

/** YAML without errors, in one layout: see {@link formatSpec}. The text has no CR and no byte order mark. */
function formatYaml(source: string): string {
  const pieces: Piece[] = [];
  for (const token of new Parser().parse(source)) collect(token, 0, pieces);
  return layOut(pieces, source);
}

/** A token that is written as it is. */
type Written = Pick<CST.SourceToken, 'offset' | 'source'> & { readonly type: string };

/** Lists the pieces of a token in the order of the source; `column` is where the token belongs if it begins a line. */
function collect(token: CST.Token, column: number, pieces: Piece[]): void {
  const add = (one: Written, at: number | undefined, text = one.source): void => {
    if (!BLANK.has(one.type) && text !== '')
      pieces.push({ text, from: one.offset, to: one.offset + one.source.length, type: one.type, column: at });
  };
  const addAll = (some: readonly CST.SourceToken[] = [], at: number | undefined = column): void => {
    for (const one of some) add(one, at);
  };
  switch (token.type) {
    case 'document':
      addAll(token.start);
      if (token.value) collect(token.value, column, pieces);
      addAll(token.end);
      return;
    case 'block-map':
    case 'block-seq':
      for (const { start, key, sep = [], value } of token.items) {
        addAll(start);
        const isExplicit = start.some(({ type }) => type === 'explicit-key-ind');
        if (key) collect(key, isExplicit ? column + 2 : column, pieces);
        for (const one of sep) add(one, one.type === 'map-value-ind' ? column : column + 2);
        if (value) collect(value, column + 2, pieces);
      }
      return;
    case 'flow-collection': {
      const [end, ...after] = token.end;
      add(token.start, column);
      const inside: Piece[] = [];
      for (const { start, key, sep = [], value } of token.items) {
        for (const one of [...start, key, ...sep, value]) if (one) collect(one, column, inside);
      }
      for (const piece of inside) pieces.push({ ...piece, column: undefined });
      if (end) add(end, undefined);
      addAll(after);
      return;
    }
    case 'block-scalar':
      return void pieces.push(...blockScalar(token, column));
    case 'alias':
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
      add(token, column, foldedLines(token, column));
      addAll(token.end);
      return;
    case 'doc-end':
      add(token, 0);
      addAll(token.end, 0);
      return;
    default:
      add(token as Written, column);
  }
}

/** A plain or quoted text: white space around its line breaks has no meaning. */
function foldedLines({ source, type }: CST.FlowScalar, column: number): string {
  if (!source.includes('\n')) return source;

  const [first = '', ...rest] = source.split('\n');
  const lines = [first, ...rest.map((line) => (line.trim() === '' ? '' : ' '.repeat(column) + line.trimStart()))];
  return lines.map((line) => (type === 'scalar' ? line.trimEnd() : line)).join('\n');
}

/** The header of a `|` or `>` text, and its lines, moved together. Empty lines behind it separate it from what follows. */
function blockScalar({ props, source, indent }: CST.BlockScalar, column: number): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let header = '';
  for (const one of props as readonly Written[]) {
    from = one.offset + one.source.length;
    if (one.type === 'block-scalar-header') header = one.source;
    if (!BLANK.has(one.type)) pieces.push({ text: one.source, from: one.offset, to: from, type: one.type, column });
  }
  const explicit = Number(/\d/.exec(header)?.[0] ?? Number.NaN);
  const lines = source.replace(/\n$/, '').split('\n');
  const [spaces] = /^ */.exec(lines.find((line) => line.trim() !== '') ?? '') ?? [''];
  const isBlank = lines.every((line) => line.trim() === '');
  const own = Number.isNaN(explicit) ? (isBlank ? Infinity : spaces.length) : Math.max(0, indent) + explicit;
  const wanted = Number.isNaN(explicit) ? column : column - 2 + explicit;
  const isEmpty = (line: string): boolean => line.length <= own && line.trim() === '';
  let last = lines.length;
  while (!header.includes('+') && last > 0 && isEmpty(lines[last - 1] ?? '')) last -= 1;
  const kept = lines.slice(0, last);
  const text = kept.map((line) => (isEmpty(line) ? '' : ' '.repeat(wanted) + line.slice(own))).join('\n');
  const to = from + kept.join('\n').length;
  // A line of its own: what it begins with is a part of it.
  if (kept.length > 0) pieces.push({ text, from, to, type: 'lines', column: 0 });
  return pieces;
}

/** Where a line began, and where it begins now. */
interface Level {
  readonly old: number;
  readonly now: number;
}

function layOut(pieces: readonly Piece[], source: string): string {
  const out: string[] = [];
  /** The beginnings of the lines around the current one, outermost first, and of what a `- ` opens on its line. */
  const levels: Level[] = [];
  /** Lines of comments whose column the next line decides. */
  let comments: { readonly text: string; readonly old: number; readonly most: number; readonly gap: string }[] = [];
  const flush = (next: Level): void => {
    for (const { text, old, gap } of comments) out.push(gap, ' '.repeat(commentColumn(old, levels, next)), text);
    comments = [];
  };
  let lineStart = 0;
  let moved = 0;
  let before: Piece | undefined;
  for (const piece of pieces) {
    const gap = source.slice(before?.to ?? 0, piece.from);
    const newlines = before === undefined ? 0 : gap.split('\n').length - 1;
    const begins = newlines > 0 || before === undefined;
    if (gap.includes('\n')) lineStart = piece.from - (gap.length - gap.lastIndexOf('\n') - 1);
    const old = piece.from - lineStart;
    const lines = '\n'.repeat(Math.min(newlines, 2));
    if (piece.type === 'comment' && begins && piece.column !== undefined) {
      // Behind a block text, what is further right than its key would be a part of it.
      const most = before?.type === 'lines' ? (levels.at(-1)?.old ?? 0) : (comments.at(-1)?.most ?? Infinity);
      comments.push({ text: piece.text.trimEnd(), old: Math.min(old, most), most, gap: lines });
      before = piece;
      continue;
    }

    if (!begins) out.push(before === undefined ? '' : spaceBetween(before, piece, gap));
    else if (piece.type === 'lines') out.push(lines);
    else {
      const now = piece.column ?? Math.max(0, old + moved);
      if (piece.column !== undefined) {
        flush({ old, now });
        moved = now - old;
        while ((levels.at(-1)?.old ?? -1) >= old) levels.pop();
      }
      out.push(lines, ' '.repeat(now));
    }
    const opens = begins || before?.type === 'seq-item-ind';
    if (piece.column !== undefined && piece.type !== 'lines' && opens) levels.push({ old, now: piece.column });
    out.push(piece.type === 'comment' ? piece.text.trimEnd() : piece.text);
    const broken = piece.text.includes('\n') || piece.type === 'lines';
    if (broken) lineStart = source.lastIndexOf('\n', piece.to - 1) + 1;
    before = piece;
  }
  flush({ old: 0, now: 0 });
  return `${out.join('')}\n`;
}

/**
 * The column of a line of comment: that of the next line, unless it was further right than that one. Then it is that of the line
 * around it that it was below, or inside the line before it.
 */
function commentColumn(old: number, levels: readonly Level[], next: Level): number {
  const last = levels.at(-1);
  if (last === undefined || old <= next.old || next.old > last.old) return next.now;
  if (old > last.old) return last.now + 2;

  return levels.findLast((level) => level.old <= old && level.old > next.old)?.now ?? next.now;
}

/** The spaces between two pieces on one line. */
function spaceBetween({ type: left }: Piece, { type: right }: Piece, gap: string): string {
  if (right === 'comment') return gap;
  if (right === 'comma' || right === 'map-value-ind') return '';
  if (left === 'flow-seq-start' || right === 'flow-seq-end') return '';
  if (left === 'flow-map-start' && right === 'flow-map-end') return '';

  return /^(?:comma|map-value-ind|seq-item-ind|explicit-key-ind|anchor|tag|flow-map-start)$/.test(left) ||
    right === 'flow-map-end'
    ? ' '
    : gap;
}

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

const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/g;

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
