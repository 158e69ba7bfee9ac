import { InvalidInputError, UnsupportedError, type Driver, type DriverPlace, type Simulator } from '@postern/core';

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

/** Loads the adapter of a place's cloud. @throws {InvalidInputError} `NO_DRIVER`; {UnsupportedError} */
export const loadDriver: Load = async (place, simulator, profile, externalId) => {
  const load = ADAPTERS.get(place.provider);
  if (load !== undefined) return load(place, simulator, profile, externalId);
  throw new InvalidInputError('NO_DRIVER', `this version has no adapter for ${place.provider}`, {
    remedy: `Use links of provider ${[...ADAPTERS.keys()].join(' or ')}.`,
  });
};

async function loadAws(
  { region, account, profile, assumeRole }: DriverPlace,
  simulator: Simulator | undefined,
  fallback?: string,
  externalId?: string,
): Promise<Driver> {
  const { aws } = await import('@postern/aws');
  if (simulator) return aws({ region, account, simulator });
  const role = assumeRole === undefined || externalId === undefined ? assumeRole : { roleArn: assumeRole, externalId };
  return aws({ region, account, profile: profile ?? fallback, assumeRole: role });
}

/**
 * Credentials come from the same sources as in Alibaba Cloud's own tools. Profiles and roles cannot be
 * chosen here. A profile for all links is meant for those of AWS.
 */
async function loadAlibaba(place: DriverPlace, simulator: Simulator | undefined): Promise<Driver> {
  const { region, account, profile, assumeRole } = place;
  if (profile !== undefined || assumeRole !== undefined) {
    throw new UnsupportedError('the adapter for alibaba accepts neither a profile nor a role', {
      remedy: 'Name the profile in ALIBABA_CLOUD_PROFILE, or the role in the source of the credentials.',
    });
  }
  const { alibaba } = await import('@postern/alibaba');
  return simulator ? alibaba({ region, account, simulator }) : alibaba({ region, account });
}
