import { StreamLanguage, type StreamParser, type StringStream } from '@codemirror/language';

/** What is known where a token begins. */
interface State {
  /** How many braces and brackets are open. */
  depth: number;
  /** The indentation of the line whose `|` or `>` began a text that goes on. */
  textBelow: number | undefined;
  /** The indentation of a line that follows. */
  next: number;
}

/** What a value that is not quoted ends at: a comment, the end of the line or, inside of braces, a sign of these. */
const END = String.raw`(?=\s*(?:$|\s#|[,\]}]))`;
const NUMBER = new RegExp(String.raw`^-?\d+(?:\.\d+)?${END}`);
const WORD = new RegExp(`^(?:true|false|null|~)${END}`);
const QUOTED = /^(?:'(?:[^']|'')*'?|"(?:[^"\\]|\\.)*"?)/;
const QUOTED_KEY = /^(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")(?=\s*:(?:\s|$))/;
/** Unquoted keys and values: outside of braces, and inside. */
const PLAIN = [
  { key: /^[^\s'"[\]{}#&*!|>](?:(?!:\s|:$|\s#).)*(?=:(?:\s|$))/, value: /^(?:(?!\s#).)+/ },
  { key: /^[^\s'"[\]{}#&*!|>,](?:(?!:\s|:$|\s#)[^,[\]{}])*(?=:(?:\s|$))/, value: /^(?:(?!\s#)[^,[\]{}])+/ },
] as const;

function tokenOf(stream: StringStream, state: State, unit: number): string | null {
  if (stream.sol() && state.textBelow !== undefined && stream.indentation() > state.textBelow) {
    stream.skipToEnd();
    return 'string';
  }
  if (stream.eatSpace()) return null;
  state.textBelow = undefined;
  const matches = (form: RegExp) => stream.match(form) !== null;
  if (matches(/^#.*/)) return 'comment';
  state.next = stream.indentation();
  if (matches(/^[-?:](?=\s|$)/)) {
    if (stream.current() === ':' && stream.eol()) state.next += unit;
    return 'punctuation';
  }
  if (matches(/^[[{]/)) {
    state.depth += 1;
    return 'punctuation';
  }
  if (matches(/^[\]}]/)) {
    state.depth = Math.max(0, state.depth - 1);
    return 'punctuation';
  }
  if (state.depth > 0 && matches(/^,/)) return 'punctuation';
  const { key, value } = PLAIN[state.depth > 0 ? 1 : 0];
  if (matches(QUOTED_KEY) || matches(key)) return 'propertyName';
  if (matches(QUOTED)) return 'string';
  if (matches(/^[|>][-+\d]*(?=\s*(?:#|$))/)) {
    state.textBelow = stream.indentation();
    return 'keyword';
  }
  if (matches(/^[&*!][^\s,[\]{}]*/) || matches(WORD)) return 'keyword';
  if (matches(NUMBER)) return 'number';
  if (!matches(value)) stream.next();
  return null;
}

const parser: StreamParser<State> = {
  name: 'yaml',
  startState: () => ({ depth: 0, textBelow: undefined, next: 0 }),
  copyState: (state) => ({ ...state }),
  token: (stream, state) => tokenOf(stream, state, stream.indentUnit),
  indent: ({ next }) => next,
  languageData: { commentTokens: { line: '#' } },
};

/** Colors and indentation of a spec, line by line. The parser of `@codemirror/lang-yaml` weighs 18 kB more, compressed. */
export const yamlColors = StreamLanguage.define(parser);
