import { raise } from '../../../../simulation/raise.js';
import type { CanarySettings } from '@aws-sdk/client-api-gateway';
import { STAGE_WORDS, checkVariables } from './new-stage.js';
import type { AwsCall } from '../../../operation/operation.js';
import type { RestApiRow, RestStageRow } from '../state.js';
import { WORDS } from '../words.js';

/** Reads the text of a patch operation. @throws {ServiceError} BadRequestException; the sentences are [U] */
export type ReadValue = (value: string, path: string) => boolean | number | string;

export const readFlag: ReadValue = (value, path) => {
  const text = value.toLowerCase();
  if (text !== 'true' && text !== 'false') throw STAGE_WORDS.value(path, value);

  return text === 'true';
};

/** `10`, `0.5`, `-1`: a number from `smallest` to `largest`. */
export const readDecimal =
  (smallest: number, largest: number) =>
  (value: string, path: string): number => {
    const number = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= smallest && number <= largest)) throw STAGE_WORDS.value(path, value);

    return number;
  };

export const readInteger =
  (smallest: number, largest: number) =>
  (value: string, path: string): number => {
    const number = readDecimal(smallest, largest)(value, path);
    if (!Number.isInteger(number)) throw STAGE_WORDS.value(path, value);

    return number;
  };

export const readOneOf =
  (values: readonly string[]): ReadValue =>
  (value, path) => {
    if (!values.includes(value)) throw STAGE_WORDS.value(path, value);

    return value;
  };

const readPercent = readDecimal(0, 100);
const OVERRIDES = 'stageVariableOverrides/';

/**
 * Canary settings with the service's defaults. `deploymentId` is the canary's.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CanarySettings.html
 * @throws {ServiceError} BadRequestException
 */
export function newCanary(
  call: AwsCall,
  { percentTraffic = 0, stageVariableOverrides = {}, useStageCache = false }: CanarySettings,
  deploymentId: string,
): CanarySettings {
  readPercent(String(percentTraffic), '/canarySettings/percentTraffic');
  return withOverrides(call, { deploymentId, percentTraffic, useStageCache }, stageVariableOverrides);
}

/**
 * The stage after `replace /canarySettings/<member>`. Without a canary, one begins: with the stage's own
 * deployment, and no traffic.
 * @throws {ServiceError} BadRequestException
 */
export function replaceCanary(
  call: AwsCall,
  api: RestApiRow,
  row: RestStageRow,
  member: string,
  value: string,
): RestStageRow {
  const path = `/canarySettings/${member}`;
  const canary = row.canarySettings ?? newCanary(call, {}, row.deploymentId);
  const put = (canarySettings: CanarySettings): RestStageRow => ({ ...row, canarySettings });
  if (member.startsWith(OVERRIDES)) {
    const name = member.slice(OVERRIDES.length);
    return put(withOverrides(call, canary, { ...canary.stageVariableOverrides, [name]: value }));
  }

  switch (member) {
    case 'percentTraffic':
      return put({ ...canary, percentTraffic: readPercent(value, path) });
    case 'useStageCache':
      return put({ ...canary, useStageCache: readFlag(value, path) === true });
    case 'deploymentId':
      if (!api.deployments.has(value)) throw WORDS.deploymentUnknown();

      return put({ ...canary, deploymentId: value });
    default:
      throw STAGE_WORDS.path(path);
  }
}

function withOverrides(
  call: AwsCall,
  canary: CanarySettings,
  stageVariableOverrides: Record<string, string>,
): CanarySettings {
  if (Object.keys(stageVariableOverrides).length === 0) return canary;

  return { ...canary, stageVariableOverrides: { ...checkVariables(call, stageVariableOverrides) } };
}

/**
 * The stage after one `copy` of a promotion. The canary stays until it is removed.
 * @throws {ServiceError} BadRequestException
 */
export function promote(call: AwsCall, row: RestStageRow, path: string, from: string): RestStageRow {
  const deployment = path === '/deploymentId' && from === '/canarySettings/deploymentId';
  const variables = path === '/variables' && from === '/canarySettings/stageVariableOverrides';
  // That a copy from the one to the other is refused with the same sentence is inferred.
  if (!deployment && !variables) throw STAGE_WORDS.copy(path, from);

  const canary = row.canarySettings ?? raise(STAGE_WORDS.noCanary());

  if (variables) {
    return { ...row, variables: checkVariables(call, { ...row.variables, ...canary.stageVariableOverrides }) };
  }

  return { ...row, deploymentId: canary.deploymentId ?? row.deploymentId };
}
