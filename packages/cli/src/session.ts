import {
  createContext,
  displayText,
  InvalidInputError,
  UnsupportedError,
  type CallContext,
  type Driver,
  type DriverPlace,
  type Drivers,
  type Spec,
  type Trace,
} from '@postern/core';
import type { Io } from './io.js';
import { lengthOfTime, note } from './output.js';
import { placedDrivers } from './placed-drivers.js';
import { findSimulator, THROW_AWAY_CREDENTIALS, type Simulator } from './simulator.js';

/** What a command that talks to clouds works with. */
export interface Session {
  /** The address of the simulator that is called instead of the clouds. */
  readonly simulator?: string | undefined;
  readonly context: CallContext;
  readonly drivers: Drivers;
}

/** What calls are made with, and told of. */
export interface SessionOptions {
  readonly debug?: boolean | undefined;
  /** Says on stderr how far an observation has come: for commands that read everything. */
  readonly telling?: boolean | undefined;
  /** What the errors of drivers are placed in. */
  readonly spec?: Spec | undefined;
  /** Profile of the credentials file, where a link names none. */
  readonly profile?: string | undefined;
}

/** Clouds, or the simulator that `POSTERN_SIMULATOR` names; an adapter loads when a link of its cloud is met. */
export async function openSession(io: Io, options: SessionOptions): Promise<Session> {
  const simulator = await findSimulator(io);
  const context = createContext({
    signal: io.signal,
    ...(simulator ? { clock: simulator.clock } : {}),
    ...(options.debug === true
      ? { trace: debugTrace(io), log: (line) => io.stderr.write(`debug ${displayText(line)}\n`) }
      : options.telling === true
        ? { log: (line) => note(io, line) }
        : {}),
  });
  const known = new Map<string, Promise<Driver>>();
  const drivers: Drivers = (place) => {
    const key = JSON.stringify([place.provider, place.region, place.account, place.profile, place.assumeRole]);
    // Profiles are AWS's: one that is named for all links is not meant for those of another cloud.
    const profile = place.profile ?? (place.provider === 'aws' ? options.profile : undefined);
    const driver = known.get(key) ?? loadDriver({ ...place, profile }, simulator);
    known.set(key, driver);
    return driver;
  };
  return { simulator: simulator?.url, context, drivers: options.spec ? placedDrivers(drivers, options.spec) : drivers };
}

async function loadDriver(place: DriverPlace, simulator: Simulator | undefined): Promise<Driver> {
  const { provider, region, account, profile, assumeRole } = place;
  if (provider === 'alibaba') return loadAlibaba(place, simulator);
  if (provider !== 'aws') {
    throw new InvalidInputError('NO_DRIVER', `this version has no adapter for ${provider}`, {
      remedy: 'Use links of provider aws or alibaba.',
    });
  }
  const { aws } = await import('@postern/aws');
  return simulator
    ? aws({ region, account, endpoint: simulator.url, credentials: THROW_AWAY_CREDENTIALS })
    : aws({ region, account, profile, assumeRole });
}

/** Credentials come from where Alibaba Cloud's own tools find them; there are no profiles and roles to choose here. */
async function loadAlibaba(place: DriverPlace, simulator: Simulator | undefined): Promise<Driver> {
  const { region, account, profile, assumeRole } = place;
  if (profile !== undefined || assumeRole !== undefined) {
    throw new UnsupportedError('the adapter for alibaba takes neither a profile nor a role', {
      remedy: 'Name the profile in ALIBABA_CLOUD_PROFILE, or the role where the credentials come from.',
    });
  }
  const { alibaba } = await import('@postern/alibaba');
  const { accessKeyId, secretAccessKey: accessKeySecret } = THROW_AWAY_CREDENTIALS;
  return simulator
    ? alibaba({ region, account, endpoint: simulator.url, accessKeyId, accessKeySecret })
    : alibaba({ region, account });
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

/** Where each cloud's own tools look for a region. */
const REGION_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  aws: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
  alibaba: ['ALIBABA_CLOUD_REGION_ID', 'ALIBABACLOUD_REGION_ID', 'ALICLOUD_REGION'],
};

/** The region that the usual variables name. */
export function regionOfEnvironment(io: Io, provider = 'aws'): string | undefined {
  const names = Object.hasOwn(REGION_VARIABLES, provider) ? (REGION_VARIABLES[provider] ?? []) : [];
  return names.map((name) => io.env[name]).find((value) => value !== undefined && value !== '');
}

/** The remedy for a region that is missing: which variable names one. */
export function regionRemedy(provider: string): string {
  return `Add --region, or set ${REGION_VARIABLES[provider]?.[0] ?? 'the variable of the region'}.`;
}
