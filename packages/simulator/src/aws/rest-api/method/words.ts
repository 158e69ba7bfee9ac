import { ServiceError } from '../../operation/service-error.js';
import { badRequest, conflict, notFound } from '../words.js';

/**
 * The sentences on methods and responses.
 * @see https://github.com/localstack/localstack `test_apigateway_api.snapshot.json`
 */
export const METHOD_WORDS = {
  verb: () => badRequest('Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY'),
  methodExists: () => conflict('Method already exists for this resource'),
  authorizer: () =>
    badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid ' +
        'authorizer.',
    ),
  /** [U] */
  authorizationType: () => badRequest('Invalid authorization type specified'),
  requestValidator: () => badRequest('Invalid Request Validator identifier specified'),
  model: (name: string) => badRequest(`Invalid model identifier specified: ${name}`),
  parameterNames: () => badRequest('Parameter names must be unique across querystring, header and path'),
  responseExists: () => conflict('Response already exists for this resource'),
  responseNotFound: () => notFound('Invalid Response status code specified'),
  parameterNotFound: () => notFound('Invalid parameter name specified'),
  contentTypeNotFound: () => notFound('Content-Type specified was not found'),
  statusCode: (code: string) =>
    new ServiceError(
      'ValidationException',
      `1 validation error detected: Value '${code}' at 'statusCode' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [1-5]\\d\\d',
    ),
  /** A value that is not a mapping expression. */
  expression: (text: string) => mappingError(`Invalid mapping expression specified: ${text}`),
  /** A parameter that the method does not declare. */
  parameter: (name: string) => mappingError(`Invalid mapping expression parameter specified: ${name}`),
  /** A key of templates that is not a content type. */
  contentType: (text: string) =>
    badRequest(`Validation Result: warnings : [], errors : [Invalid content type specified: ${text}]`),
} as const;

function mappingError(error: string): ServiceError {
  return badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${error}]`);
}
