import { describe, expect, it } from 'vitest';
import { ACCOUNT, BAD, CONFLICT, NOT_FOUND, petsApi, plain, refused, statusOf } from './rest-world.js';

const SCHEMA = '{"title":"Pet","type":"object"}';
const UNKNOWN_API = `Invalid API identifier specified ${ACCOUNT}:nothing123`;
const EMPTY = 'Model schema must have at least 1 property or array items defined';

async function world() {
  const pets = await petsApi();
  const { apiGateway, restApiId } = pets;
  const create = (more: object = {}) =>
    apiGateway.createModel({ restApiId, name: 'Pet', contentType: 'application/json', schema: SCHEMA, ...more });
  const update = (op: string, path: string, value?: string, modelName = 'Pet') =>
    apiGateway.updateModel({ restApiId, modelName, patchOperations: [{ op: op as never, path, value }] });
  return { ...pets, create, update };
}

describe('models', () => {
  it('are answered as they were sent, beside the default ones', async () => {
    const { create, apiGateway, restApiId } = await world();
    const made = await create({ description: 'a pet' });
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{6}$/),
      name: 'Pet',
      description: 'a pet',
      contentType: 'application/json',
      schema: SCHEMA,
    });
    expect(plain(await apiGateway.getModel({ restApiId, modelName: 'Pet' }))).toEqual(plain(made));
    const { items = [] } = await apiGateway.getModels({ restApiId });
    expect(items.map(({ name }) => name).sort()).toEqual(['Empty', 'Error', 'Pet']);
  });

  it.each([
    ['a name twice', { name: 'Empty' }, CONFLICT, 'Model name already exists for this REST API'],
    ['no name', { name: '' }, BAD, 'Model name must be non-empty'],
    ['a name with a dash', { name: 'my-pet' }, BAD, 'Model name must be alphanumeric: my-pet'],
    ['an empty schema', { schema: '' }, BAD, EMPTY],
    ['no schema', { schema: undefined }, BAD, EMPTY],
    ['no schema of XML', { schema: undefined, contentType: 'application/xml' }, BAD, EMPTY],
    ['a schema that is no JSON', { schema: '{' }, BAD, /^Invalid model specified/],
    ['a schema that is a list', { schema: '[]' }, BAD, /^Invalid model specified/],
    ['a schema of more than 400 KB', { schema: JSON.stringify({ a: 'é'.repeat(205_000) }) }, BAD, /409600 bytes/],
    ['an unknown API', { restApiId: 'nothing123' }, NOT_FOUND, UNKNOWN_API],
  ])('CreateModel refuses %s', async (_, more, name, message) => {
    const { create } = await world();
    await refused(create(more), name, message);
  });

  it('change their schema and description', async () => {
    const { create, update } = await world();
    await create();
    expect((await update('replace', '/schema', '{"title":"New"}')).schema).toBe('{"title":"New"}');
    expect((await update('replace', '/description', 'new')).description).toBe('new');
    await refused(update('replace', '/schema', ''), BAD, EMPTY);
    const wrong = "Invalid patch path  '/wrong-path' specified for op 'add'. Please choose supported operations";
    await refused(update('add', '/wrong-path', 'a'), BAD, wrong);
    const one = "Invalid patch path  '/name' specified for op 'replace'. Must be one of: [/description, /schema]";
    await refused(update('replace', '/name', 'a'), BAD, one);
    await refused(
      update('replace', '/schema', SCHEMA, 'mySchema'),
      NOT_FOUND,
      'Invalid model name specified: mySchema',
    );
  });

  it('are found by API and name', async () => {
    const { apiGateway } = await world();
    const restApiId = 'nothing123';
    await refused(apiGateway.getModels({ restApiId }), NOT_FOUND, UNKNOWN_API);
    await refused(
      apiGateway.getModel({ restApiId, modelName: 'Empty' }),
      NOT_FOUND,
      'Invalid model name specified: Empty',
    );
  });

  it('stay while a method uses them, in its request or in a response', async () => {
    const { create, apiGateway, restApiId, method } = await world();
    await create();
    const remove = () => apiGateway.deleteModel({ restApiId, modelName: 'Pet' });
    await apiGateway.deleteMethod(method);
    const requestModels = { 'application/json': 'Pet' };
    await apiGateway.putMethod({ ...method, authorizationType: 'NONE', requestModels });
    const used = "Cannot delete model 'Pet', is referenced in method request: /pets/GET";
    await refused(remove(), CONFLICT, used);
    await apiGateway.deleteMethod(method);
    await apiGateway.putMethod({ ...method, authorizationType: 'NONE' });
    await apiGateway.putMethodResponse({ ...method, statusCode: '200', responseModels: requestModels });
    await refused(remove(), CONFLICT, used.replace('request', 'response'));
    await apiGateway.deleteMethod(method);
    expect(statusOf(await remove())).toBe(202);
    await refused(remove(), NOT_FOUND, 'Invalid model name specified: Pet');
  });

  it('are not flattened: that is not simulated', async () => {
    const { apiGateway, restApiId } = await world();
    await refused(apiGateway.getModel({ restApiId, modelName: 'Empty', flatten: true }), 'NotImplemented', /flatten/);
  });
});
