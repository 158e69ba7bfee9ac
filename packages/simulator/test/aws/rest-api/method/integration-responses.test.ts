import { describe, expect, it } from 'vitest';
import { BAD, INVALID, NOT_FOUND, petsApi, plain, refused, statusOf } from '../rest-world.js';

const RESOURCE = 'Invalid Resource identifier specified';
const METHOD = 'Invalid Method identifier specified';
const INTEGRATION = 'Invalid Integration identifier specified';
const STATUS = 'Invalid Response status code specified';
const PATTERN =
  "1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy " +
  'regular expression pattern: [1-5]\\d\\d';
const HEADER = 'method.response.header.x-total';

async function world() {
  const pets = await petsApi();
  const { apiGateway, method } = pets;
  await apiGateway.putIntegration({ ...method, type: 'MOCK' });
  const key = { ...method, statusCode: '200' };
  const update = (op: string, path: string, value?: string) =>
    apiGateway.updateIntegrationResponse({ ...key, patchOperations: [{ op: op as never, path, value }] });
  return { ...pets, key, update };
}

describe('an integration response', () => {
  it('is set with 201, replaced with 201, changed with 200 and deleted with 204', async () => {
    const { apiGateway, method, key, update } = await world();
    const response = { selectionPattern: '', responseTemplates: { 'application/json': '"created"' } };
    const made = await apiGateway.putIntegrationResponse({ ...key, ...response });
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({ statusCode: '200', ...response });
    expect(plain(await apiGateway.getIntegrationResponse(key))).toEqual(plain(made));
    const changed = await update('replace', '/selectionPattern', 'updated-pattern');
    expect(statusOf(changed)).toBe(200);
    expect(plain(changed)).toEqual({ ...plain(made), selectionPattern: 'updated-pattern' });
    const replaced = await apiGateway.putIntegrationResponse({ ...key, contentHandling: 'CONVERT_TO_BINARY' });
    expect(plain(replaced)).toEqual({ statusCode: '200', contentHandling: 'CONVERT_TO_BINARY' });
    expect((await apiGateway.getIntegration(method)).integrationResponses).toEqual({ '200': plain(replaced) });
    expect(statusOf(await apiGateway.deleteIntegrationResponse(key))).toBe(204);
    expect((await apiGateway.getMethod(method)).methodIntegration).not.toHaveProperty('integrationResponses');
  });

  it('sets headers that the method response declares', async () => {
    const { apiGateway, key, update } = await world();
    const responseParameters = { [HEADER]: 'integration.response.header.total' };
    const undeclared = `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: ${HEADER}]`;
    await refused(apiGateway.putIntegrationResponse({ ...key, responseParameters }), BAD, undeclared);
    await apiGateway.putMethodResponse({ ...key, responseParameters: { [HEADER]: false } });
    expect(await apiGateway.putIntegrationResponse({ ...key, responseParameters })).toMatchObject({
      responseParameters,
    });
    expect(await update('replace', `/responseParameters/${HEADER}`, "'7'")).toMatchObject({
      responseParameters: { [HEADER]: "'7'" },
    });
    await refused(
      update('replace', `/responseParameters/${HEADER}`, '7'),
      BAD,
      'Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: 7]',
    );
    expect(await update('remove', `/responseParameters/${HEADER}`)).not.toHaveProperty('responseParameters');
  });

  it('changes templates by content type', async () => {
    const { apiGateway, key, update } = await world();
    await apiGateway.putIntegrationResponse(key);
    const path = '/responseTemplates/application~1json';
    await refused(update('replace', path, '{}'), NOT_FOUND, 'Content-Type specified was not found');
    expect(await update('add', path, '{}')).toMatchObject({ responseTemplates: { 'application/json': '{}' } });
    await refused(
      update('add', '/responseTemplates/123', '{}'),
      BAD,
      'Validation Result: warnings : [], errors : [Invalid content type specified: 123]',
    );
    await refused(update('replace', '/statusCode', '201'), BAD, 'Invalid patch path /statusCode');
    await refused(update('replace', '/contentHandling', 'NONE'), BAD, /^Invalid content handling/);
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['an unknown API', { restApiId: 'wrong' }, NOT_FOUND, RESOURCE],
    ['an unknown resource', { resourceId: 'wrong' }, NOT_FOUND, RESOURCE],
    ['an unknown method', { httpMethod: 'POST' }, NOT_FOUND, METHOD],
    ['a text that is not a status code', { statusCode: 'wrong' }, INVALID, PATTERN],
  ])('refuses %s', async (_, change, name, message) => {
    const { apiGateway, key } = await world();
    await refused(apiGateway.putIntegrationResponse({ ...key, ...change }), name, message);
    await refused(apiGateway.getIntegrationResponse({ ...key, ...change }), name, message);
  });

  it('refuses a status code without a response, and a method without an integration', async () => {
    const { apiGateway, method, key } = await world();
    await refused(apiGateway.getIntegrationResponse(key), NOT_FOUND, STATUS);
    await refused(apiGateway.deleteIntegrationResponse(key), NOT_FOUND, STATUS);
    await apiGateway.deleteIntegration(method);
    await refused(apiGateway.getIntegrationResponse(key), NOT_FOUND, INTEGRATION);
    await refused(apiGateway.putIntegrationResponse(key), NOT_FOUND, INTEGRATION);
    const other = { ...key, httpMethod: 'POST' };
    await refused(apiGateway.deleteIntegrationResponse(other), NOT_FOUND, INTEGRATION);
  });
});
