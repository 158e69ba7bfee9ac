import { AB, BC, bills, integration, link, moved, orders, ORDERS, spec, type Specs } from './lines.js';

const eu = link('eu', AB);
const manual = integration('orders', 'eu', ORDERS, { gateway: 'manual' });

export const HTTP_API: Specs = {
  create: [spec([eu], [orders])],
  'add a route': [spec([eu], [orders]), spec([eu], [integration('orders', 'eu', `${ORDERS}, 'GET /orders/{id}': t`)])],
  'change a target': [spec([eu], [orders]), spec([eu], [integration('orders', 'eu', ORDERS, { target: 'bills' })])],
  'two integrations': [spec([eu], [orders, bills])],
  'remove an integration': [spec([eu], [orders, bills]), spec([eu], [orders])],
  'manual deployment': [spec([eu], [manual])],
  'replace with a manual deployment': [spec([eu], [manual]), spec([link('eu', BC)], [manual])],
  'rename an integration': [
    spec([eu], [orders]),
    spec(
      [eu],
      [integration('sales', 'eu', ORDERS, { target: 'orders' })],
      moved('integrations.orders', 'integrations.sales'),
    ),
  ],
  'rename a target': [
    spec([eu], [orders]),
    spec(
      [eu],
      [integration('orders', 'eu', "'GET /orders': u", { as: 'u' })],
      moved('integrations.orders.targets.t', 'integrations.orders.targets.u'),
    ),
  ],
  'move a route to another integration': [
    spec([eu], [integration('orders', 'eu', `${ORDERS}, 'GET /bills': t`)]),
    spec([eu], [orders, bills]),
  ],
  'settings of a route': [
    spec([eu], [orders]),
    spec([eu], [integration('orders', 'eu', "'GET /orders': { target: t, timeout: 10s, host: orders.internal }")]),
  ],
};
