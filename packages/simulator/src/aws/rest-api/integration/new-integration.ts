import type { Integration } from '@aws-sdk/client-api-gateway';
import { isHttp } from './uri.js';

/**
 * An integration with the service's defaults. A MOCK integration has neither URI nor method.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 */
export function newIntegration(resourceId: string, input: Integration): Integration {
  const { uri, httpMethod, ...rest } = input;
  return {
    cacheKeyParameters: [],
    cacheNamespace: resourceId,
    passthroughBehavior: 'WHEN_NO_MATCH',
    timeoutInMillis: 29_000,
    ...(isHttp(input) && { connectionType: 'INTERNET' as const }),
    ...defined(rest),
    ...(input.type !== 'MOCK' && defined({ uri, httpMethod })),
  };
}

/** The members that are set: an undefined one must not replace a default. */
function defined<T extends object>(row: T): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as T;
}
