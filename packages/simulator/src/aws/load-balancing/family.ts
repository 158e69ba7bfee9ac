import type * as sdk from '@aws-sdk/client-elastic-load-balancing-v2';
import { familyOf, type GivenFamily } from '../operation/family.js';
import type { AnyOperation } from '../operation/operation.js';

/**
 * Operations of Elastic Load Balancing.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({
  service: 'elasticloadbalancingv2',
});
