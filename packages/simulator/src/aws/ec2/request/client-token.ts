import type { AwsCall } from '../../operation/call.js';
import { ServiceError } from '../../operation/service-error.js';

/**
 * The parameters that must be equal for one token. The token itself is left out. The order of members does
 * not matter.
 */
function parametersOf(input: object): string {
  return JSON.stringify(
    Object.entries(input)
      .filter(([key, value]) => key !== 'ClientToken' && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/**
 * Creates once per client token: the same call again answers the resource of the first, if it still exists.
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
 * @throws {ServiceError} `IdempotentParameterMismatch` for a token that stood for another request.
 */
export function oncePerToken<R extends { readonly id: string }>(
  call: AwsCall,
  operation: string,
  input: { readonly ClientToken?: string | undefined },
  find: (id: string) => R | undefined,
  create: () => R,
): R {
  const token = input.ClientToken;
  if (token === undefined || token === '') return create();
  const key = `${operation}/${token}`;
  const parameters = parametersOf(input);
  const earlier = call.state.ec2.clientTokens.get(key);
  if (earlier !== undefined && earlier.parameters !== parameters) {
    throw new ServiceError(
      'IdempotentParameterMismatch',
      'The request uses the same client token as a previous, but non-identical request.',
    );
  }
  const row = (earlier && find(earlier.resourceId)) ?? create();
  call.state.ec2.clientTokens.set(key, { operation, parameters, resourceId: row.id });
  return row;
}
