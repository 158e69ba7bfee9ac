import type { GatewayAnswer, Journey, Trace } from '../../../simulation/traffic/gateway-call.js';
import { ExecutionFailure, notSimulatedResponse } from '../../rest-api/execution/failure.js';
import { gatewayAnswer } from '../../rest-api/execution/gateway-answer.js';
import { ServiceError } from '../../operation/service-error.js';
import { answer, type Visit } from './visit.js';

/**
 * A step of a call. Where it fails because of how the API is set up, the caller gets the gateway's answer, and where it needs
 * what is not simulated, 501. The outcome is `no-integration` for both.
 * @param trace how far the call came; by default to its method
 */
export function failing<J extends Journey>(
  visit: Visit,
  step: () => J,
  trace: Trace = visit.trace,
): J | { readonly answer: GatewayAnswer } {
  try {
    return step();
  } catch (error) {
    const { copy, request } = visit;
    if (error instanceof ServiceError && error.code === 'NotImplemented') {
      return notSimulated(visit, error.message, trace);
    }
    if (!(error instanceof ExecutionFailure)) throw error;
    const { type, reason: because, answer: message } = error;
    const outcome = type === 'API_CONFIGURATION_ERROR' ? 'no-integration' : 'unauthorized';
    return { answer: answer(visit, gatewayAnswer(copy, type, request, message), { outcome, because, trace }) };
  }
}

/** A call that needs what is not simulated. */
export function notSimulated(
  visit: Visit,
  because: string,
  trace: Trace = visit.trace,
): { readonly answer: GatewayAnswer } {
  const end = { outcome: 'no-integration', because, trace } as const;
  return { answer: answer(visit, notSimulatedResponse(because), end) };
}
