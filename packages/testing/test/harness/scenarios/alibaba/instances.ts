import { AB, AC, cn, givenLink, integration, link, moved, orders, ORDERS, spec, type Specs } from './lines.js';

const bills = integration('bills', 'cn', "'GET /bills': t", { target: 1, group: 1 });
const list = (...blocks: readonly string[]) => link('cn', AB, { allowlist: blocks.join(', ') });

/** Instances: replaced, shared, renamed, with accessible blocks. */
export const INSTANCES: Specs = {
  'replace an instance': [spec([cn], [orders]), spec([link('cn', AC)], [orders])],
  'two groups on one instance': [spec([cn], [orders, bills])],
  'replace an instance of two groups': [spec([cn], [orders, bills]), spec([link('cn', AC)], [orders, bills])],
  'leave one of two instances': [
    spec([cn, link('other', AC)], [orders, bills]),
    spec([cn, link('other', AC)], [orders, integration('bills', 'other', "'GET /bills': t", { target: 1, group: 1 })]),
  ],
  'add a group': [spec([cn], [orders]), spec([cn], [orders, bills])],
  'rename a link': [
    spec([cn], [orders]),
    spec([link('main', AB)], [integration('orders', 'main', ORDERS)], moved('links.cn', 'links.main')),
  ],
  'tags of an instance': [
    spec([cn], [orders]),
    spec([link('cn', AB, { more: ', name: edge, tags: { team: payments }' })], [orders]),
  ],
  allowlist: [spec([list('10.0.0.0/16')], [orders])],
  'widen an allowlist': [spec([list('10.0.4.0/24')], [orders]), spec([list('10.0.4.0/24', '10.0.5.0/24')], [orders])],
  'narrow an allowlist': [spec([list('10.0.4.0/24', '10.0.5.0/24')], [orders]), spec([list('10.0.4.0/24')], [orders])],
};

/** Blocks that are not needed any more once the group has left: callers still reach the former instance. */
export const BLOCKS: Specs = {
  'leave an instance whose allowlist is narrowed': [
    spec([list('10.0.8.0/24', '10.0.9.0/24'), link('other', AC, { allowlist: '10.0.9.0/24' })], [orders]),
    spec(
      [list('10.0.8.0/24'), link('other', AC, { allowlist: '10.0.9.0/24' })],
      [integration('orders', 'other', ORDERS)],
    ),
  ],
  'rename an integration, replace its instance': [
    spec([list('10.0.8.0/24', '10.0.9.0/24')], [orders]),
    spec(
      [link('cn', AC, { allowlist: '10.0.9.0/24' })],
      [integration('sales', 'cn', ORDERS)],
      moved('integrations.orders', 'integrations.sales'),
    ),
  ],
};

/** The instance of others, named by its ID. */
export const GIVEN_INSTANCES: Specs = {
  'external instance': [spec([givenLink('cn', ', owner: external')], [orders])],
  'adopt an instance': [spec([givenLink('cn')], [orders])],
};
