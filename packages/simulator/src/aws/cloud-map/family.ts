import type * as sdk from '@aws-sdk/client-servicediscovery';
import { familyOf, type GivenFamily } from '../operation/family.js';
import type { AnyOperation } from '../operation/operation.js';

/**
 * Operations of Cloud Map.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_Operations.html (each operation: `API_<name>.html`)
 */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({
  service: 'servicediscovery',
});
