/** A name in a formula: of a quota, or of a function. */
const NAME = /(?<![a-z0-9])[a-z][a-z0-9]*(?:-[a-z0-9]+)*/g;

/** The names of a formula: of quotas, and of functions. */
export const namesIn = (formula: string): readonly string[] => [...formula.matchAll(NAME)].map(([name]) => name);

/** A formula with numbers in place of the names that have one. */
export function filledFormula(formula: string, numberOf: (name: string) => number | undefined): string {
  return formula.replace(NAME, (name) => String(numberOf(name) ?? name));
}

/**
 * The value of a formula of numbers: `min(5, 300 * 50)`. What a quotient leaves over serves no service, and is left out before it is
 * multiplied: `3 * 5 / 2` is 6.
 */
export function valueOf(formula: string): number {
  const tokens = formula.match(/[\d.]+|min|[-+*/(),]/g) ?? [];
  const takes = (token: string): boolean => tokens[0] === token && tokens.shift() !== undefined;
  const sum = (): number => {
    let value = product();
    for (;;) {
      if (takes('+')) value += product();
      else if (takes('-')) value -= product();
      else return value;
    }
  };
  const product = (): number => {
    const value = operand();
    if (takes('*')) return value * product();

    return takes('/') ? Math.floor(value / product()) : value;
  };
  const operand = (): number => {
    if (!takes('min') && tokens[0] !== '(') return Number(tokens.shift());

    takes('(');
    const values = [sum()];
    while (takes(',')) values.push(sum());
    takes(')');
    return Math.min(...values);
  };
  return sum();
}
