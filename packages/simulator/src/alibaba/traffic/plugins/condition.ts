/** Reads a value that a condition names: `$userType`. Undefined: the call has none. */
export type ValueOf = (name: string) => string | undefined;

const TOKEN = /\s*(\$\w+|'[^']*'|"[^"]*"|-?\d+(?:\.\d+)?|<>|!=|<=|>=|[=<>()!]|(?:and|or|not)\b|[^\s]+)/giy;

/** A condition that cannot be read. */
class NotRead extends Error {}

/**
 * Whether a condition holds: `$userType = 'admin' and $level >= 3`. Numbers are compared as numbers. A value that a call does not have
 * differs from all others [I].
 * @returns undefined for what is not simulated: functions such as `Random()`
 * @see https://www.alibabacloud.com/help/doc-detail/154200.htm (parameters and conditional expressions)
 */
export function holds(condition: string, valueOf: ValueOf): boolean | undefined {
  const tokens = [...condition.trim().matchAll(TOKEN)].map(([, token = '']) => token);
  let at = 0;
  const next = (): string => tokens[at]?.toLowerCase() ?? '';
  const take = (): string => tokens[at++] ?? '';
  const any = (): boolean => {
    let result = all();
    while (next() === 'or') [result] = [(take(), all()) || result];
    return result;
  };
  const all = (): boolean => {
    let result = one();
    while (next() === 'and') [result] = [(take(), one()) && result];
    return result;
  };
  const one = (): boolean => {
    if (next() === 'not' || next() === '!') return (take(), !one());
    if (next() !== '(') return compared(value(), take(), value());
    take();
    const result = any();
    if (take() !== ')') throw new NotRead();
    return result;
  };
  const value = (): string | undefined => {
    const token = take();
    if (token.startsWith('$')) return valueOf(token.slice(1));
    if (/^['"]/.test(token)) return token.slice(1, -1);
    if (!/^-?\d/.test(token)) throw new NotRead();
    return token;
  };
  try {
    const result = any();
    return at === tokens.length ? result : undefined;
  } catch (error) {
    if (error instanceof NotRead) return undefined;
    throw error;
  }
}

const OPERATORS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function compared(a: string | undefined, operator: string, b: string | undefined): boolean {
  const holdsOf = OPERATORS[operator];
  if (!holdsOf) throw new NotRead();
  if (a === undefined || b === undefined) return operator === '<>' || operator === '!=';
  const isNumeric = [a, b].every((text) => text.trim() !== '' && !Number.isNaN(Number(text)));
  return holdsOf(isNumeric ? Number(a) - Number(b) : a < b ? -1 : Number(a > b));
}
