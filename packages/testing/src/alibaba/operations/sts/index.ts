import type { AnyAlibabaOperation } from '../../operation.js';
import { getCallerIdentity } from './get-caller-identity.js';

/** The simulated actions of STS. */
export const operations: readonly AnyAlibabaOperation[] = [getCallerIdentity];
