import { describe, expect, it } from 'vitest';
import { domainOf, mappingOf } from '../../../src/aws/traffic/domains.js';
import type { DomainNameRow } from '../../../src/aws/rest-apis/control/state.js';
import { simulate, type ServiceName } from '../../../src/internal/simulation.js';

const REGION = 'eu-west-1';
const NAME = 'api.example.com';

/** A regional domain name whose base paths lead to a REST API without methods. */
async function domain() {
  const sim = simulate({ seed: 7, throttle: false, dataPathDelay: 0 });
  const call = (service: ServiceName, operation: string, input: object): any =>
    sim.call({ service, operation, region: REGION }, input);
  const certificate = { DomainName: '*.example.com', ValidationMethod: 'DNS' };
  const { CertificateArn: regionalCertificateArn } = call('acm', 'RequestCertificate', certificate);
  await sim.advance(600_000);
  const endpointConfiguration = { types: ['REGIONAL'] };
  const create = (domainName: string) =>
    call('apigateway', 'CreateDomainName', { domainName, regionalCertificateArn, endpointConfiguration });
  create(NAME);
  const { id: restApiId } = call('apigateway', 'CreateRestApi', { name: 'shop' });
  const map = (domainName: string, basePath: string) =>
    call('apigateway', 'CreateBasePathMapping', { domainName, basePath, restApiId });
  return { sim, create, map, restApiId };
}

const row = (mappings: Record<string, { apiId: string; stage?: string }>): DomainNameRow => ({
  fields: { domainName: NAME, tags: {} },
  mappings: new Map(Object.entries(mappings).map(([basePath, at]) => [basePath, { id: at.apiId, basePath, ...at }])),
});

describe('a custom domain name', () => {
  it.each([
    ['the longest base path', '/orders/v1/items?a=1', { id: 'c', stage: 'prod', path: '/items?a=1' }],
    ['a base path alone', '/orders', { id: 'b', stage: 'prod', path: '/' }],
    ['a part of a name is no base path', '/orders2/x', { id: 'a', stage: 'prod', path: '/orders2/x' }],
    ['no base path', '/', { id: 'a', stage: 'prod', path: '/' }],
    ['a mapping without a stage', '/open/test/pets?b=2', { id: 'd', stage: 'test', path: '/pets?b=2' }],
    ['a mapping without a stage, and nothing below', '/open/test', { id: 'd', stage: 'test', path: '/' }],
  ])('chooses API, stage and path: %s', (_what, path, { id, ...mapped }) => {
    const mappings = {
      '(none)': { apiId: 'a', stage: 'prod' },
      orders: { apiId: 'b', stage: 'prod' },
      'orders/v1': { apiId: 'c', stage: 'prod' },
      open: { apiId: 'd' },
    };
    expect(mappingOf(row(mappings), path)).toEqual({ id, mapped });
  });

  it('is a gateway, with 403 and 23 bytes where no mapping fits', async () => {
    const { sim, create, map, restApiId } = await domain();
    map(NAME, 'orders');
    create('*.example.com');
    map('*.example.com', '');
    const { status, body, headers, outcome, because, trace } = await sim.traffic.call({ host: NAME, path: '/other' });
    expect([status, body, outcome]).toEqual([403, '{"message":"Forbidden"}', 'no-stage']);
    expect(headers).toMatchObject({ 'x-amzn-errortype': 'ForbiddenException', 'content-length': '23' });
    expect(because).toBe('No base path mapping of api.example.com fits /other.');
    expect(trace.gateway).toBe(NAME);
    const mapped = await sim.traffic.call({ host: NAME, path: '/orders/prod/x' });
    expect(mapped.trace.gateway).toBe(restApiId);
    const wild = await sim.traffic.call({ host: 'shop.example.com', path: '/prod/x' });
    expect(wild.trace.gateway).toBe(restApiId);
    await expect(sim.traffic.call({ host: 'example.org' })).rejects.toThrow('No gateway is called example.org.');
  });

  it('is none where it is private', () => {
    const region = { restApi: { domainNames: new Map([[NAME, row({})]]) } };
    const regions = new Map([[REGION, region]]) as never;
    expect(domainOf({ regions } as never, NAME)).toBeDefined();
    region.restApi.domainNames.set(NAME, {
      fields: { domainName: NAME, tags: {}, endpointConfiguration: { types: ['PRIVATE'] } },
      mappings: new Map(),
    });
    expect(domainOf({ regions } as never, NAME)).toBeUndefined();
  });
});
