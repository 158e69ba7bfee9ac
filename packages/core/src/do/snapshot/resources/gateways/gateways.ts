import { strict } from '../../../forms/form.js';
import { gatewayShape, type Gateway, type GatewayIntegration } from '../../../model/gateway.js';
import type { Route } from '../../../model/route.js';
import { part, resource } from '../resource.js';

const routePart = part<Route>('route', ({ key }) => key);

/** See {@link Gateway}. */
export const gateways = resource(strict<Gateway>()(gatewayShape), {
  always: true,
  key: 'id',
  by: ['kind', 'id'],
  noun: 'gateway',
  diffOrder: 20,
  holds: 'scope',
  wholeWithGateways: true,
  parts: {
    routes: routePart,
    // What a stage serves, and its canary, has routes.
    stages: { noun: 'stage', key: ({ name }) => String(name), parts: { routes: routePart } },
    integrations: part<GatewayIntegration>('integration', ({ id }) => id),
  },
});
