import type { ExportRow, OwnedTarget } from '@postern/core/internal/overlay';
import { link, route } from '../../plans/export.js';

/** …/apig_gateway: the ID of the gateway. */
export const gatewayRow = link('alicloud_apig_gateway');

/** …/apig_service: the ID of the service. Targets of one service differ in their port. */
export const serviceRow: ExportRow<OwnedTarget> = {
  type: 'alicloud_apig_service',
  key: ({ target }) => serviceOf(target.id),
  name: ({ name }) => name,
  importId: ({ target }) => serviceOf(target.id),
};

const serviceOf = (id: string): string => id.replace(/:\d+$/, '');

/** …/apig_route: `API:ROUTE`. */
export const apigRouteRow = route('alicloud_apig_route');
