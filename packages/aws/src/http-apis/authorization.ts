import { CloudError, unlessGone, type RouteCall, type CallContext } from '@postern/core/internal/adapter';
import type { RouteInput, RouteOutput } from '../sdk-types.js';
import type { Session } from '../client/session.js';
import { isResourceId } from '../gateways/integration-target.js';

/** What a route declares of its authorization. */
export type AuthorizationInput = Pick<RouteInput, 'AuthorizationType' | 'AuthorizerId' | 'AuthorizationScopes'>;

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html */
const WITHOUT_ID = new Map([
  ['none', 'NONE'],
  ['iam', 'AWS_IAM'],
] as const);

/**
 * The declared authorization of a route: the type of an authorizer decides that of the route.
 * @throws {CloudError} `NOT_FOUND` for an authorizer that the API does not have.
 */
export async function authorizationInput(
  session: Session,
  { gatewayId, settings = {} }: Pick<RouteCall, 'gatewayId' | 'settings'>,
  ctx: CallContext,
): Promise<AuthorizationInput> {
  const { authorizer, scopes } = settings;
  const declared = scopes === undefined ? {} : { AuthorizationScopes: [...scopes] };
  if (authorizer === undefined) return declared;

  const type = WITHOUT_ID.get(authorizer as 'none' | 'iam');
  if (type !== undefined) return { AuthorizationType: type, ...declared };

  const AuthorizationType = await typeOf(session, gatewayId, authorizer, ctx);
  return { AuthorizationType, AuthorizerId: authorizer, ...declared };
}

/** `JWT` for an issuer of tokens, `CUSTOM` for a function. */
async function typeOf(
  session: Session,
  ApiId: string,
  AuthorizerId: string,
  ctx: CallContext,
): Promise<'JWT' | 'CUSTOM'> {
  const found = isResourceId(AuthorizerId)
    ? await unlessGone(session.call(ctx, 'apigatewayv2', 'GetAuthorizer', { ApiId, AuthorizerId }))
    : undefined;
  if (found !== undefined) return found.AuthorizerType === 'JWT' ? 'JWT' : 'CUSTOM';

  throw new CloudError('NOT_FOUND', `${ApiId} has no authorizer ${AuthorizerId}`, {
    operation: 'GetAuthorizer',
    remedy: 'Write none, iam, or the ID of an authorizer of the API.',
  });
}

/**
 * What of a declared authorization a route has otherwise. A change of the authorizer removes what the new one
 * does not have: an empty text removes the ID, an empty list the scopes.
 */
export function authorizationChanges(before: RouteOutput, wanted: AuthorizationInput): AuthorizationInput {
  const { AuthorizationType, AuthorizerId = '', AuthorizationScopes } = wanted;
  const hasScopes = before.AuthorizationScopes ?? [];
  const isOther =
    AuthorizationType !== undefined &&
    (before.AuthorizationType !== AuthorizationType || (before.AuthorizerId ?? '') !== AuthorizerId);
  const scopes = AuthorizationScopes ?? (isOther && AuthorizationType !== 'JWT' ? [] : hasScopes);
  const isSame = [...scopes].toSorted().join(' ') === hasScopes.toSorted().join(' ');
  return {
    ...(isOther ? { AuthorizationType } : {}),
    ...(isOther && (before.AuthorizerId ?? '') !== AuthorizerId ? { AuthorizerId } : {}),
    ...(isSame ? {} : { AuthorizationScopes: [...scopes] }),
  };
}
