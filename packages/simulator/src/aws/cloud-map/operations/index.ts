import type { AnyOperation } from '../../operation/operation.js';
import { discoveryOperations } from './discovery.js';
import { instanceOperations } from './instance.js';
import { namespaceOperations } from './namespace.js';
import { operationOperations } from './operation.js';
import { serviceOperations } from './service.js';
import { tagOperations } from './tags.js';

/** What is simulated of Cloud Map. */
export const operations: readonly AnyOperation[] = [
  ...discoveryOperations,
  ...instanceOperations,
  ...namespaceOperations,
  ...operationOperations,
  ...serviceOperations,
  ...tagOperations,
];
