import { describe, it } from 'vitest';
import { answers } from '../../answers.js';
import { ACCOUNT, BAD, petsApi, refused } from './rest-world.js';

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
  it('refuse properties that are no object, and a part beyond the quota', async () => {
    const { create } = await world();
    for (const properties of ['no', '[]', '']) await refused(create({ type: 'API' }, properties), BAD, /JSON object/);
    for (const name of ['a', 'b', 'c', 'd']) await create({ type: 'MODEL', name });
    await refused(create({ type: 'API' }), 'LimitExceededException', /Documentation parts/);
  });
});

answers('documentation parts', world)`
  are answered as they were sent, with the root as path
    # as Terraform's provider sends it
    made = create {type: API, path: '', method: '', statusCode: '', name: ''}
      == 201 {id: '/^[a-z0-9]{6}$/', location: {type: API}, properties: ${PROPERTIES}}
    GetDocumentationPart {restApiId: $restApiId, documentationPartId: $made.id} == $made
    create {type: METHOD, method: GET} -> {location=: {type: METHOD, method: GET, path: /}}
  are listed by type, path and name
    create {type: API}
    create {type: METHOD, path: /pets, method: GET}
    create {type: MODEL, name: Pet}
    GetDocumentationParts {restApiId: $restApiId} -> {items.location.type: [API, METHOD, MODEL]}
    GetDocumentationParts {restApiId: $restApiId, type: API, locationStatus: DOCUMENTED} -> {items.location.type: [API]}
    GetDocumentationParts {restApiId: $restApiId, path: /pets} -> {items.location.type: [METHOD]}
    GetDocumentationParts {restApiId: $restApiId, nameQuery: Pe} -> {items.location.type: [MODEL]}
    GetDocumentationParts {restApiId: $restApiId, locationStatus: UNDOCUMENTED} !NotImplemented /undocumented/
  refuse wrong input
    create {type: API}
    # a location twice
    create {type: API} !ConflictException: Documentation part already exists for the specified location: type 'API'
    # an unknown type
    create {type: INVALID}
      !ValidationException /'createDocumentationPartInput.location.type' .* \[RESPONSE_BODY, RESPONSE, /
    create {type: RESPONSE, statusCode: '700'} !ValidationException /statusCode/ # a status that is none
    create {type: API, path: /} !BadRequestException /path is not supported/ # a member that the type does not have
    create {type: MODEL} !BadRequestException /name is required/ # no name where there is one
  take a star for the same location as nothing
    create {type: METHOD, path: /pets}
    create {type: METHOD, path: /pets, method: '*'} !ConflictException /path '\/pets', method '\*'$/
  change their properties
    create {type: API}
    UpdateDocumentationPart {restApiId: $restApiId, documentationPartId: $id, patchOperations: [{op: replace,
      path: /properties, value: '{"a":1}'}]} -> {id: $id, properties: '{"a":1}'}
    UpdateDocumentationPart {restApiId: $restApiId, documentationPartId: $id, patchOperations: [{op: replace,
      path: /properties, value: no}]} !BadRequestException /JSON object/
    UpdateDocumentationPart {restApiId: $restApiId, documentationPartId: $id, patchOperations: [{op: add,
      path: /properties, value: '{}'}]} !BadRequestException /'\/properties' specified for op 'add'/
    UpdateDocumentationPart {restApiId: $restApiId, documentationPartId: $id, patchOperations: [{op: replace,
      path: /x, value: '{}'}]} !BadRequestException /Must be one of: \[\/properties\]$/
    UpdateDocumentationPart {restApiId: nothing123, documentationPartId: $id, patchOperations: [{op: replace,
      path: /properties, value: '{}'}]} !NotFoundException: ${UNKNOWN}
  are deleted once
    create {type: API}
    DeleteDocumentationPart {documentationPartId: $id, restApiId: nothing123} !NotFoundException: ${UNKNOWN_API}
    DeleteDocumentationPart {restApiId: $restApiId, documentationPartId: $id} -> 202
    DeleteDocumentationPart {restApiId: $restApiId, documentationPartId: $id} !NotFoundException: ${UNKNOWN}
    GetDocumentationPart {restApiId: $restApiId, documentationPartId: $id} !NotFoundException: ${UNKNOWN}
    GetDocumentationParts {restApiId: nothing123} !NotFoundException: ${UNKNOWN_API}
`;
