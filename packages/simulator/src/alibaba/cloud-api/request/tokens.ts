import type { AlibabaCall } from '../../operation/call.js';
import { say } from './words.js';

interface WithToken {
  readonly Token?: string | undefined;
}

/**
 * Tokens of CreateInstance, ModifyInstanceSpec and ModifyVpcAccessAndUpdateApis prevent double submission:
 * the action runs once. The response to a second use is not documented. Here it is the product's error for
 * any request that was submitted already.
 * @throws {AlibabaError} `RepeatedCommit`, `IdempotentParameterMismatch` for a token that was used with
 * other parameters
 */
export function checkFreshToken({ state }: AlibabaCall, action: string, input: WithToken): void {
  const used = state.cloudApi.tokens.get(`${action}/${input.Token ?? ''}`);
  if (used === undefined) return;
  throw used === JSON.stringify(input) ? say.repeated() : say.otherParameters();
}

/**
 * The token of ModifyInstanceAttribute is an ordinary client token: whether this very call was made before, so that it
 * only needs the same answer.
 * @throws {AlibabaError} `IdempotentParameterMismatch`
 */
export function isReplay({ state }: AlibabaCall, action: string, input: WithToken): boolean {
  if (input.Token === undefined || input.Token === '') return false;
  const used = state.cloudApi.tokens.get(`${action}/${input.Token}`);
  if (used !== undefined && used !== JSON.stringify(input)) throw say.otherParameters();
  return used !== undefined;
}

/** The call went through: its token is used. */
export function useToken({ state }: AlibabaCall, action: string, input: WithToken): void {
  if (input.Token !== undefined && input.Token !== '') {
    state.cloudApi.tokens.set(`${action}/${input.Token}`, JSON.stringify(input));
  }
}
