import type { GatewayKind } from '../../../do/model/gateway-kind.js';
import type { LinkKind } from '../../../do/model/link.js';
import type { Target } from '../../../do/model/target.js';
import type { Owned, OwnedLink, OwnedRoute, OwnedTarget } from '../owned.js';
import type { ExportRow } from '../row.js';
import { accessRow, apigRouteRow, apiRow, gatewayRow, instanceRow, serviceRow } from './alibaba.js';
import { balancerLinkRow, groupRow, integrationRow, routeRow, vpcLinkRow } from './aws.js';
import { methodRow, restIntegrationRow } from './rest.js';

/** The resource of each kind of link; none: Postern creates no such link. */
const LINKS: Partial<Record<LinkKind, ExportRow<OwnedLink>>> = {
  'vpc-link-v2': vpcLinkRow,
  'vpc-link-v1': balancerLinkRow,
  'integration-instance': instanceRow,
  'apig-gateway': gatewayRow,
};

/** The resources of a route of each kind of gateway. */
const ROUTES: Readonly<Record<GatewayKind, readonly ExportRow<OwnedRoute>[]>> = {
  'http-api': [integrationRow, routeRow],
  'websocket-api': [integrationRow, routeRow],
  'rest-api': [methodRow, restIntegrationRow],
  'api-group': [apiRow],
  'apig-http-api': [apigRouteRow],
};

/** The resource of each kind of target that is one. */
const TARGETS: Partial<Record<Target['kind'], ExportRow<OwnedTarget>>> = {
  instance: accessRow,
  address: accessRow,
  'apig-service': serviceRow,
};

/** One thing with its row. */
export interface Exportable<T = unknown> {
  readonly row: ExportRow<T>;
  readonly one: T;
}

/** What of a region becomes a resource, each thing once, in the order of a file. */
export function exportables({ links, routes, targets }: Owned): readonly Exportable[] {
  const all = [
    ...links.flatMap((one) => [
      ...(one.group === undefined ? [] : [pair(groupRow, { ...one, group: one.group })]),
      ...of(LINKS[one.link.kind], one),
    ]),
    ...targets.flatMap((one) => of(TARGETS[one.target.kind], one)),
    ...routes.flatMap((one) => (ROUTES[one.gateway.kind] ?? []).map((row) => pair(row, one))),
  ];
  const seen = new Map(all.toReversed().map((one) => [`${one.row.type} ${one.row.key(one.one)}`, one] as const));
  return all.filter((one) => seen.get(`${one.row.type} ${one.row.key(one.one)}`) === one);
}

const of = <T>(row: ExportRow<T> | undefined, one: T): readonly Exportable[] =>
  row === undefined ? [] : [pair(row, one)];

// A row is only ever called with what it is paired with.
const pair = <T>(row: ExportRow<T>, one: T): Exportable => ({ row, one }) as unknown as Exportable;
