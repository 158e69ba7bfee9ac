import type { AnyOperation } from '../../../operation.js';
import { getExport } from './get-export.js';

/** The simulated operations that export what is deployed. */
export const operations: readonly AnyOperation[] = [getExport];
