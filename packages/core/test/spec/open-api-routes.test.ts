import { describe, expect, it } from 'vitest';
import { openApiRoutes } from '../../src/spec/generate/open-api-routes.js';
import { CLOUDS } from '../clouds.js';

const formOf = (name: string) => CLOUDS.named(name)?.firstSpec?.openApi;
const LISTENER =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/50dc6c495c0c9188/f2f7dc8efc522ab2';
const aws = (integration: object) => ({ 'x-amazon-apigateway-integration': integration });
const linked = (connectionId: string, uri = 'http://orders.internal') =>
  aws({ type: 'http_proxy', connectionType: 'VPC_LINK', connectionId, uri });

function routesOf(paths: object, more: object = {}, link?: string) {
  const text = JSON.stringify({ openapi: '3.0.1', paths, ...more });
  return openApiRoutes(text, { file: 'api.json', form: formOf('aws'), link });
}

describe('the routes of an OpenAPI document', () => {
  it('are its operations, in order and each once, without members of a path that are none', () => {
    expect(
      routesOf(
        { '/orders': { summary: 'all', parameters: [], get: {}, post: {} }, 'stock/{id}': { $ref: '#/x/~1a' } },
        { x: { '/a': { put: {} } } },
      ),
    ).toEqual({ routes: ['GET /orders', 'POST /orders', 'PUT /stock/{id}'], links: [], targets: [], left: [] });
  });

  it('leave out methods that gateways do not route, and say which', () => {
    expect(routesOf({ '/a': { get: {}, trace: {} } }).left).toEqual([
      'left out, because gateways have no such routes: TRACE /a',
    ]);
  });

  it.each([
    [{ servers: [{ url: 'https://shop.example.com/v1/' }, { url: '/v2' }] }, ['/v1', '/v2']],
    [{ servers: [{ url: 'https://shop.example.com' }] }, []],
    [{ basePath: '/v1' }, ['/v1']],
    [{ basePath: '/' }, []],
  ])('have no path of a server: %j', (more, bases) => {
    const { left } = routesOf({ '/a': { get: {} } }, more);
    expect(left).toEqual(bases.map((base) => `routes do not begin with ${base}, the path of the server in api.json`));
  });

  it('are those that lead into a network, where operations say where they lead', () => {
    const paths = {
      '/$default': { 'x-amazon-apigateway-any-method': linked('a1b2c3', LISTENER) },
      '/orders': { 'x-amazon-apigateway-any-method': linked('a1b2c3'), options: aws({ type: 'mock' }), get: {} },
    };
    expect(routesOf(paths)).toEqual({
      routes: ['$default', 'ANY /orders'],
      links: ['a1b2c3'],
      targets: [`{ listener: '${LISTENER}' }`],
      left: ['left out, because they lead into no network: OPTIONS /orders, GET /orders'],
    });
  });

  it('are those of one link, where it is given; a link by a variable or a template may be that', () => {
    const paths = {
      '/a': { get: linked('a1b2c3') },
      '/b': { get: linked('d4e5f6') },
      '/c': { get: linked('${stageVariables.link}') },
    };
    expect(routesOf(paths).links).toEqual(['a1b2c3', 'd4e5f6']);
    expect(routesOf(paths, {}, 'a1b2c3')).toMatchObject({
      routes: ['GET /a', 'GET /c'],
      left: ['left out, because they lead into no network, or not by a1b2c3: GET /b'],
    });
  });

  it('are those with a backend in a VPC, on Alibaba Cloud', () => {
    const backend = (type: string) => ({ 'x-aliyun-apigateway-backend': { type, vpcAccessName: 'orders' } });
    const paths = {
      '/a': { 'x-aliyun-apigateway-any-method': backend('HTTP-VPC') },
      '/b': { get: backend('HTTP_VPC'), post: backend('HTTP') },
    };
    const text = JSON.stringify({ swagger: '2.0', paths });
    expect(openApiRoutes(text, { file: 'api.json', form: formOf('alibaba') })).toEqual({
      routes: ['ANY /a', 'GET /b'],
      links: [],
      targets: [],
      left: ['left out, because they lead into no network: POST /b'],
    });
  });

  it.each([
    ['no document', 'not: [a document', 'api.json is not an OpenAPI document: it has no `paths`'],
    ['no paths', 'openapi: 3.0.1', 'api.json is not an OpenAPI document: it has no `paths`'],
    ['no operations', 'paths: { /a: { summary: nothing } }', 'api.json has no operation that can be a route'],
    ['no operation that fits', 'paths: { /a: { trace: {} } }', 'api.json has no operation that can be a route'],
  ])('%s is refused', (_, text, message) => {
    expect(() => openApiRoutes(text, { file: 'api.json' })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message }) as Error,
    );
  });
});
