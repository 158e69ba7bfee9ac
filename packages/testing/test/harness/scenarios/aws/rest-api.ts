import { AB, balancerLink, BC, integration, link, moved, ORDERS, spec, type Specs } from './lines.js';

const rest = (routes = ORDERS, target = 'orders') => integration('orders', 'eu', routes, { target, gateway: 'rest' });

/** REST APIs over links V2 and V1. */
export const REST_API: Specs = {
  'REST API': [spec([link('eu', AB)], [rest()])],
  'REST API: add a route': [
    spec([link('eu', AB)], [rest()]),
    spec([link('eu', AB)], [rest(`${ORDERS}, 'POST /orders/{id}': t`)]),
  ],
  'REST API: replace a link': [spec([link('eu', AB)], [rest()]), spec([link('eu', BC)], [rest()])],
  'REST API: change a target': [spec([link('eu', AB)], [rest()]), spec([link('eu', AB)], [rest(ORDERS, 'bills')])],
  'REST API: another stage': [
    spec([link('eu', AB)], [rest()]),
    spec([link('eu', AB)], [integration('orders', 'eu', ORDERS, { gateway: 'test' })]),
  ],
  'REST API: a new stage': [
    spec([link('eu', AB)], [integration('orders', 'eu', ORDERS, { gateway: 'fresh' })]),
    spec([link('eu', AB)], [integration('orders', 'eu', ORDERS, { gateway: 'newest' })]),
  ],
  'REST API: rename an integration': [
    spec([link('eu', AB)], [rest()]),
    spec(
      [link('eu', AB)],
      [integration('sales', 'eu', ORDERS, { target: 'orders', gateway: 'rest' })],
      moved('integrations.orders', 'integrations.sales'),
    ),
  ],
  'REST API over a link V1': [spec([balancerLink('eu', 'orders-nlb')], [rest(ORDERS, 'orders-nlb')])],
  'REST API from V1 to V2': [
    spec([balancerLink('eu', 'orders-nlb')], [rest(ORDERS, 'orders-nlb')]),
    spec(
      [balancerLink('eu', 'orders-nlb'), link('main', AB)],
      [integration('orders', 'main', ORDERS, { gateway: 'rest' })],
    ),
  ],
  'REST API: replace a link V1': [
    spec([balancerLink('eu', 'orders-nlb')], [rest(ORDERS, 'orders-nlb')]),
    spec([balancerLink('eu', 'bills-nlb')], [rest(ORDERS, 'bills-nlb')]),
  ],
};
