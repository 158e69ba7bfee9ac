import type * as sdk from '@aws-sdk/client-acm';
import { familyOf, type GivenFamily } from '../operation/family.js';
import type { AnyOperation } from '../operation/operation.js';

/**
 * Operations of Certificate Manager.
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({ service: 'acm' });
