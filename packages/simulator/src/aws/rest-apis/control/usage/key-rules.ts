import { rowBy } from '../../../../simulation/raise.js';
import { defined } from '../../../../simulation/defined.js';
import type { ApiKey, UsagePlanKey, UsagePlan } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../../operation/operation.js';
import type { ApiKeyRow, UsagePlanRow } from '../state.js';
import { badRequest, conflict, notFound } from '../words.js';

/** Characters. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html */
const LONGEST_NAME = 1024;
const LONGEST_DESCRIPTION = 125_000;
const SHORTEST_VALUE = 20;
const LONGEST_VALUE = 128;

/** Refuses texts that are too long. @throws {ServiceError} BadRequestException */
export function checkKey({ name = '', description = '' }: ApiKey): void {
  if (name.length > LONGEST_NAME) throw badRequest(`Invalid API Key name, can be at most ${LONGEST_NAME} characters.`);
  if (description.length > LONGEST_DESCRIPTION) throw badRequest('Invalid API Key description specified.');
}

/**
 * The value of a new key: as given, or 40 characters of the world's seed. Two keys cannot have one value.
 * @see https://github.com/rrahul963/serverless-add-api-key/issues/27
 * @throws {ServiceError} BadRequestException, ConflictException
 */
export function newValue(call: AwsCall, value: string | undefined): string {
  if (value === undefined || value === '') return call.id('', 40, 'base36');
  if (value.length < SHORTEST_VALUE) {
    throw badRequest(`API Key value should be at least ${SHORTEST_VALUE} characters`);
  }
  if (value.length > LONGEST_VALUE) {
    throw badRequest(`API Key value exceeds maximum size of ${LONGEST_VALUE} characters`);
  }

  const used = [...call.state.restApi.apiKeys.values()].some((row) => row.value === value);
  if (used) throw conflict('API Key already exists');

  return value;
}

/** A key as an operation answers it: its value and its tags only where the operation shows them. */
export function showKey({ value, tags, ...row }: ApiKeyRow, shows: { value: boolean; tags: boolean }): ApiKey {
  return { ...row, ...(shows.value && { value }), ...(shows.tags && { tags }) };
}

/**
 * Lists of keys are not in the order of their creation; which order they have is [U], here that of their IDs.
 * @see https://github.com/localstack/localstack snapshots test_get_api_keys and test_get_usage_plan_api_keys
 */
export function inListOrder<T extends { readonly id?: string | undefined }>(keys: readonly T[]): readonly T[] {
  return keys.toSorted(({ id: a = '' }, { id: b = '' }) => (a < b ? -1 : 1));
}

/** A key as a plan shows it. Its name follows the key's. */
export function showPlanKey(call: AwsCall, key: UsagePlanKey): UsagePlanKey {
  const { name, value } = call.state.restApi.apiKeys.get(key.id ?? '') ?? {};
  return { ...key, ...defined({ name, value }) };
}

/** @throws {ServiceError} NotFoundException */
export const getPlan = rowBy((call: AwsCall) => call.state.restApi.usagePlans, planNotFound);

export function planNotFound() {
  return notFound('Invalid Usage Plan ID specified');
}

export const unknownKey = () => notFound('Invalid API Key identifier specified');

/** @throws {ServiceError} NotFoundException */
export const getKey = rowBy((call: AwsCall) => call.state.restApi.apiKeys, unknownKey);

/** A usage plan as CreateUsagePlan and GetUsagePlans answer it: without tags if it has none; in a list, without them. */
export function showNewPlan({ fields }: UsagePlanRow, withTags: boolean): UsagePlan {
  const { tags, ...rest } = fields;
  return withTags && Object.keys(tags).length > 0 ? { ...rest, tags } : rest;
}
