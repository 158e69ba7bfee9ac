import { parseSpecs } from '../../clouds.js';
import { expect, it } from 'vitest';
import { isPosternError } from '../../../src/ground/errors.js';

const BASE = `version: 1
project: shop
defaults: { region: eu-west-1, tags: { team: pay } }
links:
  main: { provider: aws, subnets: [subnet-1, subnet-2], allowlist: [10.0.0.0/16] }
integrations:
  orders:
    link: main
    gateway: { httpApi: a1b2c3 }
    targets: { orders: { listener: { loadBalancer: orders, port: 80 } } }
    routes: { 'ANY /orders': orders }
`;

const specOf = (...overlays: readonly string[]) =>
  parseSpecs([
    { text: BASE, file: 'base.yaml' },
    ...overlays.map((text, at) => ({ text, file: `over${at}.${text.startsWith('{') ? 'json' : 'yaml'}` })),
  ]);

function faultOf(...overlays: readonly string[]) {
  try {
    specOf(...overlays);
  } catch (error) {
    if (isPosternError(error)) return error;
    throw error;
  }
  throw new Error('the spec is valid');
}

it('merge maps, and replace lists and values; the last one counts', () => {
  const spec = specOf(
    'links: { main: { subnets: [subnet-7], tags: { stage: prod } }, eu: { provider: aws, subnets: [subnet-9] } }',
    "integrations: { orders: { targets: { orders: { listener: { port: '443' } } }, routes: { 'GET /x': orders } } }",
    'project: pay\nlinks: { main: { subnets: [subnet-8] } }',
    '',
  );
  expect(spec.project).toBe('pay');
  expect(spec.links['main']).toMatchObject({ subnets: ['subnet-8'], tags: { team: 'pay', stage: 'prod' } });
  expect(Object.keys(spec.links)).toEqual(['main', 'eu']);
  const { targets, routes } = spec.integrations['orders'] ?? {};
  expect(targets?.['orders']?.ref).toEqual({ listener: { loadBalancer: 'orders', port: 443 } });
  expect(Object.keys(routes ?? {})).toEqual(['ANY /orders', 'GET /x']);
  expect(specOf()).toEqual({ ...specOf('{}'), places: expect.any(Function) });
});
it.each([
  ['links: { main: { subnet: [x] } }', 'over0.yaml', 1, 'unknown key "subnet"'],
  ['links:\n  main:\n    allowlist: [10.0.0.1/16]', 'over0.yaml', 3, 'host bits'],
  ['links: { main: { subnets: [] } }', 'over0.yaml', 1, ''],
  ['integrations: { pay: { link: eu, gateway: { httpApi: a1 } } }', 'over0.yaml', 1, ''],
  ["integrations: { orders: { routes: { 'GET /y': stock } } }", 'over0.yaml', 1, 'stock'],
  ['defaults: { region: nowhere }', 'over0.yaml', 1, 'region'],
  ['version: 2', 'over0.yaml', 1, 'version'],
])('an error is in the text that has the value: %s', (text, file, line, message) => {
  const error = faultOf(text);
  expect(error.place).toMatchObject({ file, line });
  expect(error.message).toContain(message);
});
it('an error of what an overlay did not change is in the first text', () => {
  const [text] = [BASE.replace('10.0.0.0/16', '10.0.0.1/16')];
  expect(() =>
    parseSpecs([
      { text, file: 'base.yaml' },
      { text: 'project: pay', file: 'prod.yaml' },
    ]),
  ).toThrow(expect.objectContaining({ place: expect.objectContaining({ file: 'base.yaml', line: 5 }) }));
});
it('knows the place of each member', () => {
  const { places } = specOf('links:\n  main:\n    subnets: [subnet-7]\n  eu: { provider: aws, subnets: [subnet-9] }');
  expect(places?.('links.main')).toMatchObject({ file: 'over0.yaml', line: 2 });
  expect(places?.('links.main.allowlist[0]')).toMatchObject({ file: 'base.yaml', line: 5 });
  expect(places?.('integrations.orders.routes.ANY /orders')).toMatchObject({ file: 'base.yaml', line: 11 });
});
it.each([
  ['links: [main]', 'links: a list here, and a map in base.yaml:4:1', 1],
  [
    'version: 1\nlinks:\n  main:\n    subnets: { a: b }',
    'links.main.subnets: a map here, and a list in base.yaml:5:26',
    4,
  ],
  [
    'integrations: { orders: { link: { provider: aws } } }',
    'integrations.orders.link: a map here, and a value in base.yaml:8:5',
    1,
  ],
  ['links: { main: { allowlist: } }', 'links.main.allowlist: nothing here, and a list in base.yaml:5:57', 1],
  ['[a]', 'a list here, and a map in base.yaml:1:1', 1],
  ['{"links": {"main": "x"}}', 'links.main: a value here, and a map in base.yaml:5:3', 1],
])('contradict in kind: %s', (text, message, line) => {
  expect(faultOf(text)).toMatchObject({ code: 'INVALID_SPEC', message, place: { line } });
});
it('name the text that had the other kind: the last before', () => {
  expect(faultOf('links: { main: { tags: { a: b } } }', 'links: { main: { tags: [a] } }').message).toBe(
    'links.main.tags: a list here, and a map in over0.yaml:1:18',
  );
});
it('cannot change what a map inherits', () => {
  expect(faultOf('{"__proto__": {"version": 2}}').code).toBe('INVALID_YAML');
  expect(
    specOf('constructor: { a: b }'.replace('constructor', 'defaults').replace('a: b', 'tags: { toString: x }')).links[
      'main'
    ]?.tags,
  ).toMatchObject({ toString: 'x' });
});
