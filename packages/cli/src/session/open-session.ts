import {
  createContext,
  type CallContext,
  type Driver,
  type Drivers,
  type Simulator,
  type Spec,
  type Trace,
  isPosternError,
  type DriverPlace,
} from '@postern/core/internal/library';
import { createCallGateway, type CallGateway } from '@postern/core/internal/probe';
import { SIGNATURE_REFUSED } from '@postern/core/internal/adapter';
import { displayText, lengthOfTime } from '@postern/core/internal/report';
import { allTraces } from '@postern/core/internal/telemetry';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';
import { findSimulator, loadDriver } from './load-driver.js';
import { cloudsOf } from '../spec/brought-clouds.js';

/** What a command that talks to clouds works with. */
export interface Session {
  /** The address of the simulator that is called instead of the clouds. */
  readonly simulator?: string | undefined;
  /** The same, as factories of adapters take it. */
  readonly simulated?: Simulator | undefined;
  readonly context: CallContext;
  readonly drivers: Drivers;
  /** The same with new clients of the clouds, which read credentials again. */
  readonly renewed: () => Session;
  /** Calls the public address of a gateway, or its place in the simulator. */
  readonly callGateway: CallGateway;
}

/** Options for the calls of a session and their log. */
export interface SessionOptions {
  readonly debug?: boolean | undefined;
  /** Reports the progress of an observation on stderr: for commands that read everything. */
  readonly notesWaits?: boolean | undefined;
  /** What the errors of drivers are placed in. */
  readonly spec?: Spec | undefined;
  /** Profile of the credentials file, where a link names none. */
  readonly profile?: string | undefined;
  /** Called for each call of a cloud, too. */
  readonly trace?: Trace | undefined;
}

/** Clouds, or the simulator that `POSTERN_SIMULATOR` names; an adapter loads when a link of its cloud is met. */
export async function openSession(io: Io, options: SessionOptions): Promise<Session> {
  const simulator = await findSimulator(io);
  const context = createContext({
    signal: io.signal,
    onRetry: retryNotes(io),
    ...(simulator ? { clock: simulator.clock } : {}),
    trace: allTraces(io.trace, options.trace, options.debug === true ? debugTrace(io) : undefined),
    ...(options.debug === true
      ? { log: (line) => io.stderr.write(`debug ${displayText(line)}\n`) }
      : options.notesWaits === true
        ? { log: (line) => note(io, line) }
        : {}),
  });
  const clouds = await cloudsOf(io);
  const opened = (): Session => {
    const drivers = driversOf(io, simulator, options.profile);
    return {
      simulator: simulator?.url,
      simulated: simulator,
      context,
      callGateway: createCallGateway({ simulator: simulator?.url }),
      drivers: Object.assign(options.spec ? withErrorPlaces(drivers, options.spec) : drivers, { clouds }),
      renewed: opened,
    };
  };
  return opened();
}

/** An adapter for each place, made when it is first asked for. */
function driversOf(io: Io, simulator: Simulator | undefined, profile: string | undefined): Drivers {
  const known = new Map<string, Promise<Driver>>();
  return (place) => {
    const key = JSON.stringify([place.provider, place.region, place.account, place.profile, place.assumeRole]);
    const driver = known.get(key) ?? loadDriver(io, place, simulator, profile);
    known.set(key, driver);
    return driver;
  };
}

/** Failures that pass sooner are not worth a line. */
const NOTED_AFTER_MS = 2_000;

/** What is waited for, once for each operation and failure. */
function retryNotes(io: Io): NonNullable<CallContext['onRetry']> {
  const noted = new Set<string>();
  return ({ operation, region, code, elapsedMs, delayMs }) => {
    const text = `${operation} in ${region} fails (${code}) and is tried again`;
    if (SIGNATURE_REFUSED.has(code) || elapsedMs + delayMs < NOTED_AFTER_MS || noted.has(text)) return;

    noted.add(text);
    note(io, text);
  };
}

/** One line a call, when it has ended; that it began shows in the pause before. */
function debugTrace(io: Io): Trace {
  return ({ service, operation, region, attempt }) =>
    ({ durationMs, requestId, status, code }) => {
      const outcome = code ?? String(status ?? 'done');
      const again = attempt > 1 ? ` (attempt ${attempt})` : '';
      const text = `${service} ${operation} ${region}${again}: ${outcome} in ${lengthOfTime(durationMs)}, request ${requestId ?? 'without an id'}`;
      io.stderr.write(`debug ${displayText(text)}\n`);
    };
}

/**
 * Drivers whose errors contain the place of their link in the spec. Missing credentials, an endpoint that is
 * down and similar errors have no place of their own, and a spec may use several accounts.
 */
function withErrorPlaces(drivers: Drivers, spec: Spec): Drivers {
  return async (wanted) => {
    const name = Object.entries(spec.links).find(([, link]) => samePlace(link, wanted))?.[0];
    const placeOf = (code: string) => {
      const isOfProfile = code === 'CREDENTIALS_MISSING' && wanted.profile !== undefined;
      return name === undefined ? undefined : spec.places?.(`links.${name}${isOfProfile ? '.profile' : ''}`);
    };
    const placed = async <T>(work: () => T | Promise<T>): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        const place = isPosternError(error) && error.place === undefined ? placeOf(error.code) : undefined;
        if (place !== undefined) Object.assign(error as object, { place });
        throw error;
      }
    };
    const driver = await placed(() => drivers(wanted));
    return {
      ...driver,
      identity: (ctx) => placed(() => driver.identity(ctx)),
      observe: (scope, ctx) => placed(() => driver.observe(scope, ctx)),
    };
  };
}

function samePlace(a: DriverPlace, b: DriverPlace): boolean {
  return (['provider', 'region', 'account', 'profile', 'assumeRole'] as const).every((key) => a[key] === b[key]);
}
