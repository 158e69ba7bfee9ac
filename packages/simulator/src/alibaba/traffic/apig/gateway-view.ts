import { currentRevision } from '../../apig/api/publish.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import type {
  ApigDomainRow,
  ApigGatewayRow,
  ApigServiceRow,
  AuthorizationRow,
  ConsumerRow,
  HttpApiRow,
  HttpRouteRow,
  PolicyAttachmentRow,
  PolicyRow,
} from '../../apig/state.js';

/** What the data path of a gateway looks at. */
export interface ApigView {
  readonly gateway: ApigGatewayRow;
  /** Of this gateway, published or not. */
  readonly routes: readonly HttpRouteRow[];
  readonly apis: readonly HttpApiRow[];
  readonly domains: readonly ApigDomainRow[];
  readonly services: readonly ApigServiceRow[];
  readonly policies: readonly PolicyRow[];
  readonly attachments: readonly PolicyAttachmentRow[];
  readonly consumers: readonly ConsumerRow[];
  readonly authorizations: readonly AuthorizationRow[];
}

/** A gateway as it is now; undefined where there is none. Rows are never changed in place. */
export function readApigView({ apig }: AlibabaRegionState, id: string): ApigView | undefined {
  const gateway = apig.gateways.get(id);
  if (!gateway) return undefined;
  const routes = [...apig.routes.values()].filter(({ gatewayId }) => gatewayId === id);
  const withRoutes = new Set(routes.map(({ apiId }) => apiId));
  const apis = [...apig.apis.values()].filter((api) => withRoutes.has(api.id) || currentRevision(api, id));
  return {
    gateway,
    routes,
    apis,
    domains: [...apig.domains.values()],
    services: [...apig.services.values()].filter(({ gatewayId }) => gatewayId === id),
    policies: [...apig.policies.values()],
    attachments: [...apig.policyAttachments.values()],
    consumers: [...apig.consumers.values()],
    authorizations: [...apig.authorizations.values()],
  };
}

/** Whether two views show the same rows. */
export function isSameApigView(a: ApigView, b: ApigView): boolean {
  const lists = (view: ApigView): readonly unknown[] => Object.values(view).flat() as unknown[];
  const [one, other] = [lists(a), lists(b)];
  return one.length === other.length && one.every((row, at) => row === other[at]);
}
