import type { AnyOperation } from '../../../operation.js';
import { importRestApi } from './import-rest-api.js';
import { putRestApi } from './put-rest-api.js';

/** The simulated operations that import OpenAPI documents. */
export const operations: readonly AnyOperation[] = [importRestApi, putRestApi];
