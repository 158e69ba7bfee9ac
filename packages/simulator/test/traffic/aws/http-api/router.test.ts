import { describe, expect, it } from 'vitest';
import { partsOf, Router, variablesOf } from '../../../../src/aws/http-apis/served/router.js';

function routed(routes: readonly string[], method: string, path: string): string | undefined {
  const router = new Router<string>();
  for (const key of routes) router.add(key, key);
  return router.find(method, partsOf(path));
}

const DOCUMENTED = ['GET /pets/dog/1', 'GET /pets/dog/{id}', 'GET /pets/{proxy+}', 'ANY /{proxy+}', '$default'];

describe('the route of a request', () => {
  it.each([
    ['a full match first', DOCUMENTED, 'GET', '/pets/dog/1', 'GET /pets/dog/1'],
    ['a variable where no fixed part fits', DOCUMENTED, 'GET', '/pets/dog/2', 'GET /pets/dog/{id}'],
    ['then the longest greedy one', DOCUMENTED, 'GET', '/pets/cat/1', 'GET /pets/{proxy+}'],
    ['with the method', DOCUMENTED, 'POST', '/test/5', 'ANY /{proxy+}'],
    [
      'a full match before a longer greedy one',
      ['GET /pets/{proxy+}', 'GET /{a}/{b}'],
      'GET',
      '/pets/1',
      'GET /{a}/{b}',
    ],
    ['the method itself before ANY', ['ANY /pets', 'GET /pets'], 'GET', '/pets', 'GET /pets'],
    ['ANY for the other methods', ['ANY /pets', 'GET /pets'], 'PUT', '/pets', 'ANY /pets'],
    ['another method falls through', ['POST /pets', '$default'], 'GET', '/pets', '$default'],
    ['none', ['POST /pets'], 'GET', '/pets', undefined],
    ['parts are compared exactly', ['GET /pets'], 'GET', '/Pets', undefined],
    ['an escaped part', ['GET /pets'], 'GET', '/p%65ts', 'GET /pets'],
    ['a slash at the end makes another path', ['GET /pets'], 'GET', '/pets/', undefined],
    ['which is a route of its own', ['GET /pets', 'GET /pets/'], 'GET', '/pets/', 'GET /pets/'],
    ['or of a greedy variable', ['GET /pets', 'GET /pets/{proxy+}'], 'GET', '/pets/', 'GET /pets/{proxy+}'],
    ['a greedy variable does not match its parent', ['GET /pets/{proxy+}'], 'GET', '/pets', undefined],
    ['a variable is not empty', ['GET /pets/{id}'], 'GET', '/pets/', undefined],
    ['the root', ['GET /'], 'GET', '/', 'GET /'],
    ['a way back from a fixed part', ['GET /a/{x}/c', 'GET /{y}/b/d'], 'GET', '/a/b/d', 'GET /{y}/b/d'],
  ])('%s', (_why, routes, method, path, expected) => {
    expect(routed(routes, method, path)).toBe(expected);
    expect(routed(routes.toReversed(), method, path)).toBe(expected);
  });

  it('has variables at their places', () => {
    expect(variablesOf('GET /a/{id}/{rest+}')).toEqual([
      { name: 'id', index: 1, isGreedy: false },
      { name: 'rest', index: 2, isGreedy: true },
    ]);
    expect(variablesOf('$default')).toEqual([]);
  });
});
