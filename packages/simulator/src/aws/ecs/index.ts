import type { TimerHandlers } from '../operation/operation.js';
import { lookAgain } from './service/schedule.js';
import { taskTimers } from './task/task-life.js';
import { capacityProviderOperations } from './operations/capacity-provider.js';
import { clusterOperations } from './operations/cluster.js';
import { serviceOperations } from './operations/service.js';
import { tagOperations } from './tags.js';
import { taskDefinitionOperations } from './operations/task-definition.js';

export { watchCutOff, watchServices } from './service/schedule.js';

export { newState } from './state.js';

/** What falls due in this service. */
export const timers: TimerHandlers = { ...taskTimers, 'ecs.service': lookAgain };

/** The operations of Elastic Container Service. */
export const operations = [
  ...clusterOperations,
  ...capacityProviderOperations,
  ...taskDefinitionOperations,
  ...serviceOperations,
  ...tagOperations,
];
