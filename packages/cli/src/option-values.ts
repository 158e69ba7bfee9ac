import { InvalidArgumentError } from 'commander';

/** A whole number in a range. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,15}$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Write a whole number from ${least} to ${most}.`);
  };
}

/** A number above zero. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (/^\d{1,9}(?:\.\d{1,6})?$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError('Write a number above 0.');
}

/** `NAME=5`, repeated. */
export function quotas(text: string, before?: unknown): Record<string, number> {
  const [, name, value] = /^([\w.-]{1,64})=(\d{1,9})$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('Write NAME=NUMBER.');
  return { ...(before as Record<string, number> | undefined), [name]: Number(value) };
}

/** `ID:SECRET`, repeated. */
export function keys(text: string, before?: unknown): Record<string, string> {
  const [, id, secret] = /^([\w.-]{1,128}):(\S{1,512})$/.exec(text) ?? [];
  // The text is not repeated: half of it is a secret.
  if (id === undefined || secret === undefined) throw new InvalidArgumentError('Write ID:SECRET.');
  return { ...(before as Record<string, string> | undefined), [id]: secret };
}
