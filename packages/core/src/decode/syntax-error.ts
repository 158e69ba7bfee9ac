const WHITE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORDS = ['true', 'false', 'null'];

/**
 * The position of a syntax error in a JSON text: that of the first invalid character, or the text's length where it
 * ends too early. Undefined for valid JSON. Engines report this for some errors only, and with different messages.
 */
export function findSyntaxError(text: string): number | undefined {
  let index = 0;
  /** The expected closing brackets. */
  const due: ('}' | ']')[] = [];
  const white = (): string => {
    index = after(WHITE, text, index);
    return text.charAt(index);
  };
  /** Moves past a token; false where there is none, with `index` at the invalid character. */
  const token = (end: End): boolean => {
    index = end.at;
    return end.whole;
  };
  const key = (): boolean => {
    if (white() !== '"' || !token(stringEnd(text, index)) || white() !== ':') return false;

    index += 1;
    return true;
  };
  for (;;) {
    // A value is expected.
    const first = white();
    if (first === '{' || first === '[') {
      const close = first === '{' ? '}' : ']';
      index += 1;
      if (white() !== close) {
        due.push(close);
        if (close === '}' && !key()) return index;

        continue;
      }

      index += 1;
    } else if (!token(first === '"' ? stringEnd(text, index) : wordEnd(text, index))) return index;
    // A comma or a closing bracket is expected.
    for (;;) {
      const close = due.at(-1);
      const next = white();
      if (close === undefined) return index === text.length ? undefined : index;
      if (next === ',') {
        index += 1;
        if (close === '}' && !key()) return index;

        break;
      }
      if (next !== close) return index;

      due.pop();
      index += 1;
    }
  }
}

interface End {
  readonly at: number;
  readonly whole: boolean;
}

function stringEnd(text: string, start: number): End {
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) return { at: at + 1, whole: true };
    if (unit < 0x20) return { at, whole: false };

    if (unit === 0x5c) {
      const end = after(ESCAPE, text, at);
      if (end === at) return { at, whole: false };

      at = end - 1;
    }
  }
  return { at: text.length, whole: false };
}

/** A number, or `true`, `false`, `null`. */
function wordEnd(text: string, start: number): End {
  const end = after(NUMBER, text, start);
  if (end > start) return { at: end, whole: true };

  const word = WORDS.find((one) => text.startsWith(one.charAt(0), start)) ?? '';
  let same = text.startsWith('-', start) ? 1 : 0;
  while (same < word.length && text.charAt(start + same) === word.charAt(same)) same += 1;
  return { at: start + same, whole: word !== '' && same === word.length };
}

/** The position after the match of the pattern at `index`; `index` where it does not match. */
function after(pattern: RegExp, text: string, index: number): number {
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex : index;
}
