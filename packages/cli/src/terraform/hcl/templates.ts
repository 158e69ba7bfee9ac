import type { Fuel, Syntax } from '@postern/core/internal/overlay';
import { Cursor } from './cursor.js';

/** Reads the expression between `${` and `}`. */
type ReadExpression = (cursor: Cursor) => Syntax;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** A text in quotes, behind the first of them. */
export function quoted(cursor: Cursor, read: ReadExpression): Syntax {
  const found = new Template(cursor, read, true).parts([]);
  cursor.need('"');
  return textOf(found);
}

/** A text of lines, behind `<<`, up to its marker. With `<<-` the indentation that all lines share is left out. */
export function heredoc(cursor: Cursor, read: ReadExpression): Syntax {
  const [start, indented, marker] = cursor.exec(/(-?)([\p{L}_][\p{L}\p{N}_-]*)[ \t\r]*\n/uy) ?? [];
  const found = cursor.exec(new RegExp(`([^]*?)^[ \\t]*${marker}(?=[ \\t\\r]*$)`, 'myu'));
  if (start === undefined || found === undefined) throw cursor.wrong('the text of lines has no end');

  const parts = new Template(new Cursor(found[1] ?? '', cursor.fuel), read, false).parts([]);
  return textOf(indented === '' ? parts : outdented(parts));
}

/** `k, v in`, behind `for`: a name of the key that is left out is empty. */
export function iterators(cursor: Cursor): readonly [key: string, value: string] {
  const first = cursor.name() ?? '';
  const second = cursor.take(',') ? cursor.name() : undefined;
  if (!cursor.keyword('in')) throw cursor.wrong('expected in');

  return second === undefined ? ['', first] : [first, second];
}

/** A text that is a template as a whole: that of a file. */
export function wholeTemplate(text: string, fuel: Fuel, read: ReadExpression): Syntax {
  return textOf(new Template(new Cursor(text, fuel), read, false).parts([]));
}

/** The parts of a template: texts, expressions, and directives such as `%{ if … }`. */
class Template {
  /** What follows begins without its spaces. */
  #strips = false;

  constructor(
    readonly cursor: Cursor,
    readonly read: ReadExpression,
    readonly isQuoted: boolean,
  ) {}

  /** Up to the end, or to one of the directives that end it, of which the name is read. */
  parts(ends: readonly string[]): readonly Syntax[] {
    const { cursor, isQuoted } = this;
    const parts: Syntax[] = [];
    let text = '';
    const add = (stripsEnd: boolean): void => {
      if (this.#strips) text = text.trimStart();
      if (stripsEnd) text = text.trimEnd();
      if (text !== '') parts.push({ is: 'value', value: text });
      text = '';
      this.#strips = false;
    };
    const isOver = (): boolean => cursor.at >= cursor.text.length || (isQuoted && cursor.isAt('"'));
    while (!isOver()) {
      const start = cursor.match(/\$\{~?|%\{~?/y);
      if (start === undefined) {
        text += this.#literal();
        continue;
      }

      add(start.endsWith('~'));
      if (start.startsWith('%') && ends.some((one) => cursor.keyword(one, false))) return parts;

      parts.push(start.startsWith('%') ? this.#directive() : cursor.across(false, () => this.read(cursor)));
      if (start.startsWith('$')) this.#close();
    }
    if (ends.length > 0) throw cursor.wrong(`expected ${ends.join(' or ')}`);

    add(false);
    return parts;
  }

  #close(): void {
    this.cursor.across(false, () => {
      this.#strips = this.cursor.take('~');
      this.cursor.need('}');
    });
  }

  #directive(): Syntax {
    const { cursor } = this;
    const inside = <T>(read: () => T): T => {
      const found = cursor.across(false, read);
      this.#close();
      return found;
    };
    if (cursor.keyword('if')) {
      const condition = inside(() => this.read(cursor));
      const yes = textOf(this.parts(['else', 'endif']));
      const hasElse = cursor.keyword('else');
      if (hasElse) this.#close();
      const no = hasElse ? textOf(this.parts(['endif'])) : textOf([]);
      inside(() => cursor.keyword('endif'));
      return { is: 'if', condition, yes, no };
    }
    if (!cursor.keyword('for')) throw cursor.wrong('expected if or for');

    const { names, of } = inside(() => ({ names: iterators(cursor), of: this.read(cursor) }));
    const value = textOf(this.parts(['endfor']));
    inside(() => cursor.keyword('endfor'));
    const all: Syntax = { is: 'for', names, of, value, isGrouped: false };
    return { is: 'call', name: 'join', arguments: [{ is: 'value', value: '' }, all], expands: false };
  }

  /** Text up to what may be something else. */
  #literal(): string {
    const { cursor, isQuoted } = this;
    const escaped = cursor.match(/\$\$\{|%%\{/y);
    if (escaped !== undefined) return escaped.slice(1);
    if (!isQuoted) return cursor.match(/[$%]|[^$%]+/y) ?? '';

    const [, code] = cursor.exec(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([nrt"\\]))/y)?.filter(Boolean) ?? [];
    if (code !== undefined) return ESCAPES[code] ?? String.fromCodePoint(Number.parseInt(code, 16));

    const plain = cursor.match(/[$%]|[^$%"\\\n]+/y);
    if (plain === undefined) throw cursor.wrong('the text in quotes has no end');

    return plain;
  }
}

function textOf(parts: readonly Syntax[]): Syntax {
  const [only] = parts;
  if (only === undefined) return { is: 'value', value: '' };

  return parts.length === 1 ? only : { is: 'text', parts };
}

/** Without the indentation that all lines share. */
function outdented(parts: readonly Syntax[]): readonly Syntax[] {
  const isText = (one: Syntax | undefined): one is Syntax & { readonly is: 'value' } => one?.is === 'value';
  const marked = parts.map((one) => (isText(one) ? String(one.value) : '\u0000')).join('');
  const indents = marked
    .split('\n')
    .filter((line, at, all) => at < all.length - 1 || line !== '')
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const least = Math.min(...indents);
  return parts.map((one, at) => (isText(one) ? { is: 'value', value: cut(String(one.value), least, at === 0) } : one));
}

/** Each line that begins in a text, without so many letters. */
function cut(text: string, least: number, isFirst: boolean): string {
  return text
    .split('\n')
    .map((line, at) => (at > 0 || isFirst ? line.slice(Math.min(least, /^[ \t]*/.exec(line)?.[0].length ?? 0)) : line))
    .join('\n');
}
