import type { AnyOperation } from '../operation/operation.js';
import { hostedZoneOperations } from './hosted-zone.js';
import { recordSetOperations } from './record-set.js';
import { tagOperations } from './request.js';

export { newState } from './state.js';

/** What is simulated of Route 53: hosted zones and their records. No name resolves differently because of them. */
export const operations: readonly AnyOperation[] = [...hostedZoneOperations, ...recordSetOperations, ...tagOperations];
