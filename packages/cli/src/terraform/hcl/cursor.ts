import type { Fuel } from '@postern/core/internal/overlay';

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
