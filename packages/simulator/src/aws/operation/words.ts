import { type AnyOperation, type ServiceName, ServiceError } from './operation.js';

type Bounds = readonly [min: number, max: number];

/**
 * The error messages that every service has, in the words of one service. Paths are the SDK's member names
 * with dots: `Tags.1.Key`.
 */
export interface ServiceWords {
  /** A member that the operation does not have. */
  readonly unknown: (path: string, operation: AnyOperation) => ServiceError;
  readonly missing: (path: string, operation: AnyOperation) => ServiceError;
  readonly wrongType: (path: string, value: unknown, expected: string, operation: AnyOperation) => ServiceError;
  readonly length: (path: string, value: unknown, bounds: Bounds, operation: AnyOperation) => ServiceError;
  readonly range: (path: string, value: number, bounds: Bounds, operation: AnyOperation) => ServiceError;
  readonly pattern: (path: string, value: string, pattern: RegExp, operation: AnyOperation) => ServiceError;
  readonly values: (path: string, value: string, values: readonly string[], operation: AnyOperation) => ServiceError;
  /** A body that is not even JSON, or a query string. */
  readonly malformed: (why: string) => ServiceError;
  readonly throttled: (operation: string) => ServiceError;
  readonly failed: () => ServiceError;
  readonly denied: (caller: string, permission: string) => ServiceError;
  readonly expired: () => ServiceError;
  /** The size of a page that is out of bounds, as it was requested. */
  readonly pageSize: (value: number | string, smallest: number, largest: number) => ServiceError;
  /** A token that this list never returned. */
  readonly pageToken: (token: string) => ServiceError;
}

type PageWords = Pick<ServiceWords, 'pageSize' | 'pageToken'>;

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const camelPath = (path: string) => path.split('.').map(lowerFirst).join('.');
const shown = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** The sentence that most of AWS's validation shares. */
const constraint = (path: string, value: unknown, constraint: string) =>
  `1 validation error detected: Value ${value === undefined ? 'null' : `'${shown(value)}'`} at '${path}' failed to satisfy constraint: ${constraint}`;

