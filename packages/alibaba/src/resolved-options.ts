import { checkFactoryOptions, InvalidInputError, SIMULATOR_CREDENTIALS } from '@postern/core/driver';
import { checkEndpoints } from './client/endpoint.js';
import { resolveRegion } from './client/region.js';
import { ALIBABA_OPTIONS, type AlibabaOptions } from './options.js';

/**
 * Checks the options of a factory, and applies those of a simulator.
 * @throws {InvalidInputError} `REGION_MISSING`, `INVALID_INPUT`.
 */
export function resolvedOptions(
  factory: string,
  given: AlibabaOptions,
): { readonly options: AlibabaOptions; readonly region: string } {
  checkFactoryOptions(factory, ALIBABA_OPTIONS, given);
  const { simulator } = given;
  const { accessKeyId, secretAccessKey: accessKeySecret } = SIMULATOR_CREDENTIALS;
  const options: AlibabaOptions =
    simulator === undefined ? given : { ...given, endpoint: simulator.url, accessKeyId, accessKeySecret };
  const own = (['api', 'cloudapi'] as const).find((name) => options[name] !== undefined);
  if (options.assumeRole !== undefined && own !== undefined) {
    throw new InvalidInputError('INVALID_INPUT', `${factory}: options.assumeRole: not used together with \`${own}\``, {
      remedy: `Remove assumeRole, and let \`${own}\` sign with the session of the role.`,
    });
  }
  const region = resolveRegion(options.region);
  checkEndpoints(options.endpoint);
  return { options, region };
}
