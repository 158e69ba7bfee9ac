import { InvalidArgumentError } from 'commander';
import type { CommandModule, Invocation } from '../invocation.js';

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

/** The highest port: core has the number, and help loads nothing of it. */
const MAX_PORT = 65_535;

/** A port. With 0 the system chooses one. */
export const portNumber = (least: 0 | 1 = 1) => wholeNumber(least, MAX_PORT);

/** `443`, `443,8443`, or `all`; may be repeated. */
export function ports(text: string, before?: unknown): readonly number[] | 'all' {
  if (text === 'all') return 'all';

  const port = portNumber();
  const given = text.split(',').map((one) => {
    try {
      return port(one.trim());
    } catch {
      throw new InvalidArgumentError(`Write ports from 1 to ${MAX_PORT}, such as 443,8443, or all.`);
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

/** `NAME=5`, or `NAME`, which is 0; repeated. */
export function quotaRequests(text: string, before?: unknown): Record<string, number> {
  if (/^[\w.-]{1,64}$/.test(text)) return { ...(before as Record<string, number> | undefined), [text]: 0 };
  if (/=0+$/.test(text)) throw new InvalidArgumentError('Write a number above 0.');

  return quotas(text, before);
}

/**
 * Any text, repeated. Errors in a text are reported elsewhere: messages here repeat the typed text, and it
 * may be a secret.
 */
export function texts(text: string, before?: unknown): readonly string[] {
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

/** `5,25,100`, also with `%`: whole shares in percent that rise to 100. */
export function steps(text: string): readonly number[] {
  const shares = text.split(',').map((one) => Number(/^\s*(\d{1,3})%?\s*$/.exec(one)?.[1] ?? Number.NaN));
  if (shares.every((one, at) => one > (shares[at - 1] ?? 0)) && shares.at(-1) === 100) return shares;

  throw new InvalidArgumentError('Write whole shares in percent that rise to 100, such as 5,25,100.');
}

/** `1`: a number of units; `10%`: a part of the calls. */
export function canary(text: string): number | { readonly percent: number } {
  if (!text.endsWith('%')) return wholeNumber(0, 10_000)(text);

  const percent = share(text) * 100;
  if (percent > 0 && percent < 100) return { percent };

  throw new InvalidArgumentError('Write a number of units, or more than 0% and less than 100% of the calls.');
}

/** The forms of a report of findings. */
export type ReportFormat = 'text' | 'json' | 'sarif' | 'junit' | 'md' | 'html';

/** A report that is written to a file: `sarif=a.sarif`. */
export interface NamedReport<F extends ReportFormat = ReportFormat> {
  readonly format: F;
  readonly file: string;
}

/** `--report`, in formats that a command has. */
export function reportOption<F extends ReportFormat>(...formats: readonly F[]) {
  return option(
    '--report <format=file>',
    `also write the report in this format to this file: ${formats.join(', ')} (repeatable)`,
    { parse: (text: string, before: unknown) => namedReports(text, before, formats), writes: true },
  );
}

function namedReports<F extends ReportFormat>(
  text: string,
  before: unknown,
  formats: readonly F[],
): readonly NamedReport<F>[] {
  const [, name, file] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  const format = formats.find((one) => one === name);
  if (format === undefined || file === undefined || file === '-')
    throw new InvalidArgumentError(`Write FORMAT=FILE. Formats are ${formats.join(', ')}.`);

  const given = (before as readonly NamedReport<F>[] | undefined) ?? [];
  if (given.some((one) => one.file === file)) throw new InvalidArgumentError('Each report needs a file of its own.');

  return [...given, { format, file }];
}

type MoreOfOption = Omit<OptionDescription, 'flags' | 'description'>;

/** An option by its flags, with what help says of it. */
export const option = <const Flags extends string, const More extends MoreOfOption = Record<never, never>>(
  flags: Flags,
  description: string,
  more?: More,
) => ({ flags, description, ...more }) as { readonly flags: Flags; readonly description: string } & More;

/** Options of every command, in the order in which help lists them. */
export const COMMON_OPTIONS: readonly OptionDescription[] = [
  option('--json', 'print JSON instead of text'),
  option('--query <expression>', 'print what this JMESPath expression selects of the JSON; implies --json'),
  option('--debug', 'print each cloud API call, with its request ID, on stderr', { callsCloud: true }),
  option('--color <when>', 'auto: on a terminal, unless NO_COLOR or FORCE_COLOR is set; always; or never', {
    choices: ['auto', 'always', 'never'],
  }),
  option('--no-color', 'the same as --color never'),
  option('-q, --quiet', 'print errors and notes only; the exit status is the result'),
];

/** One option of a command. */
export interface OptionDescription {
  readonly flags: string;
  readonly description: string;
  readonly parse?: ((text: string, before: unknown) => unknown) | undefined;
  readonly choices?: readonly string[] | undefined;
  /** The choices are names of clouds, and those that programs bring are others. */
  readonly ofClouds?: boolean | undefined;
  readonly fallback?: string | number | undefined;
  /** The command cannot do without it. */
  readonly required?: boolean | undefined;
  /** It is about calls of a cloud: the help of commands that call none leaves it out. */
  readonly callsCloud?: boolean | undefined;
  /** It is about one spec: with several it is refused, as files that are written are. */
  readonly ofOneSpec?: boolean | undefined;
  /** It names a file that is written at the end. Whether that is possible is checked first. */
  readonly writes?: boolean | undefined;
  /** Of an option that names a file only in some of its forms: that file. */
  readonly fileOf?: ((value: string) => string | undefined) | undefined;
}

/** The grammar of one command, and its help. */
export interface CommandGrammar {
  /** Name and arguments, as commander writes them. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionDescription[];
  readonly examples: readonly string[];
  /** With several specs it is carried out for each: `next`, whatever became of the others, or only `while-done`. */
  readonly eachSpec?: 'next' | 'while-done' | undefined;
  /** Files that it keeps from run to run, beside what options name: no option may replace them. */
  readonly keeps?: ((specs: readonly string[], options: KeptFor) => Promise<readonly string[]>) | undefined;
}

/** One command: its grammar, and where its code is. */
export interface CommandDescription extends CommandGrammar {
  readonly load: () => Promise<CommandModule>;
}

type KeptFor = Readonly<Record<string, unknown>>;

/** Commands under one name. */
export interface CommandGroup {
  readonly usage: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly commands: readonly CommandDescription[];
}

export type CallOf<Command extends Pick<CommandGrammar, 'options'>> = Invocation<OptionsOf<Command>>;

/** The options of a command as it receives them: under the names of the long flags, what is parsed of each. */
export type OptionsOf<Command extends Pick<CommandGrammar, 'options'>> = {
  readonly [O in Exclude<Command['options'][number], AlwaysGiven> as NameOf<O['flags']>]?: ValueOf<O> | undefined;
} & {
  readonly [O in Extract<Command['options'][number], AlwaysGiven> as NameOf<O['flags']>]: ValueOf<O>;
} & (Command extends { readonly usage: `${string}[spec${string}` } ? { readonly spec?: string | undefined } : unknown);

type AlwaysGiven = OptionDescription & ({ readonly fallback: string | number } | { readonly required: true });
type NameOf<Flags extends string> = Flags extends `-${string}, ${infer Long}`
  ? NameOf<Long>
  : Flags extends `${infer Flag} ${string}`
    ? NameOf<Flag>
    : Flags extends `--no-${infer Name}`
      ? CamelCase<Name>
      : Flags extends `--${infer Name}`
        ? CamelCase<Name>
        : never;
type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;
type ValueOf<O extends OptionDescription> = O['flags'] extends `${string} <${string}`
  ? GivenOf<O>
  : O['flags'] extends `${string} [${string}`
    ? GivenOf<O> | true
    : boolean;
// Of several specs the command receives the first: the others are its overlays.
type GivenOf<O extends OptionDescription> = O['flags'] extends `${string}--spec ${string}`
  ? string
  : O extends { readonly parse: (...given: never) => infer Value }
    ? Value
    : O extends { readonly choices: readonly (infer Choice)[]; readonly ofClouds?: never }
      ? Choice
      : O['flags'] extends `${string}...>`
        ? readonly string[]
        : string;
