import {
  AB,
  BC,
  bills,
  farLink,
  givenLink,
  integration,
  link,
  moved,
  orders,
  ORDERS,
  spec,
  type Specs,
} from './lines.js';

/** The balancers' subnets, and a block beside them. */
const [WIDE, SUBNETS, MORE] = ['172.31.0.0/16', '172.31.0.0/18', '172.31.64.0/18'];
const list = (...blocks: readonly string[]) => link('eu', AB, { allowlist: blocks.join(', ') });

/** Links of HTTP APIs: replaced, shared, renamed, with allowlists. */
export const LINKS: Specs = {
  'replace a link': [spec([link('eu', AB)], [orders]), spec([link('eu', BC)], [orders])],
  'leave one of two links': [
    spec([link('eu', AB), link('us', BC)], [orders, bills]),
    spec([link('eu', AB), link('us', BC)], [integration('orders', 'us', ORDERS), bills]),
  ],
  'rename a link': [
    spec([link('eu', AB)], [orders]),
    spec([link('main', AB)], [integration('orders', 'main', ORDERS)], moved('links.eu', 'links.main')),
  ],
  'two APIs on one link': [
    spec([link('eu', AB)], [orders, integration('bills', 'eu', "'GET /bills': t", { gateway: 'manual' })]),
    spec([link('eu', BC)], [orders, integration('bills', 'eu', "'GET /bills': t", { gateway: 'manual' })]),
  ],
  allowlist: [spec([list(WIDE)], [orders])],
  'widen an allowlist': [spec([list(SUBNETS)], [orders]), spec([list(SUBNETS, MORE)], [orders])],
  'narrow an allowlist': [spec([list(WIDE)], [orders]), spec([list(SUBNETS)], [orders])],
  'replace a link with an allowlist': [
    spec([list(SUBNETS)], [orders]),
    spec([link('eu', BC, { allowlist: WIDE })], [orders]),
  ],
  'tags of a link': [
    spec([link('eu', AB)], [orders]),
    spec([link('eu', AB, { more: ', name: edge, tags: { team: payments }' })], [orders]),
  ],
};

/** Ports and blocks that are not needed any more once the routes have changed: the gateways may still use them. */
export const PORTS: Specs = {
  'change a port under an allowlist': [
    spec([list(SUBNETS)], [orders]),
    spec([list(SUBNETS)], [integration('orders', 'eu', ORDERS, { port: 8080 })]),
  ],
  'rename an integration, replace its link': [
    spec([list(SUBNETS, MORE)], [orders]),
    spec(
      [link('eu', BC, { allowlist: SUBNETS })],
      [integration('sales', 'eu', ORDERS, { target: 'orders', port: 8080 })],
      moved('integrations.orders', 'integrations.sales'),
    ),
  ],
};

/** Links of others, named by ID. */
export const GIVEN_LINKS: Specs = {
  'external link': [spec([givenLink('eu', 'v2', ', owner: external')], [orders])],
  'adopt a link': [spec([link('eu', AB)], [orders]), spec([givenLink('eu', 'v2')], [orders])],
};

export const TWO_REGIONS: Specs = {
  'two regions': [
    spec(
      [link('eu', AB), farLink('far', AB)],
      [orders, integration('sales', 'far', ORDERS, { target: 'orders', gateway: 'far' })],
    ),
  ],
};