const lengthConstraint = (value: unknown, [min, max]: Bounds) => {
  const length = typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys(value as object).length;
  return `Member must have length ${length < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`}`;
};

const rangeConstraint = (value: number, [min, max]: Bounds) =>
  `Member must have value ${value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`}`;

const denial = (caller: string, permission: string) =>
  `User: ${caller} is not authorized to perform: ${permission} because no identity-based policy allows the ${permission} action`;

/** Validation with one code and the shared sentence. `named` makes the sentence's path of the SDK's. */
function validation(
  code: string,
  named: (path: string, operation: AnyOperation) => string = camelPath,
): Omit<ServiceWords, keyof PageWords | 'malformed' | 'throttled' | 'failed' | 'denied' | 'expired'> {
  const refusal = (path: string, operation: AnyOperation, value: unknown, rule: string) =>
    new ServiceError(code, constraint(named(path, operation), value, rule));
  return {
    unknown: (path, operation) =>
      new ServiceError(code, `1 validation error detected: Unknown parameter '${named(path, operation)}'`),
    missing: (path, operation) => refusal(path, operation, undefined, 'Member must not be null'),
    wrongType: (path, value, expected, operation) =>
      refusal(path, operation, value, `Member must be of type ${expected}`),
    length: (path, value, bounds, operation) => refusal(path, operation, value, lengthConstraint(value, bounds)),
    range: (path, value, bounds, operation) => refusal(path, operation, value, rangeConstraint(value, bounds)),
    pattern: (path, value, pattern, operation) =>
      refusal(path, operation, value, `Member must satisfy regular expression pattern: ${pattern.source}`),
    values: (path, value, values, operation) =>
      refusal(path, operation, value, `Member must satisfy enum value set: [${values.join(', ')}]`),
  };
}

/** The shared sentence about the size of a page, which names its member, and the service's own about the token. */
function pages(code: string, member: string, tokenText: (token: string) => string, tokenCode = code): PageWords {
  return {
    pageSize: (value, smallest, largest) => {
      const bound =
        Number(value) > largest ? `less than or equal to ${largest}` : `greater than or equal to ${smallest}`;
      return new ServiceError(code, constraint(member, value, `Member must have value ${bound}`));
    },
    pageToken: (token) => new ServiceError(tokenCode, tokenText(token)),
  };
}

/** The error messages of the JSON services besides validation. */
function json(throttle: string, throttleStatus: number) {
  return {
    malformed: (why: string) => new ServiceError('SerializationException', why),
    throttled: () => new ServiceError(throttle, 'Rate exceeded', throttleStatus),
    failed: () => new ServiceError('InternalFailure', 'We encountered an internal error. Please try again.', 500),
    denied: (caller: string, permission: string) =>
      new ServiceError('AccessDeniedException', denial(caller, permission), 403),
    expired: () =>
      new ServiceError('ExpiredTokenException', 'The security token included in the request is expired', 403),
  };
}

const THROTTLING = json('ThrottlingException', 400);

/** The error messages of the query services besides validation. */
const query = {
  malformed: (why: string) => new ServiceError('MalformedInput', why),
  throttled: () => new ServiceError('Throttling', 'Rate exceeded'),
  failed: () => new ServiceError('InternalFailure', 'An internal error has occurred. Retry your query later.', 500),
  denied: (caller: string, permission: string) => new ServiceError('AccessDenied', denial(caller, permission), 403),
  expired: () => new ServiceError('ExpiredToken', 'The security token included in the request is expired', 403),
};

/**
 * Members that EC2 names as the wire does, and not as the SDK does: "must contain the parameter
 * resourceIdSet" is its response to CreateTags without resources; DeleteTags is assumed to be like it [I].
 */
const WIRE_NAMES: Readonly<Record<string, string>> = { Resources: 'resourceIdSet', Tags: 'tagSet' };

function ec2Name(path: string, { name }: AnyOperation): string {
  return name === 'CreateTags' || name === 'DeleteTags' ? (WIRE_NAMES[path] ?? camelPath(path)) : camelPath(path);
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const ec2: ServiceWords = {
  unknown: (path) => new ServiceError('UnknownParameter', `The parameter ${path} is not recognized`),
  missing: (path, operation) =>
    new ServiceError('MissingParameter', `The request must contain the parameter ${ec2Name(path, operation)}`),
  wrongType: (path, value, expected) =>
    new ServiceError(
      'InvalidParameterValue',
      `Value (${shown(value)}) for parameter ${camelPath(path)} is invalid. Expected ${expected}.`,
    ),
  length: (path, value, [min, max]) =>
    new ServiceError(
      'InvalidParameterValue',
      `Value (${shown(value)}) for parameter ${camelPath(path)} is invalid. Its length must be between ${min} and ${max}.`,
    ),
  range: (path, value, [min, max]) =>
    new ServiceError(
      'InvalidParameterValue',
      `Value (${value}) for parameter ${camelPath(path)} is invalid. Expected a value between ${min} and ${max}.`,
    ),
  pattern: (path, value) =>
    new ServiceError('InvalidParameterValue', `Value (${value}) for parameter ${camelPath(path)} is invalid.`),
  values: (path, value, values) =>
    new ServiceError(
      'InvalidParameterValue',
      `Value (${value}) for parameter ${camelPath(path)} is invalid. Expected one of: ${values.join(', ')}.`,
    ),
  malformed: (why) => new ServiceError('InvalidQueryParameter', why),
  throttled: () => new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503),
  failed: () => new ServiceError('InternalError', 'An internal error has occurred', 500),
  denied: (caller, permission) =>
    new ServiceError(
      'UnauthorizedOperation',
      `You are not authorized to perform this operation. ${denial(caller, permission)}`,
      403,
    ),
  expired: () => new ServiceError('RequestExpired', 'Request has expired.'),
  pageSize: (value, smallest, largest) =>
    new ServiceError(
      'InvalidParameterValue',
      `Value ( ${value} ) for parameter maxResults is invalid. Expecting a value ` +
        (Number(value) > largest ? `less than or equal to ${largest}.` : `greater than or equal to ${smallest}.`),
    ),
  pageToken: () => new ServiceError('InvalidNextToken', 'The specified NextToken is not valid.'),
};

/** A path of API Gateway V1 begins with the operation's input: `putIntegrationInput.type`. */
function inputPath(path: string, { name }: AnyOperation): string {
  const inside = path === '' ? '' : `.${path.replace(/\.\d+(?=\.|$)/g, '$&.member')}`;
  return `${lowerFirst(name)}Input${inside}`;
}

/** @see https://github.com/localstack/localstack `test_apigateway_api.snapshot.json`, put_integration_wrong_type */
const apigateway: ServiceWords = {
  ...validation('ValidationException', inputPath),
  ...json('TooManyRequestsException', 429),
  malformed: () => new ServiceError('BadRequestException', 'Invalid request body'),
  throttled: () => new ServiceError('TooManyRequestsException', 'Too Many Requests', 429, { retryAfterSeconds: '1' }),
  pageSize: (value) => new ServiceError('BadRequestException', `Invalid value for limit: ${value}`),
  pageToken: () => new ServiceError('BadRequestException', 'Invalid position value'),
};

/** The error messages of a service with one code for validation and pages. */
const common = (
  code: string,
  others: typeof query,
  ...page: [string, (token: string) => string, tokenCode?: string]
) => ({ ...validation(code), ...others, ...pages(code, ...page) });

const BY_SERVICE: Readonly<Record<ServiceName, ServiceWords>> = {
  ec2,
  apigateway,
  apigatewayv2: {
    ...validation('BadRequestException'),
    ...json('TooManyRequestsException', 429),
    malformed: () => new ServiceError('BadRequestException', 'Invalid request body'),
    throttled: () => new ServiceError('TooManyRequestsException', 'Too Many Requests', 429),
    pageSize: (value) => new ServiceError('BadRequestException', `Invalid value for maxResults: ${value}`),
    pageToken: () => new ServiceError('BadRequestException', 'Invalid nextToken value'),
  },
  elasticloadbalancingv2: common('ValidationError', query, 'pageSize', (token) => `Marker '${token}' is not valid`),
  sts: common('ValidationError', query, 'maxItems', () => 'The token is not valid.'),
  iam: common('ValidationError', query, 'maxItems', (token) => `Invalid Marker: ${token}`),
  route53: common('InvalidInput', query, 'maxItems', (token) => `The marker ${token} is not valid.`),
  autoscaling: common('ValidationError', query, 'maxRecords', () => 'The token is not valid.', 'InvalidNextToken'),
  logs: common('InvalidParameterException', THROTTLING, 'limit', () => 'The specified nextToken is invalid.'),
  servicediscovery: common('InvalidInput', THROTTLING, 'maxResults', () => 'Invalid NextToken'),
  acm: common('ValidationException', THROTTLING, 'maxItems', () => 'The token is not valid.'),
  ecs: common('InvalidParameterException', THROTTLING, 'maxResults', () => 'Invalid token'),
  directconnect: common('DirectConnectClientException', THROTTLING, 'maxResults', () => 'The nextToken is not valid.'),
  servicequotas: common(
    'IllegalArgumentException',
    json('TooManyRequestsException', 400),
    'maxResults',
    () => 'Invalid pagination token',
    'InvalidPaginationTokenException',
  ),
};

const ONE = '1 validation error detected: ';

/**
 * Several problems of one request: services with the shared sentence count and join them, others say the first.
 * @see https://github.com/localstack/localstack snapshots test_create_rest_api_with_endpoint_configuration and
 * test_update_method_response_wrong_operations
 */
export function joined(problems: readonly ServiceError[]): ServiceError {
  const [first] = problems;
  if (!first) throw new Error('There is no problem.');

  const sentences = problems.flatMap(({ message }) => message.split(ONE)[1] ?? []);
  if (problems.length === 1 || sentences.length < problems.length) return first;

  const text = `${problems.length} validation errors detected: ${sentences.join('; ')}`;
  return Object.assign(new ServiceError(first.code, text), { isOfList: problems.every((one) => one.isOfList) });
}

/** The error messages of a service. */
export function words(service: ServiceName): ServiceWords {
  return BY_SERVICE[service];
}
