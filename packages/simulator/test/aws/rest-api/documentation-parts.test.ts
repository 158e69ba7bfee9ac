import { describe, expect, it } from 'vitest';
import { ACCOUNT, BAD, CONFLICT, INVALID, NOT_FOUND, petsApi, plain, refused, statusOf } from './rest-world.js';

const UNKNOWN = 'Invalid Documentation part identifier specified';
const UNKNOWN_API = `Invalid API identifier specified ${ACCOUNT}:nothing123`;
const PROPERTIES = '{ "description": "an API" }';

async function world() {
  const pets = await petsApi({ quotas: { 'documentation-parts-per-rest-api': 4 } });
  const { apiGateway, restApiId } = pets;
  const create = (location: object, properties = PROPERTIES) =>
    apiGateway.createDocumentationPart({ restApiId, location: location as never, properties });
  return { ...pets, create };
}

describe('documentation parts', () => {
  it('are answered as they were sent, with the root as path', async () => {
    const { create, apiGateway, restApiId } = await world();
    const made = await create({ type: 'API', path: '', method: '', statusCode: '', name: '' }); // as Terraform's provider sends it
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{6}$/),
      location: { type: 'API' },
      properties: PROPERTIES,
    });
    const part = { restApiId, documentationPartId: made.id };
    expect(plain(await apiGateway.getDocumentationPart(part))).toEqual(plain(made));
    expect((await create({ type: 'METHOD', method: 'GET' })).location).toEqual({
      type: 'METHOD',
      method: 'GET',
      path: '/',
    });
  });

  it('are listed by type, path and name', async () => {
    const { create, apiGateway, restApiId } = await world();
    await create({ type: 'API' });
    await create({ type: 'METHOD', path: '/pets', method: 'GET' });
    await create({ type: 'MODEL', name: 'Pet' });
    const list = async (filter: object) =>
      ((await apiGateway.getDocumentationParts({ restApiId, ...filter })).items ?? []).map((row) => row.location?.type);
    expect(await list({})).toEqual(['API', 'METHOD', 'MODEL']);
    expect(await list({ type: 'API', locationStatus: 'DOCUMENTED' })).toEqual(['API']);
    expect(await list({ path: '/pets' })).toEqual(['METHOD']);
    expect(await list({ nameQuery: 'Pe' })).toEqual(['MODEL']);
    await refused(list({ locationStatus: 'UNDOCUMENTED' }), 'NotImplemented', /undocumented/);
  });

  it.each([
    [
      'a location twice',
      { type: 'API' },
      CONFLICT,
      "Documentation part already exists for the specified location: type 'API'",
    ],
    [
      'an unknown type',
      { type: 'INVALID' },
      INVALID,
      /'createDocumentationPartInput.location.type' .* \[RESPONSE_BODY, RESPONSE, /,
    ],
    ['a status that is none', { type: 'RESPONSE', statusCode: '700' }, INVALID, /statusCode/],
    ['a member that the type does not have', { type: 'API', path: '/' }, BAD, /path is not supported/],
    ['no name where there is one', { type: 'MODEL' }, BAD, /name is required/],
  ])('refuse %s', async (_, location, name, message) => {
    const { create } = await world();
    await create({ type: 'API' });
    await refused(create(location), name, message);
  });

  it('take a star for the same location as nothing', async () => {
    const { create } = await world();
    await create({ type: 'METHOD', path: '/pets' });
    await refused(create({ type: 'METHOD', path: '/pets', method: '*' }), CONFLICT, /path '\/pets', method '\*'$/);
  });

  it('refuse properties that are no object, and a part beyond the quota', async () => {
    const { create } = await world();
    for (const properties of ['no', '[]', '']) await refused(create({ type: 'API' }, properties), BAD, /JSON object/);
    for (const name of ['a', 'b', 'c', 'd']) await create({ type: 'MODEL', name });
    await refused(create({ type: 'API' }), 'LimitExceededException', /Documentation parts/);
  });

  it('change their properties', async () => {
    const { create, apiGateway, restApiId } = await world();
    const { id } = await create({ type: 'API' });
    const update = (op: string, path: string, value: string, api = restApiId) =>
      apiGateway.updateDocumentationPart({
        restApiId: api,
        documentationPartId: id,
        patchOperations: [{ op: op as never, path, value }],
      });
    expect(await update('replace', '/properties', '{"a":1}')).toMatchObject({ id, properties: '{"a":1}' });
    await refused(update('replace', '/properties', 'no'), BAD, /JSON object/);
    await refused(update('add', '/properties', '{}'), BAD, /'\/properties' specified for op 'add'/);
    await refused(update('replace', '/x', '{}'), BAD, /Must be one of: \[\/properties\]$/);
    await refused(update('replace', '/properties', '{}', 'nothing123'), NOT_FOUND, UNKNOWN);
  });

  it('are deleted once', async () => {
    const { create, apiGateway, restApiId } = await world();
    const { id } = await create({ type: 'API' });
    const part = { restApiId, documentationPartId: id };
    await refused(apiGateway.deleteDocumentationPart({ ...part, restApiId: 'nothing123' }), NOT_FOUND, UNKNOWN_API);
    expect(statusOf(await apiGateway.deleteDocumentationPart(part))).toBe(202);
    await refused(apiGateway.deleteDocumentationPart(part), NOT_FOUND, UNKNOWN);
    await refused(apiGateway.getDocumentationPart(part), NOT_FOUND, UNKNOWN);
    await refused(apiGateway.getDocumentationParts({ restApiId: 'nothing123' }), NOT_FOUND, UNKNOWN_API);
  });
});
