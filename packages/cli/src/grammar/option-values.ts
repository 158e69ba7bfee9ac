import { InvalidArgumentError } from 'commander';

/** A whole number in a range. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,15}$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Write a whole number from ${least} to ${most}.`);
  };
}

/** The ID of a new run: a part of paths of the engine. */
export function runId(text: string): string {
  if (/^[A-Za-z0-9][\w.-]{0,99}$/.test(text)) return text;
  throw new InvalidArgumentError(
    'Use 1 to 100 ASCII letters, digits, ".", "_" and "-", beginning with a letter or digit.',
  );
}

/** `443`, `443,8443`, or `all`; may be repeated. */
export function ports(text: string, before?: unknown): readonly number[] | 'all' {
  if (text === 'all') return 'all';
  const port = wholeNumber(1, 65_535);
  const given = text.split(',').map((one) => {
    try {
      return port(one.trim());
    } catch {
      throw new InvalidArgumentError('Write ports from 1 to 65535, such as 443,8443, or all.');
    }
  });
  return before === 'all' ? 'all' : [...((before as number[] | undefined) ?? []), ...given];
}

/** `apigateway-hz-1a2b,apigateway-hz-3c4d`; may be repeated. Without a value the option is a flag. */
export function linkIds(text: string, before?: unknown): readonly string[] {
  const ids = text.split(',').map((one) => one.trim());
  if (!ids.every((id) => /^apigateway-[\w-]{1,60}$/.test(id)))
    throw new InvalidArgumentError(
      'Write IDs of instances, such as apigateway-hz-1a2b; write a spec before the option.',
    );
  return [...(Array.isArray(before) ? (before as string[]) : []), ...ids];
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

/** `900`, `900s`, `15m`, `1h`: milliseconds. */
export function duration(text: string): number {
  const [, digits = '', unit = 's'] = /^(\d{1,6})(s|m|h)?$/.exec(text) ?? [];
  const ms = Number(digits) * (UNIT_MS[unit] ?? Number.NaN);
  if (digits !== '' && ms <= LONGEST_MS) return ms;
  throw new InvalidArgumentError('Write seconds, or a duration such as 90s, 15m or 1h, of at most 168h.');
}

/** The same in seconds, for at most an hour. */
export function drainSeconds(text: string): number {
  const seconds = duration(text) / 1_000;
  if (seconds <= 3_600) return seconds;
  throw new InvalidArgumentError('Write at most 1h.');
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST_MS = 604_800_000;

/** `1%`, `0.5%`, `0.01`: a share from 0 to 1. */
export function share(text: string): number {
  const [, digits = '', percent] = /^(\d{1,3}(?:\.\d{1,6})?)(%)?$/.exec(text) ?? [];
  const value = Number(digits) / (percent === undefined ? 1 : 100);
  if (digits !== '' && value <= 1) return value;
  throw new InvalidArgumentError('Write a share from 0% to 100%, such as 1%.');
}

/** `1`: a number of units; `10%`: a part of the calls. */
export function canary(text: string): number | { readonly percent: number } {
  if (!text.endsWith('%')) return wholeNumber(0, 10_000)(text);
  const percent = share(text) * 100;
  if (percent > 0 && percent < 100) return { percent };
  throw new InvalidArgumentError('Write a number of units, or more than 0% and less than 100% of the calls.');
}
