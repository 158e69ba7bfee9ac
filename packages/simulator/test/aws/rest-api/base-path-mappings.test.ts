import { describe, expect, it } from 'vitest';
import { BAD, CONFLICT, NOT_FOUND, petsApi, plain, refused, statusOf } from './rest-world.js';

const domainName = 'api.example.com';
const UNKNOWN = 'Invalid base path mapping identifier specified';

/** The pets API with the stage `dev`, and a regional domain name. */
async function world() {
  const pets = await petsApi();
  const { simulation, apiGateway, acm, restApiId, method } = pets;
  const { CertificateArn } = await acm.requestCertificate({ DomainName: domainName, ValidationMethod: 'DNS' });
  await simulation.advance(600_000);
  await apiGateway.createDomainName({
    domainName,
    regionalCertificateArn: CertificateArn,
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  await apiGateway.putIntegration({ ...method, type: 'MOCK' });
  await apiGateway.createDeployment({ restApiId, stageName: 'dev' });
  const create = (more: object = {}) =>
    apiGateway.createBasePathMapping({ domainName, restApiId, stage: 'dev', ...more });
  const update = (basePath: string, path: string, value: string) =>
    apiGateway.updateBasePathMapping({ domainName, basePath, patchOperations: [{ op: 'replace', path, value }] });
  return { ...pets, CertificateArn, create, update };
}

describe('CreateBasePathMapping', () => {
  it('answers what was sent; no base path is (none)', async () => {
    const { create, restApiId, apiGateway } = await world();
    const made = await create();
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({ basePath: '(none)', restApiId, stage: 'dev' });
    expect(plain(await create({ basePath: 'v1', stage: undefined }))).toEqual({ basePath: 'v1', restApiId });
    expect(plain(await apiGateway.getBasePathMapping({ domainName, basePath: '(none)' }))).toEqual(plain(made));
    const { items = [] } = await apiGateway.getBasePathMappings({ domainName });
    expect(items.map(({ basePath }) => basePath)).toEqual(['(none)', 'v1']);
  });

  it.each([
    ['a base path twice', { basePath: 'v1' }, CONFLICT, 'Base path already exists for this domain name'],
    [
      'a slash',
      { basePath: 'a/b' },
      BAD,
      /^API Gateway V1 doesn't support the slash character \(\/\) in base path mappings\. /,
    ],
    ['a space', { basePath: 'a b' }, BAD, /a b/],
    ['an unknown API', { restApiId: 'nothing123' }, BAD, 'Invalid REST API identifier specified'],
    ['an unknown stage', { stage: 'prod' }, BAD, 'Invalid stage identifier specified'],
    ['an unknown domain name', { domainName: 'a.example.com' }, NOT_FOUND, 'Invalid domain name identifier specified'],
  ])('refuses %s', async (_, more, name, message) => {
    const { create } = await world();
    await create({ basePath: 'v1' });
    await refused(create(more), name, message);
  });

  it('refuses a public API on a private domain name', async () => {
    const { create, apiGateway, acm, simulation } = await world();
    const inner = 'inner.example.com';
    const { CertificateArn } = await acm.requestCertificate({ DomainName: inner, ValidationMethod: 'DNS' });
    await simulation.advance(600_000);
    const { domainNameId } = await apiGateway.createDomainName({
      domainName: inner,
      certificateArn: CertificateArn,
      endpointConfiguration: { types: ['PRIVATE'] },
    });
    await refused(create({ domainName: inner, domainNameId }), BAD, /private APIs/);
    const { id } = await apiGateway.createRestApi({ name: 'inner', endpointConfiguration: { types: ['PRIVATE'] } });
    const made = await create({ domainName: inner, domainNameId, restApiId: id, stage: undefined });
    expect(plain(made)).toEqual({ basePath: '(none)', restApiId: id });
  });
});

describe('UpdateBasePathMapping', () => {
  it('moves a mapping, and maps it elsewhere', async () => {
    const { create, update, apiGateway, restApiId } = await world();
    await create({ basePath: 'v1' });
    expect(plain(await update('v1', '/basePath', 'v2'))).toEqual({ basePath: 'v2', restApiId, stage: 'dev' });
    await refused(apiGateway.getBasePathMapping({ domainName, basePath: 'v1' }), NOT_FOUND, UNKNOWN);
    expect(plain(await update('v2', '/stage', ''))).toEqual({ basePath: 'v2', restApiId });
    const { id } = await apiGateway.createRestApi({ name: 'other' });
    expect(await update('v2', '/restapiId', id ?? '')).toMatchObject({ restApiId: id });
    expect(plain(await update('v2', '/basePath', ''))).toEqual({ basePath: '(none)', restApiId: id });
    expect(plain(await update('(none)', '/stage', ''))).toEqual({ basePath: '(none)', restApiId: id });
  });

  it('refuses what a new one is refused for, and what is not there', async () => {
    const { create, update } = await world();
    await create({ basePath: 'v1' });
    await create({ basePath: 'v2' });
    await refused(update('v1', '/basePath', 'v2'), CONFLICT, 'Base path already exists for this domain name');
    await refused(update('v1', '/stage', 'prod'), BAD, 'Invalid stage identifier specified');
    await refused(update('v3', '/stage', 'dev'), NOT_FOUND, UNKNOWN);
    await refused(update('v1', '/domain', 'a'), BAD, /Must be one of: \[\/basePath, \/restapiId, \/stage\]$/);
  });
});

describe('DeleteBasePathMapping', () => {
  it('deletes a mapping once', async () => {
    const { create, apiGateway } = await world();
    await create();
    const named = { domainName, basePath: '(none)' };
    expect(statusOf(await apiGateway.deleteBasePathMapping(named))).toBe(202);
    await refused(apiGateway.deleteBasePathMapping(named), NOT_FOUND, UNKNOWN);
  });

  it('of another region is another one', async () => {
    const { create, simulation } = await world();
    await create();
    const other = simulation.clients('us-west-2').apiGateway;
    const named = { domainName, basePath: '(none)' };
    await refused(other.deleteBasePathMapping(named), NOT_FOUND, 'Invalid domain name identifier specified');
  });
});
