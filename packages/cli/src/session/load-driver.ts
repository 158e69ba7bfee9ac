import { InvalidInputError, UnsupportedError, type Driver, type DriverPlace } from '@postern/core';
import { THROW_AWAY_CREDENTIALS, type Simulator } from './find-simulator.js';

/** Loads the adapter of a place's cloud. @throws {InvalidInputError} `NO_DRIVER`; {UnsupportedError} */
export async function loadDriver(place: DriverPlace, simulator: Simulator | undefined): Promise<Driver> {
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
