import type { AnyOperation } from '../operation/operation.js';
import { hostedZoneOperations } from './hosted-zone.js';
import { recordSetOperations } from './record-set.js';
import type { Route53State } from './state.js';
import { tagOperations } from './tags.js';
import { vpcAssociationOperations } from './vpc-association.js';

/** What is simulated of Route 53: hosted zones and their records. No name resolves differently because of them. */
export const operations: readonly AnyOperation[] = [
  ...hostedZoneOperations,
  ...recordSetOperations,
  ...tagOperations,
  ...vpcAssociationOperations,
];

/** Route 53 of a new account: nothing. */
export const newState = (): Route53State => ({ zones: new Map(), changes: new Map() });
