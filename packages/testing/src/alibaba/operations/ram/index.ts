import type { AnyAlibabaOperation } from '../../operation.js';
import { getRole } from './get-role.js';

/** The simulated actions of RAM. */
export const operations: readonly AnyAlibabaOperation[] = [getRole];
