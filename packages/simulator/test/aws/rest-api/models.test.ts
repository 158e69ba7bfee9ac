import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { ACCOUNT, CONFLICT, NOT_FOUND, petsApi, plain, refused, statusOf } from './rest-world.js';

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
});

answers('models', world)`
  CreateModel refuses
    create {name: Empty} !ConflictException: Model name already exists for this REST API # a name twice
    create {name: ''} !BadRequestException: Model name must be non-empty # no name
    create {name: my-pet} !BadRequestException: Model name must be alphanumeric: my-pet # a name with a dash
    create {schema: ''} !BadRequestException: ${EMPTY} # an empty schema
    create {schema: absent} !BadRequestException: ${EMPTY} # no schema
    create {schema: absent, contentType: application/xml} !BadRequestException: ${EMPTY} # no schema of XML
    create {schema: '{'} !BadRequestException /^Invalid model specified/ # a schema that is no JSON
    create {schema: '[]'} !BadRequestException /^Invalid model specified/ # a schema that is a list
    # a schema of more than 400 KB
    create {schema: ${JSON.stringify({ a: 'é'.repeat(205_000) })}} !BadRequestException /409600 bytes/
    create {restApiId: nothing123} !NotFoundException: ${UNKNOWN_API} # an unknown API
  change their schema and description
    create
    update [replace, /schema, '{"title":"New"}'] -> {schema: '{"title":"New"}'}
    update [replace, /description, new] -> {description: new}
    update [replace, /schema, ''] !BadRequestException: ${EMPTY}
    update [add, /wrong-path, a]
      !BadRequestException: Invalid patch path  '/wrong-path' specified for op 'add'. Please choose supported operations
    update [replace, /name, a]
      !BadRequestException: Invalid patch path  '/name' specified for op 'replace'. Must be one of: [/description,
      /schema]
    update [replace, /schema, ${SCHEMA}, mySchema] !NotFoundException: Invalid model name specified: mySchema
  are found by API and name
    GetModels {restApiId: nothing123} !NotFoundException: ${UNKNOWN_API}
    GetModel {restApiId: nothing123, modelName: Empty} !NotFoundException: Invalid model name specified: Empty
  are not flattened: that is not simulated
    GetModel {restApiId: $restApiId, modelName: Empty, flatten: true} !NotImplemented /flatten/
`;
