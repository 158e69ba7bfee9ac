import {
  InvalidInputError,
  isPosternError,
  PosternError,
  UnsupportedError,
  type Driver,
  type DriverPlace,
  type Simulator,
  thrownText,
} from '@postern/core/internal/library';
import type { Io } from '../process/io.js';
import { waitDuring } from '../process/program-waits.js';
import { broughtClouds, cloudsOf } from '../spec/brought-clouds.js';
import { driverWithWaits } from './driver-with-waits.js';

/** Loads an adapter. `profile` is the profile of the command line, where the place names none. */
type Load = (
  place: DriverPlace,
  simulator: Simulator | undefined,
  profile?: string,
  /** What the trust policy of the role of the place requires. */
  externalId?: string,
) => Promise<Driver>;

const ADAPTERS: ReadonlyMap<string, Load> = new Map([
  ['aws', loadAws],
  ['alibaba', loadAlibaba],
]);

/**
 * The driver of a place's cloud: the adapter of the command, or what a program brings.
 * @throws {InvalidInputError} `NO_DRIVER`; {UnsupportedError}; {PosternError} `BAD_DRIVER` where the program's function `driver` throws
 */
export async function loadDriver(
  io: Io,
  ...[place, simulator, profile, externalId]: Parameters<Load>
): Promise<Driver> {
  const { provider } = place;
  const drivers = (await broughtClouds(io))?.drivers;
  const own = drivers?.get(provider);
  if (own !== undefined) return opened(io, provider, () => own(place, { externalId }));

  const load = ADAPTERS.get(provider);
  if (load !== undefined) return load(place, simulator, profile, externalId);

  throw new InvalidInputError('NO_DRIVER', `no adapter is loaded for ${provider}`, {
    remedy: drivers?.has(provider)
      ? 'Export the driver beside the value of the cloud: { cloud, driver: (place) => driverOf({ … }) }.'
      : (await cloudsOf(io)).howToAdd(provider),
  });
}

/** The driver that a program makes. An exception there is a defect of the program. */
async function opened(io: Io, provider: string, make: () => Driver | Promise<Driver>): Promise<Driver> {
  const what = `the function driver of ${provider}`;
  try {
    return driverWithWaits(await waitDuring(io.waits, { what, code: 'BAD_DRIVER' }, make), io.waits);
  } catch (cause) {
    if (isPosternError(cause)) throw cause;

    throw new PosternError('BAD_DRIVER', `${what} failed: ${thrownText(cause)}`, { cause, details: { provider } });
  }
}

async function loadAws(
  { region, account, profile, assumeRole }: DriverPlace,
  simulator: Simulator | undefined,
  fallback?: string,
  externalId?: string,
): Promise<Driver> {
  const { aws } = await import('@postern/aws');
  if (simulator) return aws({ region, account, simulator });

  return aws({ region, account, profile: profile ?? fallback, assumeRole: roleOf(assumeRole, externalId) });
}

/**
 * Credentials come from the same sources as in Alibaba Cloud's own tools. A profile cannot be chosen here: one for all links is meant
 * for those of AWS.
 */
async function loadAlibaba(
  place: DriverPlace,
  simulator: Simulator | undefined,
  _fallback?: string,
  externalId?: string,
): Promise<Driver> {
  const options = alibabaOptions(place, simulator, externalId);
  const { alibaba } = await import('@postern/alibaba');
  return alibaba(options);
}

/** What a place of Alibaba Cloud is opened with. @throws {UnsupportedError} for a profile */
export function alibabaOptions(
  { region, account, profile, assumeRole }: DriverPlace,
  simulator: Simulator | undefined,
  externalId: string | undefined,
) {
  if (profile !== undefined) {
    throw new UnsupportedError('the adapter for alibaba accepts no profile', {
      remedy: 'Name the profile in ALIBABA_CLOUD_PROFILE.',
    });
  }

  return simulator ? { region, account, simulator } : { region, account, assumeRole: roleOf(assumeRole, externalId) };
}

/** A role, with what its trust policy requires. */
function roleOf(roleArn: string | undefined, externalId: string | undefined) {
  return roleArn === undefined || externalId === undefined ? roleArn : { roleArn, externalId };
}
