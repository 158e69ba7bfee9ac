import { bills, cn, integration, moved, orders, ORDERS, spec, type Specs } from './lines.js';

const sales = integration('sales', 'cn', "'GET /sales': t");
const stages = (names: string) => integration('orders', 'cn', ORDERS, { stages: names });

/** APIs, authorizations and stages. */
export const ROUTES: Specs = {
  create: [spec([cn], [orders])],
  'add a route': [spec([cn], [orders]), spec([cn], [integration('orders', 'cn', `${ORDERS}, 'GET /orders/{id}': t`)])],
  'remove a route': [
    spec([cn], [integration('orders', 'cn', `${ORDERS}, 'GET /orders/{id}': t`)]),
    spec([cn], [orders]),
  ],
  'change a target': [spec([cn], [orders]), spec([cn], [integration('orders', 'cn', ORDERS, { target: 1 })])],
  'change a port': [spec([cn], [orders]), spec([cn], [integration('orders', 'cn', ORDERS, { port: 8080 })])],
  'two integrations': [spec([cn], [orders, bills])],
  'add an integration': [spec([cn], [orders]), spec([cn], [orders, bills])],
  'remove an integration': [spec([cn], [orders, bills]), spec([cn], [orders])],
  'two stages, then one': [spec([cn], [stages('RELEASE, TEST')]), spec([cn], [orders])],
  'one stage, then two': [spec([cn], [orders]), spec([cn], [stages('RELEASE, TEST')])],
  'another stage': [spec([cn], [stages('TEST')]), spec([cn], [orders])],
  'rename an integration': [
    spec([cn], [orders]),
    spec([cn], [integration('sales', 'cn', ORDERS)], moved('integrations.orders', 'integrations.sales')),
  ],
  'rename a target': [
    spec([cn], [orders]),
    spec(
      [cn],
      [integration('orders', 'cn', "'GET /orders': u", { as: 'u' })],
      moved('integrations.orders.targets.t', 'integrations.orders.targets.u'),
    ),
  ],
  'move a route to another integration': [
    spec([cn], [integration('orders', 'cn', `${ORDERS}, 'GET /bills': t`)]),
    spec([cn], [orders, bills]),
  ],
  // One after the other: of two at once either one may create the authorization of the target.
  'one target of two integrations': [spec([cn], [orders]), spec([cn], [orders, sales]), spec([cn], [sales])],
};
