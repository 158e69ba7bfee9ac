import type { AnyOperation } from '../../../operation.js';
import { createResource } from './create-resource.js';
import { deleteResource } from './delete-resource.js';
import { getResource } from './get-resource.js';
import { getResources } from './get-resources.js';
import { updateResource } from './update-resource.js';

/** The simulated operations on resources. */
export const operations: readonly AnyOperation[] = [
  createResource,
  deleteResource,
  getResource,
  getResources,
  updateResource,
];
