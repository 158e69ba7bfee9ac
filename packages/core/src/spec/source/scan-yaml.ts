import { Lexer } from 'yaml';
import { InvalidInputError } from '../../ground/errors.js';
import { cleanText } from './read-json.js';
import { lineAndColumn } from '../../ground/text/line-and-column.js';
import { MAX_ALIASES, MAX_DEPTH, MAX_TOKENS } from './spec-limits.js';

/**
 * Makes a text safe for the YAML parser, which aborts the process on deep nesting before an error can be
 * caught (measured: 20,000 brackets, or as many `- ` in one line). One linear pass checks length, characters,
 * nesting and the number of aliases. A byte order mark at the start is removed; CRLF, and CR alone, become
 * LF. Returns the text to parse.
 * @throws {InvalidInputError} `INPUT_TOO_LARGE`, `INVALID_YAML`, with line and column.
 */
export function scanText(source: string, file?: string): string {
  const text = cleanText(source, file);
  const tooLarge = (message: string, remedy: string, offset: number): InvalidInputError =>
    new InvalidInputError('INPUT_TOO_LARGE', message, { remedy, place: { file, ...lineAndColumn(text, offset) } });
  const tooDeep = (offset: number): InvalidInputError =>
    tooLarge(`nested over ${MAX_DEPTH} levels deep`, 'A spec needs no more than eight.', offset);

  const compact = compactNest(text);
  if (compact !== undefined) throw tooDeep(compact);

  const nest = new Nest();
  let aliases = 0;
  let tokens = 0;
  let offset = 0;
  // The lexer keeps a counter where the parser recurses: its tokens are exactly those that the parser would
  // use.
  for (const token of new Lexer().lex(text)) {
    if (nest.add(token) > MAX_DEPTH) throw tooDeep(offset);

    tokens += 1;
    if (tokens > MAX_TOKENS) {
      throw tooLarge('the text holds too many values', 'Split the spec by project.', offset);
    }

    if (token.startsWith('*')) aliases += 1;
    if (aliases > MAX_ALIASES) {
      throw tooLarge(`over ${MAX_ALIASES} aliases`, 'Write the values out.', offset);
    }

    if (!isMarker(token)) offset += token.length;
  }
  return text;
}

/** The lexer's own markers: start of a document, end of flow, "a scalar follows". They contain no text. */
function isMarker(token: string): boolean {
  return token === '\u0002' || token === '\u0018' || token === '\u001f';
}

/**
 * The position where one line opens more than the allowed levels: `- - - - …`, or as many tags or anchors.
 * The lexer recurses on these, so they are detected before it starts.
 */
function compactNest(text: string): number | undefined {
  let run = 0;
  let start = true; // of a word
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === ' ' || character === '\t') start = true;
    else if (character === '\n') {
      run = 0;
      start = true;
    } else if (start) {
      const indicator = character !== undefined && '-?:!&'.includes(character);
      run = indicator ? run + 1 : 0;
      if (run > MAX_DEPTH) return index;

      start = false;
    } else if (character !== undefined && '[{,'.includes(character)) {
      start = true; // `[!a !b`: what follows a bracket begins a word, too
    }
  }
  return undefined;
}

/**
 * The nesting depth of the tokens so far: flow by its brackets, blocks by their columns. A list may begin at
 * the column of its key, so blocks can be twice as deep as this number. The parser supports that depth.
 */
class Nest {
  #flow = 0;
  readonly #columns: number[] = [];
  #column = 0;
  /** Where the first key of this line, or the one after `- `, begins. */
  #keyColumn = 0;
  #atStart = true;
  #scalarNext = false;

  add(token: string): number {
    const scalar = this.#scalarNext;
    this.#scalarNext = token === '\u001f';
    if (token === '\u0018') this.#flow = 0;
    if (isMarker(token)) return this.#flow + this.#columns.length;

    const sign = scalar ? 'text' : token;
    if (sign === '[' || sign === '{') this.#flow += 1;
    else if (sign === ']' || sign === '}') this.#flow = Math.max(0, this.#flow - 1);
    else if (sign === '-' || sign === '?') this.#open(this.#column);
    else if (sign === ':') this.#open(this.#keyColumn);

    const blank = !scalar && token.trim() === '';
    if (!blank && this.#atStart) {
      this.#keyColumn = this.#column;
      this.#atStart = sign === '-' || sign === '?';
    }
    const lastBreak = token.lastIndexOf('\n');
    if (lastBreak === -1) this.#column += token.length;
    else {
      this.#column = token.length - lastBreak - 1;
      this.#atStart = this.#column === 0;
    }
    return this.#flow + this.#columns.length;
  }

  #open(column: number): void {
    if (this.#flow > 0) return;

    let top = this.#columns.at(-1);
    while (top !== undefined && top > column) {
      this.#columns.pop();
      top = this.#columns.at(-1);
    }
    if (top !== column) this.#columns.push(column);
  }
}
