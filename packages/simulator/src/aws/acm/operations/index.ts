import type { AnyOperation } from '../../operation/operation.js';
import { certificateOperations } from './certificate.js';
import { tagOperations } from './tags.js';

/** What is simulated of Certificate Manager. */
export const operations: readonly AnyOperation[] = [...certificateOperations, ...tagOperations];
