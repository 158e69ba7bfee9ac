import type { TimerHandlers, AnyOperation } from '../operation/operation.js';
import { finishOperation } from './jobs.js';
import { discoveryOperations } from './discovery.js';
import { instanceOperations } from './operations/instance.js';
import { namespaceOperations } from './operations/namespace.js';
import { operationOperations } from './operations/operation.js';
import { serviceOperations } from './operations/service.js';
import { tagOperations } from './request.js';

export { newState } from './state.js';

/** What falls due in this service. */
export const timers: TimerHandlers = { 'cloud-map.finish-operation': finishOperation };

/** What is simulated of Cloud Map. */
export const operations: readonly AnyOperation[] = [
  ...discoveryOperations,
  ...instanceOperations,
  ...namespaceOperations,
  ...operationOperations,
  ...serviceOperations,
  ...tagOperations,
];
