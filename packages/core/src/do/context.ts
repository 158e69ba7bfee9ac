import { checkArgument } from './forms/check-argument.js';
import { optional, strict, type Infer } from './forms/form.js';
import { callback, optionalText, signal, text } from './forms/values.js';
import { paceForm, timeForm, clockForm, driverForm } from './input/argument-forms.js';
import type { CallContext, Trace } from '../ground/calls/call-context.js';
import { createPacer } from '../ground/calls/pacer.js';
import { realClock } from '../ground/clocks/real-clock.js';
import { cloudTime } from '../ground/clocks/cloud-time.js';
import { isSameService } from './model/traits.js';
import type { Driver } from './driver.js';
import { clouds, type Clouds } from './kinds/cloud/clouds.js';
import { InvalidInputError } from '../ground/errors.js';

export const contextOptions = {
  clock: optional(clockForm),
  /** Uniform in [0, 1); seeded in tests. */
  random: optional(callback<() => number>()),
  signal,
  /** Called before and after each attempt of a call; see {@link Trace}. */
  trace: optional(callback<Trace>()),
  /** One line for a person who debugs; never a secret. */
  log: optional(callback<(line: string) => void>()),
  /** Decides whether and when a failed call is tried again; see {@link CallContext.onRetry}. */
  onRetry: optional(callback<NonNullable<CallContext['onRetry']>>()),
  /** Shared pacing, where several contexts use one account. */
  pace: optional(paceForm),
  /** What several contexts on one clock have heard of the cloud's time. By default each has its own. */
  time: optional(timeForm),
};

/** What calls are made with, where it is not the usual. */
export interface ContextOptions extends Infer<typeof contextOptions> {}

const contextOptionsForm = strict<ContextOptions>()(contextOptions);

/**
 * A context for calls: by default the machine's time, `Math.random`, and token buckets of its own.
 *
 * ```ts
 * const ctx = createContext({ signal: AbortSignal.timeout(60_000) });
 * const snapshot = await observeSpec(spec, drivers, ctx);
 * ```
 */
export function createContext(options: ContextOptions = {}): CallContext {
  checkArgument('createContext', 'options', contextOptionsForm, options, { open: true });
  const { clock = realClock(), random = Math.random, pace = createPacer(clock) } = options;
  const { time = cloudTime(clock), signal, trace, log, onRetry } = options;
  return {
    clock,
    time,
    random,
    pace,
    ...(signal ? { signal } : {}),
    ...(trace ? { trace } : {}),
    ...(log ? { log } : {}),
    ...(onRetry ? { onRetry } : {}),
  };
}

export const driverPlace = {
  provider: text,
  product: optionalText,
  region: text,
  /** Undefined: that of the credentials. */
  account: optionalText,
  profile: optionalText,
  assumeRole: optionalText,
};

/** Where a driver is wanted for: what a spec says of a link's place. */
export interface DriverPlace extends Infer<typeof driverPlace> {}

/** Finds the driver for a place. @throws `NO_DRIVER` */
export interface Drivers {
  (place: DriverPlace): Driver | Promise<Driver>;
  /** The clouds of all of them. Functions that take drivers need them for a spec, and take them as `clouds` otherwise. */
  readonly clouds?: Clouds | undefined;
}

/**
 * Drivers from a plain list, told apart by provider, product and region: enough where one set of credentials is used for each. They bring
 * their clouds: functions that take them need no set for a spec of `defineSpec`.
 *
 * ```ts
 * const drivers = driversOf(aws({ region: 'eu-west-1' }), alibaba({ region: 'cn-hangzhou' }));
 * const snapshot = await observeSpec(spec, drivers, createContext());
 * ```
 *
 * @throws {InvalidInputError} `NO_DRIVER`, naming the places that have drivers.
 */
export function driversOf(...list: readonly Driver[]): Drivers & { readonly clouds: Clouds } {
  for (const [at, driver] of list.entries()) checkArgument('driversOf', `drivers[${at}]`, driverForm, driver);
  const find: Drivers = (place) => {
    const { provider, region } = place;
    const driver = list.find((one) => isSameService(one, place));
    if (driver !== undefined) return driver;

    const known = list.map((one) => `${one.provider} in ${one.region}`).join(', ');
    throw new InvalidInputError('NO_DRIVER', `no driver was given for ${provider} in ${region}`, {
      remedy: `Pass a driver for ${provider} in ${region}${known === '' ? '' : `; given: ${known}`}.`,
      details: { provider, region },
    });
  };
  let all: Clouds | undefined;
  return Object.defineProperty(find, 'clouds', { get: () => (all ??= joinedClouds(list)) }) as ReturnType<
    typeof driversOf
  >;
}

/** The set of the clouds of some drivers. */
function joinedClouds(list: readonly Driver[]): Clouds {
  return clouds([...new Map(list.map(({ cloud }) => [cloud.name, cloud])).values()]);
}
