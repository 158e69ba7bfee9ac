import type { AwsCall } from '../../operation/call.js';
import { STAGE_WORDS } from './words.js';

export type Variables = Readonly<Record<string, string>>;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const LONGEST_VALUE = 512;

/**
 * Refuses stage variables, or a canary's overrides, that the service would refuse.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html
 * @throws {ServiceError} BadRequestException
 */
export function checkVariables(call: AwsCall, variables: Variables): Variables {
  const most = call.quota('stage-variables-per-stage');
  if (Object.keys(variables).length > most) throw STAGE_WORDS.tooManyVariables(most);
  for (const [name, value] of Object.entries(variables)) {
    if (!/^\w+$/.test(name)) throw STAGE_WORDS.variableName(name);
    if (!/^[A-Za-z0-9\-._~:/?#&=,]+$/.test(value) || value.length > LONGEST_VALUE) {
      throw STAGE_WORDS.variableValue(value);
    }
  }
  return variables;
}
