import { capacityProviderOperations } from './capacity-provider.js';
import { clusterOperations } from './cluster.js';
import { serviceOperations } from './service.js';
import { tagOperations } from './tags.js';
import { taskDefinitionOperations } from './task-definition.js';
import { taskOperations } from './task.js';

/** The operations of Elastic Container Service. */
export const operations = [
  ...clusterOperations,
  ...capacityProviderOperations,
  ...taskDefinitionOperations,
  ...serviceOperations,
  ...taskOperations,
  ...tagOperations,
];
