import { clusterOperations } from './cluster.js';
import { serviceOperations } from './service.js';
import { tagOperations } from './tags.js';
import { taskDefinitionOperations } from './task-definition.js';
import { taskOperations } from './task.js';

/** The operations of Elastic Container Service. */
export const operations = [
  ...clusterOperations,
  ...taskDefinitionOperations,
  ...serviceOperations,
  ...taskOperations,
  ...tagOperations,
];
