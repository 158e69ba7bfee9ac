import type { AlibabaCall } from '../../operation/call.js';
import { environmentView, gatewayInfo, subDomainViews } from '../gateway/gateway-view.js';
import type { HttpRouteRow } from '../state.js';
import { backendView, domainInfos } from './api-view.js';
import { deployStatus } from './publish.js';

/**
 * A route as answers show it, which is its draft: `backendConfig` is read as `backend`, `domainIds` as `domainInfos`, and the environment
 * with all about its gateway.
 */
export function routeView({ state, now }: AlibabaCall, row: HttpRouteRow): Record<string, unknown> {
  const gateway = state.apig.gateways.get(row.gatewayId);
  const status = deployStatus(now, row.published !== undefined, row.changesUntil);
  const { path, methods, headers, queryParams, ignoreUriCase } = row.match;
  return {
    routeId: row.id,
    name: row.name,
    description: row.description,
    match: { path, methods, headers, queryParams, ignoreUriCase },
    backend: backendView(state, row),
    domainInfos: domainInfos(state, row.domainIds),
    ...(gateway && {
      environmentInfo: {
        ...environmentView(gateway),
        gatewayInfo: gatewayInfo(gateway),
        subDomains: subDomainViews(gateway.subDomains),
      },
    }),
    deployStatus: status,
    gatewayStatus: { [row.gatewayId]: status },
    builtin: 'false',
    createTimestamp: row.createdAt,
    updateTimestamp: row.modifiedAt,
  };
}
