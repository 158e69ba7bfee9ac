import type { AnsweredType } from './default-answers.js';
import type { Response } from './response.js';

/**
 * The execution of a method fails before or after its endpoint is called, because of how the API is set up or what the
 * call carries. The execution log has `reason`.
 */
export class ExecutionFailure extends Error {
  override readonly name = 'ExecutionFailure';
  constructor(
    readonly reason: string,
    /** The gateway response that the caller gets. */
    readonly type: AnsweredType = 'API_CONFIGURATION_ERROR',
    /** In place of the default message of the response. */
    readonly answer?: string,
  ) {
    super(reason);
  }
}

/** The beginning of the reason where the API is set up wrongly. */
export const CONFIGURATION_ERROR = 'Execution failed due to configuration error:';

/** A mistake in how the API is set up. */
export function misconfigured(what: string): ExecutionFailure {
  return new ExecutionFailure(`${CONFIGURATION_ERROR} ${what}`);
}

/** The answer where what a call needs is not simulated. Status 501 tells it apart from those of the service. */
export function notSimulatedResponse(because: string): Response {
  return { status: 501, headers: {}, body: JSON.stringify({ message: because }) };
}
