import { expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { ACCOUNT, petsApi, plain, statusOf } from './rest-world.js';

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

it('request validators: validate nothing by default', async () => {
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

answers('request validators', world)`
  change; what is not true is false
    update [replace, /validateRequestBody, 'true'] -> {validateRequestBody: true}
    update [replace, /validateRequestBody] -> {validateRequestBody: false}
    update [replace, /name, some] -> {name: some}
  refuse wrong input
    update [add, /validateRequestBody, '']
      !BadRequestException: Invalid patch path  '/validateRequestBody' specified for op 'add'. Please choose supported
      operations
    update [remove, /validateRequestBody, '']
      !BadRequestException: Invalid patch path  '/validateRequestBody' specified for op 'remove'. Please choose
      supported operations
    update [replace, /invalidPath, '']
      !BadRequestException: Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/name,
      /validateRequestParameters, /validateRequestBody]
    update [replace, /name, ''] !BadRequestException: Request Validator name cannot be blank
  have sentences of their own for an unknown API
    CreateRequestValidator {restApiId: nothing123} !BadRequestException: Invalid REST API identifier specified
    GetRequestValidator {<<: $named, restApiId: nothing123} !NotFoundException: ${UNKNOWN}
    DeleteRequestValidator {<<: $named, restApiId: nothing123} !NotFoundException: ${UNKNOWN}
    GetRequestValidators {restApiId: nothing123}
      !NotFoundException: ${`Invalid API identifier specified ${ACCOUNT}:nothing123`}
  stay while a method uses them
    DeleteMethod $method
    PutMethod {<<: $method, authorizationType: NONE, requestValidatorId: $made.id}
    DeleteRequestValidator $named
      !ConflictException: Cannot delete request validator 'all', is referenced in method request: /pets/GET
    DeleteMethod $method
    DeleteRequestValidator $named -> 202
    GetRequestValidator $named !NotFoundException: ${UNKNOWN}
`;
