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

/**
 * Any text, repeated. Errors in a text are reported elsewhere: messages here repeat the typed text, and it
 * may be a secret.
 */
export function texts(text: string, before?: unknown): string[] {
  return [...((before as string[] | undefined) ?? []), text];
}
