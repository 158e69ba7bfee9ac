import type { GatewayAnswer, Journey } from '../../../simulation/traffic/gateway-call.js';
import { ExecutionFailure } from '../../rest-api/execution/failure.js';
import { gatewayAnswer } from '../../rest-api/execution/gateway-answer.js';
import { ServiceError } from '../../service-error.js';
import { answer, type Visit } from './visit.js';

/**
 * A step of a call. Where it fails because of how the API is set up, or needs what is not simulated, the caller gets the
 * gateway's answer, and the call has the outcome `no-integration`.
 */
export function failing<J extends Journey>(visit: Visit, step: () => J): J | { readonly answer: GatewayAnswer } {
  try {
    return step();
  } catch (error) {
    const { copy, request, trace } = visit;
    const failed = failureOf(error);
    if (!failed) throw error;
    const { type, reason, answer: message } = failed;
    const isRefusal = type !== 'API_CONFIGURATION_ERROR';
    const outcome = isRefusal ? 'unauthorized' : 'no-integration';
    return { answer: answer(visit, gatewayAnswer(copy, type, request, message), { outcome, because: reason, trace }) };
  }
}

function failureOf(error: unknown): ExecutionFailure | undefined {
  if (error instanceof ExecutionFailure) return error;
  const isUnknown = error instanceof ServiceError && error.code === 'NotImplemented';
  return isUnknown ? new ExecutionFailure(error.message) : undefined;
}
