import type { RestApiRow } from '../../state/rest-api-state.js';
import { notSimulated } from '../words.js';
import type { LogLine } from './execution-log.js';

/** What a test answers, with what its log says after the lines of the request. */
export interface TestAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
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
}

/** The types of gateway responses that a failure is answered with. */
const RESPONSE_TYPES = ['API_CONFIGURATION_ERROR', 'DEFAULT_5XX'];

/**
 * A failure of the integration: the call is answered 500, the test itself 200.
 * @see https://github.com/localstack/localstack `test_apigateway_api.py`, test_failed_invoke_test_method
 * @throws {ServiceError} NotImplemented where the API has a gateway response of its own for it
 */
export function failedAnswer(api: RestApiRow, { lines = [], reason, latencyMs }: TestFailure): TestAnswer {
  const own = RESPONSE_TYPES.find((type) => api.gatewayResponses.has(type));
  if (own !== undefined) throw notSimulated(`A test that is answered with the gateway response ${own}`);
  return {
    status: 500,
    body: '{"message": "Internal server error"}',
    headers: { 'x-amzn-ErrorType': 'InternalServerErrorException' },
    lines: [
      ...lines,
      { text: reason, afterMs: latencyMs },
      { text: 'Method completed with status: 500', afterMs: latencyMs },
    ],
    latencyMs,
  };
}

/** The beginning of the reason where the API is set up wrongly. */
export const CONFIGURATION_ERROR = 'Execution failed due to configuration error:';
