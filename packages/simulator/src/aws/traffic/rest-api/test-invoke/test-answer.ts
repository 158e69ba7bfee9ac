import type { RestApiRow } from '../../../rest-api/state.js';
import { ExecutionFailure, type Response, type AnsweredType } from '../../../rest-api/execution/failure.js';
import { gatewayAnswer } from '../../../rest-api/execution/gateway-answer.js';
import { textOf } from '../../../rest-api/execution/mapped-value.js';
import { shownMap, type LogLine } from './execution-log.js';
import type { TestRequest } from './test-request.js';

/** What a test answers, with what its log says after the lines of the request. */
export interface TestAnswer extends Response {
  readonly lines: readonly LogLine[];
  /** Milliseconds. */
  readonly latencyMs: number;
}

/** How a call of a method ended badly. */
export interface TestFailure {
  readonly lines?: readonly LogLine[];
  /** `Execution failed due to configuration error: …` */
  readonly reason: string;
  readonly latencyMs: number;
  /** The gateway response that the call gets. */
  readonly type?: AnsweredType | undefined;
  readonly message?: string | undefined;
}

/**
 * A failure of the integration: the call is answered with a gateway response, the test itself with 200.
 * @see https://github.com/localstack/localstack `test_apigateway_api.py`, test_failed_invoke_test_method
 */
export function failedAnswer(api: RestApiRow, request: TestRequest, failure: TestFailure): TestAnswer {
  const { lines = [], reason, latencyMs, type = 'API_CONFIGURATION_ERROR', message } = failure;
  const response = gatewayAnswer(api, type, request, message);
  return {
    ...response,
    lines: [
      ...lines,
      { text: reason, afterMs: latencyMs },
      { text: `Method completed with status: ${response.status}`, afterMs: latencyMs },
    ],
    latencyMs,
  };
}

/** The answer of a method whose integration answered. */
export function completedAnswer(response: Response, lines: readonly LogLine[], latencyMs: number): TestAnswer {
  const { status, headers, body } = response;
  const after = [
    `Method response body after transformations: ${typeof body === 'string' ? body : textOf(body)}`,
    `Method response headers: ${shownMap(headers)}`,
    'Successfully completed execution',
    `Method completed with status: ${status}`,
  ].map((text) => ({ text, afterMs: latencyMs }));
  return { ...response, lines: [...lines, ...after], latencyMs };
}

/** A step of a test. One that fails because of how the API is set up is answered with a gateway response. */
export function orFailed<T extends TestAnswer | Promise<TestAnswer>>(
  api: RestApiRow,
  request: TestRequest,
  { lines, latencyMs }: Pick<TestFailure, 'lines' | 'latencyMs'>,
  step: () => T,
): T | TestAnswer {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof ExecutionFailure)) throw error;
    const { reason, type, answer: message } = error;
    return failedAnswer(api, request, { ...(lines && { lines }), latencyMs, reason, type, message });
  }
}
