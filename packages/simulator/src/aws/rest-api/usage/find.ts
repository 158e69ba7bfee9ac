import type { UsagePlan } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import type { ApiKeyRow, UsagePlanRow } from '../state.js';
import { notFound } from '../words.js';

/** @throws {ServiceError} NotFoundException */
export function getPlan(call: AwsCall, id: string): UsagePlanRow {
  const row = call.state.restApi.usagePlans.get(id);
  if (!row) throw planNotFound();
  return row;
}

export function planNotFound() {
  return notFound('Invalid Usage Plan ID specified');
}

export const unknownKey = () => notFound('Invalid API Key identifier specified');

/** @throws {ServiceError} NotFoundException */
export function getKey(call: AwsCall, id: string): ApiKeyRow {
  const row = call.state.restApi.apiKeys.get(id);
  if (!row) throw unknownKey();
  return row;
}

/** A usage plan as CreateUsagePlan and GetUsagePlans answer it: without tags if it has none; in a list, without them. */
export function showNewPlan({ fields }: UsagePlanRow, withTags: boolean): UsagePlan {
  const { tags, ...rest } = fields;
  return withTags && Object.keys(tags).length > 0 ? { ...rest, tags } : rest;
}
