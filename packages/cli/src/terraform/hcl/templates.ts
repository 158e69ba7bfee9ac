import type { Fuel, Syntax } from '@postern/core/internal/overlay';

/** Reads the expression between `${` and `}`. */
type ReadExpression = (cursor: Cursor) => Syntax;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** What a template has, as it is written. A text ends with its line. */
type Part =
  | { readonly is: 'text'; text: string }
  | { readonly is: 'expression'; readonly syntax: Syntax }
  | { readonly is: 'if'; readonly condition: Syntax }
  | { readonly is: 'for'; readonly names: readonly [key: string, value: string]; readonly of: Syntax }
  | { readonly is: 'else' | 'endif' | 'endfor' };

/** A text in quotes, behind the first of them. */
export function quoted(cursor: Cursor, read: ReadExpression): Syntax {
  const found = partsOf(cursor, read, true);
  cursor.need('"');
  return syntaxOf(found);
}

/** A text of lines, behind `<<`, up to its marker. With `<<-` the indentation that all lines share is left out. */
export function heredoc(cursor: Cursor, read: ReadExpression): Syntax {
  const [start, indented, marker] = cursor.exec(/(-?)([\p{L}_][\p{L}\p{N}_-]*)[ \t\r]*\n/uy) ?? [];
  const found = cursor.exec(new RegExp(`([^]*?)^[ \\t]*${marker}(?=[ \\t\\r]*$)`, 'myu'));
  if (start === undefined || found === undefined) throw cursor.wrong('the text of lines has no end');

  const parts = partsOf(new Cursor(found[1] ?? '', cursor.fuel), read, false);
  if (indented !== '') outdent(parts);
  return syntaxOf(parts);
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
  return syntaxOf(partsOf(new Cursor(text, fuel), read, false));
}

/**
 * The parts of a template. `~` strips the spaces of the text beside it, which is one line, and in quotes all up to the next part.
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/parser_template.go (`parseTemplateParts`)
 */
