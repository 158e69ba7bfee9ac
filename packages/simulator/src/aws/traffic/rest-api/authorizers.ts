import type { AuthorizerRow } from '../../rest-api/state.js';
import { mappedValue } from '../../rest-api/execution/mapped-value.js';
import type { Refusal, Visit } from './visit.js';

/**
 * Refuses a call without the credentials that its method asks for. Functions, user pools and policies of IAM are not
 * simulated: credentials that are there are accepted, unless another answer of the function is planted.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export function authorizerRefusal(visit: Visit): Refusal | undefined {
  const { copy, route, request, call } = visit;
  const { authorizationType = 'NONE', authorizerId = '' } = route.method;
  if (authorizationType === 'NONE') return undefined;
  if (authorizationType === 'AWS_IAM') return unsigned(call.headers['authorization']);
  const row = copy.authorizers.get(authorizerId);
  if (!row) return unauthorized(`The method has no authorizer ${authorizerId}.`);
  const sources = sourcesOf(row);
  const missing = sources.find((source) => !mappedValue(request, source));
  if (missing !== undefined) return unauthorized(`The call has no ${missing}, which authorizer ${row.name} requires.`);
  const { identityValidationExpression: expression = '' } = row;
  const token = mappedValue(request, sources[0] ?? '') ?? '';
  if (row.type === 'TOKEN' && expression !== '' && !matches(expression, token)) {
    return unauthorized(`The token does not match the expression of authorizer ${row.name}.`);
  }
  return row.type === 'COGNITO_USER_POOLS' ? undefined : byFunction(visit, row);
}

/** The messages are those of the service; the type of the second is [U]. */
function byFunction({ ground, view }: Visit, { id, name }: AuthorizerRow): Refusal | undefined {
  const planted = ground.region.apiGateway.authorizerAnswers.get(`${view.fields.id}/${id}`) ?? 'allow';
  if (planted === 'allow') return undefined;
  if (planted === 'deny') {
    const message = 'User is not authorized to access this resource with an explicit deny';
    return { type: 'ACCESS_DENIED', outcome: 'unauthorized', because: `Authorizer ${name} denies the call.`, message };
  }
  const because = `The function of authorizer ${name} cannot be invoked.`;
  return { type: 'AUTHORIZER_FAILURE', outcome: 'unauthorized', because };
}

/** `method.request.header.Authorization, method.request.querystring.tenant`. A user pool reads the one header. */
function sourcesOf({ identitySource = '', type }: AuthorizerRow): readonly string[] {
  const sources = identitySource.split(',').flatMap((source) => (source.trim() === '' ? [] : [source.trim()]));
  return sources.length === 0 && type !== 'REQUEST' ? ['method.request.header.Authorization'] : sources;
}

/** The whole token has to match. An expression that is none matches nothing [I]. */
function matches(expression: string, token: string): boolean {
  try {
    return new RegExp(`^(?:${expression})$`).test(token);
  } catch {
    return false;
  }
}

function unsigned(authorization: string | undefined): Refusal | undefined {
  if (authorization?.startsWith('AWS4-HMAC-SHA256 ') === true) return undefined;
  const because = 'The method asks for a signature of AWS (Authorization: AWS4-HMAC-SHA256 …), and the call has none.';
  return { type: 'MISSING_AUTHENTICATION_TOKEN', outcome: 'unauthorized', because };
}

function unauthorized(because: string): Refusal {
  return { type: 'UNAUTHORIZED', outcome: 'unauthorized', because };
}
