import { expect, it } from 'vitest';
import { restShop } from './rest-shop.js';

it.each([
  ['static before {param}', ['GET /pets', 'GET /{id}'], 'GET /pets', 'GET /pets'],
  ['{param} before {proxy+}', ['GET /{id}', 'GET /pets/{proxy+}'], 'GET /cats', 'GET /{id}'],
  ['another verb falls through to {proxy+}', ['POST /test', 'OPTIONS /{proxy+}'], 'OPTIONS /test', 'OPTIONS /{proxy+}'],
  ['another verb falls through to {param}', ['POST /test', 'ANY /{id}'], 'GET /test', 'ANY /{id}'],
  ['not found below a static part', ['GET /part1/a', 'GET /{p}/b'], 'GET /part1/b', 'GET /{p}/b'],
  ['a higher {proxy+}', ['GET /a/b/c', 'GET /{proxy+}'], 'GET /a/b/d', 'GET /{proxy+}'],
  ['the nearest {proxy+}', ['GET /a/{x+}', 'GET /{proxy+}'], 'GET /a/b/d', 'GET /a/{x+}'],
  ['an exact verb before ANY', ['ANY /pets', 'GET /pets'], 'GET /pets', 'GET /pets'],
  ['ANY for the others', ['ANY /pets', 'GET /pets'], 'DELETE /pets', 'ANY /pets'],
  ['ANY of a static part before a verb of {proxy+}', ['ANY /pets', 'GET /{proxy+}'], 'GET /pets', 'ANY /pets'],
  ['one slash at the end is ignored', ['GET /pets'], 'GET /pets/', 'GET /pets'],
  ['the root', ['GET /', 'GET /{proxy+}'], 'GET /', 'GET /'],
  ['an escaped static part', ['GET /my-pets'], 'GET /my%2Dpets', 'GET /my-pets'],
  ['{proxy+} does not match its parent', ['GET /pets/{proxy+}'], 'GET /pets', ''],
  ['{proxy+} does not match the root', ['GET /{proxy+}'], 'GET /', ''],
  ['ANY has seven verbs', ['ANY /pets'], 'TRACE /pets', ''],
  ['capitals', ['GET /pets'], 'GET /Pets', ''],
])('truth 19: the router of a REST API: %s', async (_, routes, called, reached) => {
  const shop = await restShop();
  for (const route of routes) shop.method(route, { type: 'MOCK' });
  shop.deploy();
  const [method = '', path = ''] = called.split(' ');
  expect((await shop.get(`/prod${path}`, { method })).trace.route).toBe(reached);
});
