import { defineSpec } from '../../src/entries/spec.js';

const ids = ['a', 'b'];
const gateway = { httpApi: 'a1b2c3' };
const targets = { main: { listener: 'arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/x/1/2' } };
const links = { eu: { provider: 'aws' as const, subnets: ['subnet-1a'] } };
const head = { version: 1, project: 'shop' } as const;

/** Names that are declared. */
export const named = [
  defineSpec({ ...head, links, integrations: { x: { link: 'eu', gateway, targets, routes: { 'GET /x': 'main' } } } }),
  defineSpec({ ...head, integrations: { x: { link: links.eu, gateway, targets, routes: {} } } }),
  defineSpec({
    ...head,
    links,
    integrations: { x: { link: 'eu', gateway, targets, routes: { 'GET /x': { target: 'main', timeout: '5s' } } } },
  }),
  defineSpec(head),
];

/** Names that are known when the program runs. */
export const computed = [
  defineSpec({
    ...head,
    links: Object.fromEntries(ids.map((id) => [id, links.eu])),
    integrations: Object.fromEntries(
      ids.map((id) => [id, { link: id, gateway, targets: { [id]: targets.main }, routes: { [`GET /${id}`]: id } }]),
    ),
  }),
  defineSpec({
    ...head,
    links,
    integrations: Object.fromEntries(ids.map((id) => [id, { link: 'eu', gateway, targets, routes: { '/': 'main' } }])),
  }),
  defineSpec({
    ...head,
    links: Object.fromEntries(ids.map((id) => [id, links.eu])),
    integrations: { x: { link: 'a', gateway, targets, routes: { 'GET /x': 'main' } } },
  }),
];

/** Names that are not declared. */
export const wrong = [
  // @ts-expect-error no link has the name
  defineSpec({ ...head, links, integrations: { x: { link: 'eux', gateway, targets, routes: { 'GET /': 'main' } } } }),
  // @ts-expect-error no target has the name
  defineSpec({ ...head, links, integrations: { x: { link: 'eu', gateway, targets, routes: { 'GET /': 'mian' } } } }),
  // @ts-expect-error no key has the name
  defineSpec({ ...head, links: { eu: { provider: 'aws', subnets: [], subnetz: [] } } }),
];
