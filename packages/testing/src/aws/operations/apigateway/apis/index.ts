import type { AnyOperation } from '../../../operation.js';
import { createRestApi } from './create-rest-api.js';
import { deleteRestApi } from './delete-rest-api.js';
import { getRestApi } from './get-rest-api.js';
import { getRestApis } from './get-rest-apis.js';
import { getTags } from './get-tags.js';
import { tagResource } from './tag-resource.js';
import { untagResource } from './untag-resource.js';
import { updateRestApi } from './update-rest-api.js';

/** The simulated operations on APIs, and on the tags of all resources. */
export const operations: readonly AnyOperation[] = [
  createRestApi,
  deleteRestApi,
  getRestApi,
  getRestApis,
  getTags,
  tagResource,
  untagResource,
  updateRestApi,
];
