import type { AlibabaCall } from '../../operation/call.js';
import { currentRevision } from '../api/publish.js';
import { gatewayOfEnvironment, getConsumer } from '../request/find.js';
import { LIST_LAG_MS } from '../request/page.js';
import { refusals } from '../request/refusals.js';
import type { AuthorizationRow } from '../state.js';

/** A rule as requests write it. */
export interface GivenAuthorization {
  readonly consumerId?: string;
  readonly principalType?: string;
  readonly resourceType?: string;
  readonly expireMode?: string;
  readonly expireTimestamp?: number;
  readonly resourceIdentifier?: {
    readonly resourceId?: string;
    readonly parentResourceId?: string;
    readonly environmentId?: string;
    readonly resources?: readonly string[];
  };
}

/** The kinds of resources, by their names in requests. Those of operations and APIs are [I]. */
const KINDS: Readonly<Record<string, 'route' | 'operation' | 'api'>> = {
  HttpApiRoute: 'route',
  HttpApiOperation: 'operation',
  RestApiOperation: 'operation',
  RestApi: 'api',
  HttpApi: 'api',
};

/**
 * Lets a consumer call resources: routes, operations, or all of an API. What is not published cannot be authorized.
 * @throws {AlibabaError} `NotFound.ConsumerNotFound`; `InvalidParameter`; `Conflict.ResourceNotDeployed` [I];
 *   `Conflict.ConsumerAuthorizationForbidden` for a resource that the consumer may call already
 */
export function newAuthorizations(call: AlibabaCall, given: GivenAuthorization): readonly AuthorizationRow[] {
  const { consumerId = '', principalType = 'Consumer', resourceType = '', expireMode = 'LongTerm' } = given;
  if (principalType !== 'Consumer') throw refusals.invalid('principalType', 'Groups of consumers are not simulated.');
  const { id } = getConsumer(call.state, consumerId);
  const kind = KINDS[resourceType];
  if (!kind) throw refusals.invalid('resourceType', `It is one of ${Object.keys(KINDS).join(', ')}.`);
  const { resourceId, resources = [], parentResourceId = '', environmentId = '' } = given.resourceIdentifier ?? {};
  const ids = resourceId === undefined ? resources : [resourceId];
  if (ids.length === 0) throw refusals.invalid('resourceIdentifier.resourceId', 'It is required.');
  const gateway = gatewayOfEnvironment(call.state, environmentId);
  return ids.map((one) => {
    if (!isPublished(call, kind, one, gateway.id)) throw refusals.notPublished(one);
    const same = [...call.state.apig.authorizations.values()].some(
      (row) => row.consumerId === id && row.resourceId === one && row.environmentId === gateway.environmentId,
    );
    if (same) throw refusals.authorized(one);
    return {
      id: call.id('car-', 20),
      consumerId: id,
      resourceType,
      resourceId: one,
      parentResourceId,
      environmentId: gateway.environmentId,
      expireMode,
      expiresAt: given.expireTimestamp,
      listedFrom: call.now + Math.floor(call.random() * LIST_LAG_MS),
      createdAt: call.now,
    };
  });
}

function isPublished(
  { state }: AlibabaCall,
  kind: 'route' | 'operation' | 'api',
  id: string,
  gatewayId: string,
): boolean {
  const { routes, apis } = state.apig;
  if (kind === 'route') return routes.get(id)?.published !== undefined && routes.get(id)?.gatewayId === gatewayId;
  const current = [...apis.values()].flatMap((api) => {
    const revision = currentRevision(api, gatewayId);
    return revision ? [{ apiId: api.id, revision }] : [];
  });
  if (kind === 'operation') return current.some(({ revision }) => revision.operations.some((row) => row.id === id));
  const hasRoute = [...routes.values()].some((row) => row.apiId === id && row.published && row.gatewayId === gatewayId);
  return hasRoute || current.some(({ apiId }) => apiId === id);
}
