import { InvalidInputError, regionFault } from '@postern/core/driver';
import { ALIBABA_REGIONS } from '../cloud/regions.js';

/** The variables that the official tools read a region from, in this order. */
const VARIABLES = ['ALIBABA_CLOUD_REGION_ID', 'ALIBABACLOUD_REGION_ID', 'ALICLOUD_REGION', 'ALIBABA_CLOUD_REGION'];

/**
 * The region: the option, or the first variable of {@link VARIABLES} that is set.
 * @throws {InvalidInputError} `REGION_MISSING`; `INVALID_INPUT` for what cannot be a region's id.
 */
export function resolveRegion(
  region: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const found = region || VARIABLES.map((name) => environment[name]).find((value) => value);
  if (found === undefined) {
    throw new InvalidInputError('REGION_MISSING', 'no region of Alibaba Cloud was given and none could be found', {
      remedy: 'Name it in the spec, pass `region`, or set ALIBABA_CLOUD_REGION_ID.',
    });
  }
  const fault = regionFault(ALIBABA_REGIONS, found);
  if (fault !== undefined) throw fault;
  return found;
}
