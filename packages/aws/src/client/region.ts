import { InvalidInputError, regionFault } from '@postern/core/internal/driver';
import { AWS_REGIONS } from '../cloud/regions.js';
import { sharedConfig, type Environment } from './shared-config.js';

/**
 * The region: the option, `AWS_REGION`, `AWS_DEFAULT_REGION` (which the SDK for JavaScript ignores), or the profile's in the
 * shared credentials and config files.
 * @throws {InvalidInputError} `REGION_MISSING`; `INVALID_INPUT` for what cannot be a region's name.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html
 */
export function resolveRegion(
  options: { readonly region?: string | undefined; readonly profile?: string | undefined },
  environment: Environment = process.env,
): string {
  const region =
    options.region ||
    environment['AWS_REGION'] ||
    environment['AWS_DEFAULT_REGION'] ||
    sharedConfig(environment).setting(options.profile || environment['AWS_PROFILE'] || 'default', 'region');
  if (region === undefined || region === '') {
    throw new InvalidInputError('REGION_MISSING', 'no AWS region was given and none could be found', {
      remedy: 'Name it in the spec, pass `region`, set AWS_REGION, or give the profile a region.',
    });
  }

  const fault = regionFault(AWS_REGIONS, region);
  if (fault !== undefined) throw fault;

  return region;
}
