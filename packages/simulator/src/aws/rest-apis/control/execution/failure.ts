import type { GatewayResponseType } from '@aws-sdk/client-api-gateway';
import type { AnswerHeaders } from '../../../../simulation/traffic/backends/backend.js';

/** A gateway response that calls of the simulation may get. */
export type AnsweredType = keyof typeof DEFAULTS;

/**
 * Status, message and `x-amzn-ErrorType` of the default answers. Answers of the front door have no space after the colon,
 * answers of the integration have one [M].
 * @see https://github.com/localstack/localstack snapshots of test_apigateway_common and test_apigateway_api
 */
export const DEFAULTS = {
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token', 'MissingAuthenticationTokenException', ''],
  INVALID_API_KEY: [403, 'Forbidden', 'ForbiddenException', ''],
  ACCESS_DENIED: [403, 'Forbidden', 'AccessDeniedException', ''],
  /** @see https://repost.aws/knowledge-center/api-gateway-lambda-authorization-errors, the type is [U] */
  AUTHORIZER_FAILURE: [500, null, 'AuthorizerFailureException', ''],
  UNAUTHORIZED: [401, 'Unauthorized', 'UnauthorizedException', ''],
  THROTTLED: [429, 'Too Many Requests', 'TooManyRequestsException', ''],
  QUOTA_EXCEEDED: [429, 'Limit Exceeded', 'LimitExceededException', ''],
  /** The text and the type are [U]. */
  REQUEST_TOO_LARGE: [413, 'Request Too Long', 'RequestTooLongException', ''],
  /** The space is [U]. */
  UNSUPPORTED_MEDIA_TYPE: [415, 'Unsupported Media Type', 'BadRequestException', ' '],
  BAD_REQUEST_PARAMETERS: [400, 'Missing required request parameters: []', 'BadRequestException', ' '],
  BAD_REQUEST_BODY: [400, 'Invalid request body', 'BadRequestException', ' '],
  API_CONFIGURATION_ERROR: [500, 'Internal server error', 'InternalServerErrorException', ' '],
  INTEGRATION_FAILURE: [504, 'Network error communicating with endpoint', 'InternalServerErrorException', ' '],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out', 'InternalServerErrorException', ' '],
} as const satisfies Partial<Record<GatewayResponseType, readonly [number, string | null, string, string]>>;

/** What an endpoint answered, or what the caller gets. */
export interface Response {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: string | Uint8Array;
}

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
