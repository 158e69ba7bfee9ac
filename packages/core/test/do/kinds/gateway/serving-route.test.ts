import { describe, expect, it } from 'vitest';
import { servingKey } from '../../../../src/do/kinds/gateway/serving-route.js';
import { CLOUDS } from '../../../clouds.js';

const KEYS = ['ANY /orders/{proxy+}', 'GET /orders/{id}', 'GET /orders/new', 'POST /bills/[id]', 'GET /files/*'];

describe('the route that serves a call', () => {
  it.each<[string, string | undefined, string]>([
    ['GET /orders/{id}', 'GET /orders/{id}', 'a key'],
    ['GET /orders/7', 'GET /orders/{id}', 'a variable goes before a greedy one'],
    ['GET /orders/new', 'GET /orders/new', 'literal segments go first'],
    ['PUT /orders/7', 'ANY /orders/{proxy+}', 'any method'],
    ['GET /orders/7/items', 'ANY /orders/{proxy+}', 'several segments'],
    ['POST /bills/9', 'POST /bills/[id]', 'variables of Alibaba Cloud'],
    ['GET /files/a/b', 'GET /files/*', 'the greedy one of Alibaba Cloud'],
    ['GET /orders', undefined, 'a greedy variable has at least one segment'],
    ['POST /bills', undefined, 'no path'],
    ['orders', undefined, 'no call'],
  ])('%s: %s (%s)', (call, key, _why) => {
    expect(servingKey(call, KEYS, CLOUDS.gateway('http-api'))).toBe(key);
  });
  it.each<[string, string, string | undefined, ...string[]]>([
    ['http-api', 'GET /x', '$default', 'GET /y', '$default'],
    ['http-api', 'GET /a/b', 'GET /{x}/b', 'ANY /a/{proxy+}', 'GET /{x}/b'],
    ['http-api', 'GET /a/b/c', 'ANY /a/{proxy+}', 'ANY /{proxy+}', 'ANY /a/{proxy+}', 'GET /{x}/{y}/{rest+}'],
    ['http-api', 'GET /a/', 'ANY /{proxy+}', 'GET /a', 'GET /a/{x}', 'ANY /{proxy+}'],
    ['rest-api', 'GET /a/b', 'ANY /a/{proxy+}', 'ANY /a/{proxy+}', 'GET /{x}/b'],
    ['rest-api', 'GET /a/', 'GET /a', 'GET /a', 'ANY /{proxy+}'],
    ['rest-api', 'GET /', undefined, 'ANY /{proxy+}'],
    ['rest-api', 'GET /users/me', 'GET /users/{id}', 'PATCH /users/me', 'GET /users/{id}', 'ANY /{proxy+}'],
    ['websocket-api', 'chat', '$default', '$connect', 'send', '$default'],
    ['websocket-api', 'send', 'send', 'send', '$default'],
    ['apig-http-api', 'GET /orders/7', 'ANY /orders*', 'ANY /orders*', 'ANY /{proxy+}'],
    ['apig-http-api', 'GET /orders', 'ANY /orders*', 'ANY /orders*', 'ANY /ord*'],
    ['apig-http-api', 'GET /orders2', undefined, 'ANY /orders*'],
    ['apig-http-api', 'GET /orders/7', 'ANY /orders/7', 'GET /orders*', 'ANY /orders/7', 'GET /orders/{id}'],
    ['apig-http-api', 'GET /orders/7', 'ANY /orders/{proxy+}', 'GET /orders/{id}', 'ANY /orders/{proxy+}'],
    ['apig-http-api', 'GET /orders/7', 'GET,POST /orders*', 'ANY /orders*', 'GET,POST /orders*', 'PUT /orders/7'],
    ['apig-http-api', 'GET /orders/7', 'ANY ~^/orders/[0-9]+$', 'ANY ~^/orders/[0-9]+$', 'ANY ~^/[', 'ANY /{proxy+}'],
    ['apig-http-api', 'GET /x', 'ANY /{proxy+}', 'ANY /x [12345678]', 'ANY ~/y', 'ANY /{proxy+}'],
    ['api-group', 'GET /orders/7', 'GET /orders/{id}', 'ANY /orders/{proxy+}', 'GET /orders/{id}'],
  ])('on %s: %s is for %s', (kind, call, key, ...keys) => {
    expect(servingKey(call, keys, CLOUDS.gateway(kind))).toBe(key);
  });
});
