import {
  NOT_REACHED,
  noBackend,
  noRoute,
  refused,
  type CalledRoute,
  type CallerAnswer,
  type GatewayRules,
  type MadeAnswer,
} from '@postern/core/internal/kinds';
import { executeApi } from '../../cloud/gateway-rules.js';

/**
 * Answers of a REST API itself name the type of the error. A call that is not signed is answered as one of a
 * missing method is.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 * @see https://repost.aws/knowledge-center/api-gateway-500-error-vpc
 */
function restApi({ status, headers }: CallerAnswer, { guarded }: CalledRoute): MadeAnswer | undefined {
  const [type] = (headers['x-amzn-errortype'] ?? '').split(':');
  if (type === undefined || type === '') return undefined;
  if (type === 'MissingAuthenticationTokenException' && guarded !== true)
    return noRoute(`the gateway has no such method on this stage (${type})`);
  if (status >= 500) return noBackend(`${NOT_REACHED} (${type})`);

  return refused(`the gateway refused the call (${type})`);
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html#invalidate-method-caching */
export const REST_API_RULES: GatewayRules = {
  own: executeApi,
  stage: { in: 'path' },
  madeAnswer: restApi,
  passesCache: { 'cache-control': 'max-age=0' },
};
