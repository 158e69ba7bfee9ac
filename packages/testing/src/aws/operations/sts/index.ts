import type { AnyOperation } from '../../operation.js';
import { assumeRole } from './assume-role.js';
import { getCallerIdentity } from './get-caller-identity.js';

/** The simulated operations of STS. */
export const operations: readonly AnyOperation[] = [assumeRole, getCallerIdentity];
