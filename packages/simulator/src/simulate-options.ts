import type { Snapshot } from '@postern/core/internal/library';
import { alibabaRegistry } from './alibaba/services.js';
import { registry } from './aws/services.js';
import type { ClockMode } from './simulation/time/time.js';
import type { DataPathDelay } from './simulation/traffic/published.js';

/** Before Alibaba Cloud's end of sale, so that both clouds can be used in full. */
const START = '2026-06-01T00:00:00Z';

/** The account that examples use. */
const ACCOUNT = '111122223333';

/** Sixteen digits, as Alibaba Cloud's account ids (`uid`) have. */
const ALIBABA_ACCOUNT = '1111222233334444';

/** Settings of a simulation; all of them have defaults. */
export interface SimulateOptions {
  /** Ids, chances and faults follow from it. By default 1. */
  readonly seed?: number | undefined;
  /**
   * `manual` (the default): only `advance` moves time. `auto`: a wait jumps ahead when no call is in
   * progress. `{ speed }`: real time × speed.
   */
  readonly clock?: ClockMode | undefined;
  /** The AWS account, twelve digits; `111122223333` by default. */
  readonly account?: string | undefined;
  /** The Alibaba Cloud account, sixteen digits; `1111222233334444` by default. */
  readonly alibabaAccount?: string | undefined;
  /** Whether the clouds throttle; true by default. Quotas and conflicts stay either way. */
  readonly throttle?: boolean | undefined;
  /** Quotas raised or lowered, by the names in `quotas.ts`: `{ 'vpc-links': 20 }`. */
  readonly quotas?: Readonly<Record<string, number>> | undefined;
  /** Operations that every caller is denied, from the start and after each `reset`: `['CreateVpcLink']`. */
  readonly deny?: readonly string[] | undefined;
  /**
   * How long changes of gateways take to reach their data path, in simulated milliseconds: for each change between
   * `leastMs` and `mostMs`, by the seed; by default 500 and 5,000. A number: as long for each change; 0: at once.
   */
  readonly dataPathDelay?: number | DataPathDelay | undefined;
  /** Tasks of ECS get their images wherever they are. By default a route or endpoints of their subnet have to lead to the registry. */
  readonly imagesAtHand?: boolean | undefined;
  /** When simulated time starts, ISO 8601; `2026-06-01T00:00:00Z` by default. */
  readonly startAt?: string | undefined;
  /**
   * A snapshot to be the twin of, from the start and after each `reset`; see {@link
   * Simulation.loadSnapshot}. Its accounts are the simulated ones.
   */
  readonly from?: Snapshot | undefined;
  /**
   * Access key ids and their secrets. Given: signatures are verified and others refused. Not given: they are
   * accepted unchecked.
   */
  readonly verifySignatures?: { readonly keys: Readonly<Record<string, string>> } | undefined;
}

/** The denied operations, by the names of the journal. A misspelt name would deny nothing. */
export function deniedOf({ deny = [] }: SimulateOptions): readonly string[] {
  const names = new Set([...registry.operations, ...alibabaRegistry.operations].map(({ name }) => name));
  const wrong = deny.find((name) => !names.has(name));
  if (wrong === undefined) return deny;

  const meant = [...names].find((name) => name.toLowerCase() === wrong.toLowerCase());
  const hint = meant === undefined ? 'OPERATIONS.md lists them' : `did you mean ${meant}?`;
  throw new RangeError(`No simulated operation is called ${wrong}; ${hint}`);
}

/** As TypeScript does, for a program without types: what is misspelled would be left out without a word. */
const OPTIONS: Readonly<Record<keyof SimulateOptions, string>> = {
  seed: 'number',
  clock: '',
  account: 'string',
  alibabaAccount: 'string',
  throttle: 'boolean',
  quotas: 'object',
  deny: 'object',
  dataPathDelay: '',
  imagesAtHand: 'boolean',
  startAt: 'string',
  from: 'object',
  verifySignatures: 'object',
};

export function refuseUnknown(options: SimulateOptions): void {
  for (const [name, value] of Object.entries(options) as [keyof SimulateOptions, unknown][]) {
    const type = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
    if (type === undefined)
      throw new RangeError(`${name} is not an option of a simulation; there are ${Object.keys(OPTIONS).join(', ')}.`);
    if (value !== undefined && type !== '' && (typeof value !== type || value === null))
      throw new RangeError(`The option ${name} of a simulation is of the type ${type}.`);
  }
}

export function modeOf({ clock = 'manual' }: SimulateOptions): ClockMode {
  const isMode =
    clock === 'manual' || clock === 'auto' || typeof (clock as Partial<typeof clock> | null)?.speed === 'number';
  if (!isMode) throw new RangeError(`A clock is manual, auto or { speed }, not ${JSON.stringify(clock)}.`);

  return clock;
}

export function seedOf({ seed = 1 }: SimulateOptions): number {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError('A seed is a whole number ≥ 0.');

  return seed;
}

export function dataPathDelayOf({ dataPathDelay = { leastMs: 500, mostMs: 5000 } }: SimulateOptions): DataPathDelay {
  const delay = typeof dataPathDelay === 'number' ? { leastMs: dataPathDelay, mostMs: dataPathDelay } : dataPathDelay;
  const { leastMs, mostMs } = delay;
  if (!(leastMs >= 0 && mostMs >= leastMs && Number.isFinite(mostMs))) {
    throw new RangeError('A data path delay is a number of milliseconds ≥ 0, or { leastMs, mostMs }.');
  }

  return delay;
}

export function startOf({ startAt = START }: SimulateOptions): number {
  const ms = Date.parse(startAt);
  if (Number.isNaN(ms)) throw new RangeError(`${startAt} is no ISO 8601 time.`);

  return ms;
}

function accountIn(from: Snapshot | undefined, provider: string): string | undefined {
  return from?.regions.find((region) => region.provider === provider)?.account;
}

export function accountOf({ from, account = accountIn(from, 'aws') ?? ACCOUNT }: SimulateOptions): string {
  if (!/^\d{12}$/.test(account)) throw new RangeError(`${account} is not an AWS account ID. Write twelve digits.`);

  return account;
}

export function alibabaAccountOf({
  from,
  alibabaAccount = accountIn(from, 'alibaba') ?? ALIBABA_ACCOUNT,
}: SimulateOptions): string {
  if (!/^\d{16}$/.test(alibabaAccount)) {
    throw new RangeError(`${alibabaAccount} is no Alibaba Cloud account id: sixteen digits.`);
  }

  return alibabaAccount;
}
