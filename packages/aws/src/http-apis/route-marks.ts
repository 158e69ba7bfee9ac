import { isShortMark, isShortMarkOf, routeIdentity, shortMark, type Owner } from '@postern/core/internal/adapter';
import type { IntegrationShape, RouteOutput } from '../sdk-types.js';
import { namesRoute, ownerOfIntegration } from './integration-marks.js';

/** The member of a route that its mark is in. */
export type RouteName = { readonly OperationName: string };

/**
 * The mark of a route, in its `OperationName`, which may have 64 characters: so each call that creates or changes a route writes its
 * mark, too, and no two writers share a text. The SDK limits the member to no kind of API [U].
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html
 */
export function markOfRoute(apiId: string, key: string, owner: Owner): RouteName {
  return { OperationName: shortMark(owner, routeIdentity(apiId, key)) };
}

/** Whether a route has a name of its own, which stays: an import of an OpenAPI document gives it one. The mark of its integration names it then. */
export function hasName({ OperationName = '' }: Pick<RouteOutput, 'OperationName'>): boolean {
  return OperationName !== '' && !isShortMark(OperationName);
}

/**
 * The owner of a route: that of its integration, where the route has a mark of that owner, or the mark of the integration names the
 * route. Otherwise its mark may be a copy.
 */
export function ownerOfRoute(
  apiId: string,
  { RouteKey, OperationName }: Pick<RouteOutput, 'RouteKey' | 'OperationName'>,
  integration: IntegrationShape,
): Owner | undefined {
  const owner = ownerOfIntegration(apiId, integration);
  if (owner === undefined || namesRoute(integration, RouteKey)) return owner;

  return isShortMarkOf(OperationName, owner, routeIdentity(apiId, RouteKey)) ? owner : { ...owner, unbound: true };
}
