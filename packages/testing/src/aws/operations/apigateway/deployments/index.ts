import type { AnyOperation } from '../../../operation.js';
import { createDeployment } from './create-deployment.js';
import { deleteDeployment } from './delete-deployment.js';
import { getDeployment } from './get-deployment.js';
import { getDeployments } from './get-deployments.js';
import { updateDeployment } from './update-deployment.js';

/** The simulated operations on deployments. */
export const operations: readonly AnyOperation[] = [
  createDeployment,
  deleteDeployment,
  getDeployment,
  getDeployments,
  updateDeployment,
];
