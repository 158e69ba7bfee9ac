import type * as sdk from '@aws-sdk/client-ecs';
import { familyOf, type GivenFamily } from '../operation/family.js';
import type { AnyOperation } from '../operation/operation.js';

/**
 * Operations of Elastic Container Service.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({ service: 'ecs' });
