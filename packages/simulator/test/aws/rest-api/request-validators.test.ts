import { describe, expect, it } from 'vitest';
import { ACCOUNT, BAD, CONFLICT, NOT_FOUND, petsApi, plain, refused, statusOf } from './rest-world.js';

const UNKNOWN = 'Invalid Request Validator identifier specified';

async function world() {
  const pets = await petsApi();
  const { apiGateway, restApiId } = pets;
  const made = await apiGateway.createRequestValidator({ restApiId, name: 'all' });
  const named = { restApiId, requestValidatorId: made.id };
  const update = (op: string, path: string, value?: string) =>
    apiGateway.updateRequestValidator({ ...named, patchOperations: [{ op: op as never, path, value }] });
  return { ...pets, made, named, update };
}

describe('request validators', () => {
  it('validate nothing by default', async () => {
    const { made, named, apiGateway, restApiId } = await world();
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{6}$/),
      name: 'all',
      validateRequestBody: false,
      validateRequestParameters: false,
    });
    expect(plain(await apiGateway.getRequestValidator(named))).toEqual(plain(made));
    expect((await apiGateway.getRequestValidators({ restApiId })).items).toEqual([plain(made)]);
  });

  it('change; what is not true is false', async () => {
    const { update } = await world();
    expect(await update('replace', '/validateRequestBody', 'true')).toMatchObject({ validateRequestBody: true });
    expect(await update('replace', '/validateRequestBody')).toMatchObject({ validateRequestBody: false });
    expect(await update('replace', '/name', 'some')).toMatchObject({ name: 'some' });
  });

  it.each([
    [
      'add',
      '/validateRequestBody',
      "Invalid patch path  '/validateRequestBody' specified for op 'add'. Please choose supported operations",
    ],
    [
      'remove',
      '/validateRequestBody',
      "Invalid patch path  '/validateRequestBody' specified for op 'remove'. Please choose supported operations",
    ],
    [
      'replace',
      '/invalidPath',
      "Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/name, /validateRequestParameters, /validateRequestBody]",
    ],
    ['replace', '/name', 'Request Validator name cannot be blank'],
  ])('refuse %s %s', async (op, path, message) => {
    const { update } = await world();
    await refused(update(op, path, ''), BAD, message);
  });

  it('have sentences of their own for an unknown API', async () => {
    const { named, apiGateway } = await world();
    const restApiId = 'nothing123';
    await refused(apiGateway.createRequestValidator({ restApiId }), BAD, 'Invalid REST API identifier specified');
    await refused(apiGateway.getRequestValidator({ ...named, restApiId }), NOT_FOUND, UNKNOWN);
    await refused(apiGateway.deleteRequestValidator({ ...named, restApiId }), NOT_FOUND, UNKNOWN);
    await refused(
      apiGateway.getRequestValidators({ restApiId }),
      NOT_FOUND,
      `Invalid API identifier specified ${ACCOUNT}:nothing123`,
    );
  });

  it('stay while a method uses them', async () => {
    const { made, named, apiGateway, method } = await world();
    await apiGateway.deleteMethod(method);
    await apiGateway.putMethod({ ...method, authorizationType: 'NONE', requestValidatorId: made.id });
    const used = "Cannot delete request validator 'all', is referenced in method request: /pets/GET";
    await refused(apiGateway.deleteRequestValidator(named), CONFLICT, used);
    await apiGateway.deleteMethod(method);
    expect(statusOf(await apiGateway.deleteRequestValidator(named))).toBe(202);
    await refused(apiGateway.getRequestValidator(named), NOT_FOUND, UNKNOWN);
  });
});
