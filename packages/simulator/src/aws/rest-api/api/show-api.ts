import type { RestApi } from '@aws-sdk/client-api-gateway';
import type { RestApiFields } from '../state.js';
import { shownPolicy } from './policy.js';

/** An API as GetRestApi and UpdateRestApi answer it: with its tags, even if it has none. */
export function showApi(fields: RestApiFields): RestApi {
  return { ...fields, ...(fields.policy !== undefined && { policy: shownPolicy(fields.policy) }) };
}

/** An API as CreateRestApi and GetRestApis answer it: without `tags` if it has none. */
export function showNewApi(fields: RestApiFields): RestApi {
  const { tags, ...rest } = showApi(fields);
  return Object.keys(fields.tags).length > 0 ? { ...rest, tags } : rest;
}
