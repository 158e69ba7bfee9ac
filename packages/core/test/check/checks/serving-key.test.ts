import { describe, expect, it } from 'vitest';
import { servingKey } from '../../../src/check/checks/certificates.js';

const KEYS = ['ANY /orders/{proxy+}', 'GET /orders/{id}', 'GET /orders/new', 'POST /bills/[id]', 'GET /files/*'];

describe('contact L: the route that serves a call', () => {
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
    expect(servingKey(call, KEYS)).toBe(key);
  });
  it('is $default where no other serves the call', () => {
    expect(servingKey('GET /x', ['GET /y', '$default'])).toBe('$default');
  });
});
