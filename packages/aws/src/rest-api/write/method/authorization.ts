import type { CallContext } from '@postern/core';
import { CloudError, isPosternError } from '@postern/core/adapter';
import type { RestMethodOutput } from '../../../sdk-types.js';
import type { Session } from '../../../client/session.js';
import { isResourceId } from '../../../gateway/resource-id.js';

/** How callers of a method are authorized, as API Gateway writes it. */
export interface Authorization {
  readonly authorizationType: string;
  readonly authorizerId?: string;
}

/**
 * What the setting `authorizer` means: `none`, `iam`, or the ID of an authorizer, whose type is read. `is` is
 * the method as it is now.
 * @throws {CloudError} `NOT_FOUND` where the API has no such authorizer
 */
export async function authorizationOf(
  session: Session,
  restApiId: string,
  authorizer: string,
  ctx: CallContext,
  is?: RestMethodOutput,
): Promise<Authorization> {
  if (authorizer === 'none') return { authorizationType: 'NONE' };
  if (authorizer === 'iam') return { authorizationType: 'AWS_IAM' };
  const { authorizationType, authorizerId } = is ?? {};
  if (authorizerId === authorizer && authorizationType !== undefined) return { authorizationType, authorizerId };
  const type = await typeOf(session, restApiId, authorizer, ctx);
  return { authorizationType: type === 'COGNITO_USER_POOLS' ? type : 'CUSTOM', authorizerId: authorizer };
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html */
async function typeOf(
  session: Session,
  restApiId: string,
  authorizerId: string,
  ctx: CallContext,
): Promise<string | undefined> {
  if (!isResourceId(authorizerId)) throw unknown(restApiId, authorizerId);
  try {
    const { type } = await session.call(ctx, 'apigateway', 'GetAuthorizer', { restApiId, authorizerId });
    return type;
  } catch (error) {
    throw isPosternError(error, 'NOT_FOUND') ? unknown(restApiId, authorizerId, error) : error;
  }
}

function unknown(restApiId: string, authorizerId: string, cause?: unknown): CloudError {
  return new CloudError('NOT_FOUND', `${restApiId} has no authorizer ${authorizerId}`, {
    operation: 'GetAuthorizer',
    remedy: 'Write the ID of an authorizer of this REST API, `iam` or `none`.',
    cause,
  });
}