function partsOf(cursor: Cursor, read: ReadExpression, isQuoted: boolean): readonly Part[] {
  const parts: Part[] = [];
  let strips = false;
  const isOver = (): boolean => cursor.at >= cursor.text.length || (isQuoted && cursor.isAt('"'));
  while (!isOver()) {
    const start = cursor.match(/[$%]\{~?/y);
    if (start === undefined) {
      const text = literal(cursor, isQuoted);
      parts.push({ is: 'text', text: strips ? text.trimStart() : text });
      strips = false;
      continue;
    }

    const last = parts.at(-1);
    if (start.endsWith('~') && last?.is === 'text') last.text = last.text.trimEnd();
    strips = cursor.across(false, () => {
      parts.push(start.startsWith('%') ? directive(cursor, read) : { is: 'expression', syntax: read(cursor) });
      const isStripped = cursor.take('~');
      cursor.need('}');
      return isStripped;
    });
  }
  return parts;
}

function directive(cursor: Cursor, read: ReadExpression): Part {
  if (cursor.keyword('if')) return { is: 'if', condition: read(cursor) };
  if (cursor.keyword('for')) return { is: 'for', names: iterators(cursor), of: read(cursor) };

  const end = (['else', 'endif', 'endfor'] as const).find((one) => cursor.keyword(one));
  if (end === undefined) throw cursor.wrong('expected if or for');

  return { is: end };
}

/** Text up to what may be something else. */
function literal(cursor: Cursor, isQuoted: boolean): string {
  const escaped = cursor.match(/\$\$\{|%%\{/y);
  if (escaped !== undefined) return escaped.slice(1);
  if (!isQuoted) return cursor.match(/[$%]|[^$%\n]*\n|[^$%\n]+/y) ?? '';

  const plain = cursor.match(/[$%]|(?:[^$%"\\\n]|\\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))+/y);
  if (plain === undefined) throw cursor.wrong('the text in quotes has no end');

  return plain.replaceAll(/\\(?:[uU]([0-9a-fA-F]+)|(.))/g, (_, code: string | undefined, sign: string) =>
    code === undefined ? (ESCAPES[sign] ?? '') : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

/**
 * Leaves out the indentation that all lines share. A blank line has none and keeps its spaces.
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/parser_template.go (`flushHeredocTemplateParts`)
 */
function outdent(parts: readonly Part[]): void {
  const isLineEnd = (part: Part | undefined): boolean => part?.is === 'text' && part.text.endsWith('\n');
  const starts = parts.filter(
    (part, at) =>
      (at === 0 || isLineEnd(parts[at - 1])) && !(isLineEnd(part) && part.is === 'text' && part.text.trim() === ''),
  );
  const indent = (part: Part): number => (part.is === 'text' ? part.text.length - part.text.trimStart().length : 0);
  const least = Math.min(...starts.map(indent));
  for (const part of starts) if (part.is === 'text') part.text = part.text.slice(least);
}

/** The expression that a template is: of one expression alone that itself, which need not be a text. */
function syntaxOf(parts: readonly Part[]): Syntax {
  const [only] = parts;
  if (parts.length === 1 && only?.is === 'expression') return only.syntax;

  let at = 0;
  /** Up to the word that ends what is read, or to the end of all. */
  const until = (...ends: readonly Part['is'][]): { readonly found: readonly Syntax[]; readonly end?: Part['is'] } => {
    const found: Syntax[] = [];
    let text = '';
    const add = (...syntax: readonly Syntax[]): void => {
      if (text !== '') found.push({ is: 'value', value: text });
      text = '';
      found.push(...syntax);
    };
    for (;;) {
      const part = parts[at];
      at += 1;
      if (part === undefined ? ends.length === 0 : ends.includes(part.is)) {
        add();
        return { found, ...(part && { end: part.is }) };
      }

      if (part?.is === 'text') text += part.text;
      else if (part?.is === 'expression') add(part.syntax);
      else if (part?.is === 'if') {
        const yes = until('else', 'endif');
        const no = yes.end === 'else' ? until('endif').found : [];
        add({ is: 'if', condition: part.condition, yes: textOf(yes.found), no: textOf(no) });
      } else if (part?.is === 'for') {
        const all: Syntax = {
          is: 'for',
          names: part.names,
          of: part.of,
          value: textOf(until('endfor').found),
          isGrouped: false,
        };
        add({ is: 'call', name: 'join', arguments: [{ is: 'value', value: '' }, all], expands: false });
      } else throw new Error(`expected ${ends.join(' or ') || 'if or for'}`);
    }
  };
  return textOf(until().found);
}

function textOf(parts: readonly Syntax[]): Syntax {
  const [only = { is: 'value', value: '' }] = parts;
  return parts.length < 2 && only.is === 'value' && typeof only.value === 'string' ? only : { is: 'text', parts };
}

/** A place in a text of HCL, and what is read there. */
export class Cursor {
  at = 0;
  /** Whether the end of a line ends an expression: in a body and in an object it does, in parentheses and brackets it does not. */
  #endsAtLine = true;

  constructor(
    readonly text: string,
    readonly fuel: Fuel,
  ) {}

  /** Passes spaces and comments, and ends of lines where they end nothing. */
  skip(endsAtLine = this.#endsAtLine): void {
    // Most often a name, a number or a brace is next.
    const next = this.text.charCodeAt(this.at);
    if (next > SLASH && next !== BYTE_ORDER_MARK) return;

    this.match(endsAtLine ? SPACE : SPACE_AND_LINES);
  }

  /** What is read with, or without regard to lines. */
  across<T>(endsAtLine: boolean, read: () => T): T {
    const before = this.#endsAtLine;
    this.#endsAtLine = endsAtLine;
    const found = read();
    this.#endsAtLine = before;
    return found;
  }

  isAt(word: string): boolean {
    return this.text.startsWith(word, this.at);
  }

  /** Passes a word if it is next. */
  take(word: string): boolean {
    this.skip();
    if (!this.isAt(word)) return false;

    this.at += word.length;
    this.fuel.read();
    return true;
  }

  need(word: string): void {
    if (!this.take(word)) throw this.wrong(`expected ${word}`);
  }

  /** What an expression that is sticky finds here. */
  exec(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    const { length } = found?.[0] ?? '';
    if (length > 0) this.fuel.read();
    this.at += length;
    return found;
  }

  match(pattern: RegExp): string | undefined {
    return this.exec(pattern)?.[0];
  }

  name(): string | undefined {
    this.skip();
    return this.match(/[\p{L}_][\p{L}\p{N}_-]*/uy);
  }

  /** Whether a word of the language is next, which is passed or only looked at. */
  keyword(word: string, passes = true): boolean {
    const { at } = this;
    const isNext = this.name() === word;
    if (!isNext || !passes) this.at = at;
    return isNext;
  }

  wrong(what: string): Error {
    return new Error(`line ${this.text.slice(0, this.at).split('\n').length}: ${what}`);
  }
}

/** The last sign of those that spaces and comments begin with. */
const SLASH = 0x2f;
const BYTE_ORDER_MARK = 0xfe_ff;
const COMMENT = String.raw`(?:#|\/\/)[^\n]*|\/\*[^]*?\*\/`;
const SPACE = new RegExp(String.raw`(?:[ \t\r\uFEFF]+|${COMMENT})*`, 'y');
const SPACE_AND_LINES = new RegExp(String.raw`(?:[ \t\r\n\uFEFF]+|${COMMENT})*`, 'y');
