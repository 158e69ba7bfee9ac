import { expect, it } from 'vitest';
import { answers } from '../../../answers.js';
import { BAD, petsApi, refused } from '../rest-world.js';

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

it('an integration response: sets headers that the method response declares', async () => {
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

answers('an integration response', world)`
  is set with 201, replaced with 201, changed with 200 and deleted with 204
    made = PutIntegrationResponse {<<: $key, selectionPattern: '', responseTemplates: {application/json: '"created"'}}
      == 201 {statusCode: '200', selectionPattern: '', responseTemplates: {application/json: '"created"'}}
    GetIntegrationResponse $key == $made
    update [replace, /selectionPattern, updated-pattern] == 200 {<<: $made, selectionPattern: updated-pattern}
    replaced = PutIntegrationResponse {<<: $key, contentHandling: CONVERT_TO_BINARY}
      == {statusCode: '200', contentHandling: CONVERT_TO_BINARY}
    GetIntegration $method -> {integrationResponses=: {'200': $replaced}}
    DeleteIntegrationResponse $key -> 204
    GetMethod $method -> {methodIntegration.integrationResponses: absent}
  changes templates by content type
    PutIntegrationResponse $key
    update [replace, /responseTemplates/application~1json, '{}']
      !NotFoundException: Content-Type specified was not found
    update [add, /responseTemplates/application~1json, '{}'] -> {responseTemplates: {application/json: '{}'}}
    update [add, /responseTemplates/123, '{}']
      !BadRequestException: Validation Result: warnings : [], errors : [Invalid content type specified: 123]
    update [replace, /statusCode, '201'] !BadRequestException: Invalid patch path /statusCode
    update [replace, /contentHandling, NONE] !BadRequestException /^Invalid content handling/
  refuses wrong input
    PutIntegrationResponse {<<: $key, restApiId: wrong} !NotFoundException: ${RESOURCE} # an unknown API
    GetIntegrationResponse {<<: $key, restApiId: wrong} !NotFoundException: ${RESOURCE}
    PutIntegrationResponse {<<: $key, resourceId: wrong} !NotFoundException: ${RESOURCE} # an unknown resource
    GetIntegrationResponse {<<: $key, resourceId: wrong} !NotFoundException: ${RESOURCE}
    PutIntegrationResponse {<<: $key, httpMethod: POST} !NotFoundException: ${METHOD} # an unknown method
    GetIntegrationResponse {<<: $key, httpMethod: POST} !NotFoundException: ${METHOD}
    # a text that is not a status code
    PutIntegrationResponse {<<: $key, statusCode: wrong} !ValidationException: ${PATTERN}
    GetIntegrationResponse {<<: $key, statusCode: wrong} !ValidationException: ${PATTERN}
  refuses a status code without a response, and a method without an integration
    GetIntegrationResponse $key !NotFoundException: ${STATUS}
    DeleteIntegrationResponse $key !NotFoundException: ${STATUS}
    DeleteIntegration $method
    GetIntegrationResponse $key !NotFoundException: ${INTEGRATION}
    PutIntegrationResponse $key !NotFoundException: ${INTEGRATION}
    DeleteIntegrationResponse {<<: $key, httpMethod: POST} !NotFoundException: ${INTEGRATION}
`;
