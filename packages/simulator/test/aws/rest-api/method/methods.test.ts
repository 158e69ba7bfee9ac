import { answers } from '../../../answers.js';
import { petsApi } from '../rest-world.js';

const UNKNOWN_RESOURCE = 'Invalid Resource identifier specified';
const UNKNOWN_METHOD = 'Invalid Method identifier specified';
const AUTHORIZER =
  'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.';
const VERBS = 'Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY';
const EXPRESSION = 'Invalid mapping expression specified: Validation Result: warnings : [], errors : ';

async function world() {
  const pets = await petsApi();
  const { apiGateway, method } = pets;
  const put = (more: Record<string, unknown>) =>
    apiGateway.putMethod({ ...method, httpMethod: 'ANY', authorizationType: 'NONE', ...more } as never);
  const update = (op: string, path: string, value?: string) =>
    apiGateway.updateMethod({ ...method, patchOperations: [{ op: op as never, path, value }] });
  return { ...pets, put, update };
}

answers('PutMethod', world)`
  truth 2: answers 201 with apiKeyRequired, and without what is unset
    made = put == 201 {httpMethod: ANY, authorizationType: NONE, apiKeyRequired: false}
    GetMethod {<<: $method, httpMethod: ANY} == $made
  answers what was sent
    put {apiKeyRequired: true, operationName: ListPets, requestParameters: {method.request.querystring.page: false,
      method.request.header.x-tenant: true}, requestModels: {application/json: Empty}}
      -> {apiKeyRequired: true, operationName: ListPets, requestParameters: {method.request.querystring.page: false,
      method.request.header.x-tenant: true}, requestModels: {application/json: Empty}}
  refuses wrong input
    put {restApiId: wrong, httpMethod: WRONG} !NotFoundException: ${UNKNOWN_RESOURCE} # an unknown API before the method
    # an unknown resource before the method
    put {resourceId: wrong, httpMethod: WRONG} !NotFoundException: ${UNKNOWN_RESOURCE}
    put {httpMethod: WRONG} !BadRequestException: ${VERBS} # a method that does not exist
    put {httpMethod: get} !BadRequestException: ${VERBS} # a method in lower case
    put {httpMethod: GET} !ConflictException: Method already exists for this resource # a second method of the same verb
    put {authorizationType: CUSTOM} !BadRequestException: ${AUTHORIZER} # CUSTOM without an authorizer
    # an unknown authorizer
    put {authorizationType: COGNITO_USER_POOLS, authorizerId: abc123} !BadRequestException: ${AUTHORIZER}
    # an authorization type that does not exist
    put {authorizationType: BASIC} !BadRequestException: Invalid authorization type specified
    # an unknown request validator
    put {requestValidatorId: abc123} !BadRequestException: Invalid Request Validator identifier specified
    # an unknown model
    put {requestModels: {application/json: petModel}} !BadRequestException: Invalid model identifier specified: petModel
    # one parameter name in two places
    put {requestParameters: {method.request.querystring.id: false, method.request.header.id: false}}
      !BadRequestException: Parameter names must be unique across querystring, header and path
    # a parameter that is not one of a request
    put {requestParameters: {'true': true}}
      !BadRequestException: ${`${EXPRESSION}[Invalid mapping expression specified: true]`}
`;

answers('UpdateMethod', world)`
  adds, replaces and removes entries; a map without entries is absent
    UpdateMethod {<<: $method, patchOperations: [{op: add, path: /requestParameters/method.request.querystring.page,
      value: 'true'}, {op: add, path: /requestModels/application~1json, value: Empty}]}
      -> {requestModels: {application/json: Empty}, requestParameters: {method.request.querystring.page: true}}
    UpdateMethod {<<: $method, patchOperations: [{op: replace,
      path: /requestParameters/method.request.querystring.page, value: 'false'}]}
      -> {requestParameters=: {method.request.querystring.page: false}}
    UpdateMethod {<<: $method, patchOperations: [{op: remove,
      path: /requestParameters/method.request.querystring.page, value: 'true'}, {op: remove,
      path: /requestModels/application~1json}]} == {httpMethod: GET, authorizationType: NONE, apiKeyRequired: false}
  changes the other members
    update [replace, /operationName, ListPets]
    update [replace, /apiKeyRequired, 'true']
    update [replace, /authorizationType, AWS_IAM]
    update [add, /authorizationScopes, pets.read]
    GetMethod $method
      == {httpMethod: GET, operationName: ListPets, apiKeyRequired: true, authorizationType: AWS_IAM,
      authorizationScopes: [pets.read]}
    update [remove, /authorizationScopes, pets.read] -> {authorizationScopes: absent}
  reads another text than true as false, and ignores an authorizer of a method without authorization
    update [replace, /apiKeyRequired, 'true']
    update [replace, /apiKeyRequired, whatever] -> {apiKeyRequired: false}
    update [replace, /authorizerId, abc123] -> {authorizerId: absent}
  refuses wrong input
    # an operation
    update [add, /operationName, x] !BadRequestException: Invalid patch operation specified. Must be one of: [replace]
    update [add, /httpMethod, PUT] !BadRequestException: Invalid patch path /httpMethod # the HTTP method
    # a map as a whole
    update [replace, /requestParameters, x] !BadRequestException: Invalid patch path /requestParameters
    # a content type that is not escaped
    update [add, /requestModels/application/json, Empty]
      !BadRequestException: Invalid patch path /requestModels/application/json
    update [replace, /authorizationType, CUSTOM] !BadRequestException: ${AUTHORIZER} # CUSTOM without an authorizer
    # an unknown request validator
    update [replace, /requestValidatorId, x] !BadRequestException: Invalid Request Validator identifier specified
    # a parameter that does not exist
    update [remove, /requestParameters/method.request.header.x, absent]
      !NotFoundException: Invalid parameter name specified
    # a model that does not exist
    update [replace, /requestModels/text~1plain, Empty] !NotFoundException: Content-Type specified was not found
  refuses an unknown API, resource and method
    UpdateMethod {<<: $method, restApiId: wrong, patchOperations: []} !NotFoundException: ${UNKNOWN_RESOURCE}
    UpdateMethod {<<: $method, resourceId: wrong, patchOperations: []} !NotFoundException: ${UNKNOWN_RESOURCE}
    UpdateMethod {<<: $method, httpMethod: PUT, patchOperations: []} !NotFoundException: ${UNKNOWN_METHOD}
`;

answers('DeleteMethod', world)`
  truth 2: answers 204; the method is unknown afterwards
    DeleteMethod $method -> 204
    GetMethod $method !NotFoundException: ${UNKNOWN_METHOD}
    DeleteMethod $method !NotFoundException: ${UNKNOWN_METHOD}
`;

answers('a method response', world)`
  is created with 201, changed with 201 and deleted with 204
    PutMethodResponse {<<: $method, statusCode: '200', responseParameters: {}, responseModels: {}}
      == 201 {statusCode: '200', responseParameters: {}, responseModels: {}}
    UpdateMethodResponse {<<: $method, statusCode: '200', patchOperations: [{op: add,
      path: /responseParameters/method.response.header.my-header, value: 'true'}, {op: add,
      path: /responseModels/application~1json, value: Empty}]}
      == 201 {statusCode: '200', responseParameters: {method.response.header.my-header: true},
      responseModels: {application/json: Empty}}
    GetMethodResponse {<<: $method, statusCode: '200'}
      == {statusCode: '200', responseParameters: {method.response.header.my-header: true},
      responseModels: {application/json: Empty}}
    GetMethod $method
      -> {methodResponses=: {'200': {statusCode: '200', responseParameters: {method.response.header.my-header: true},
      responseModels: {application/json: Empty}}}}
    DeleteMethodResponse {<<: $method, statusCode: '200'} -> 204
    GetMethod $method -> {methodResponses: absent}
  is without maps when it was created without, or when the last entry is removed
    PutMethodResponse {<<: $method, statusCode: '200'} == {statusCode: '200'}
    UpdateMethodResponse {<<: $method, statusCode: '200', patchOperations: [{op: add,
      path: /responseParameters/method.response.header.my-header, value: 'true'}]}
    UpdateMethodResponse {<<: $method, statusCode: '200', patchOperations: [{op: remove,
      path: /responseParameters/method.response.header.my-header}]} == {statusCode: '200'}
  exists once per status code
    PutMethodResponse {<<: $method, statusCode: '200'}
    PutMethodResponse {<<: $method, statusCode: '200'} !ConflictException: Response already exists for this resource
  is refused in the words of the service
    PutMethodResponse {<<: $method, statusCode: '200'}
    UpdateMethodResponse {<<: $method, statusCode: '200', patchOperations: [{op: replace,
      path: /responseParameters/method.response.header.my-header, value: 'true'}]}
      !NotFoundException: Invalid parameter name specified
    UpdateMethodResponse {<<: $method, statusCode: '200', patchOperations: [{op: remove,
      path: /responseParameters/wrong, value: 'true'}]} !NotFoundException: Invalid parameter name specified
    UpdateMethodResponse {<<: $method, statusCode: '200', patchOperations: [{op: remove,
      path: /responseModels/application~1json, value: 'true'}]} !NotFoundException: Content-Type specified was not found
    UpdateMethodResponse {<<: $method, statusCode: '200', patchOperations: [{op: remove, path: /wrong/x,
      value: 'true'}]} !BadRequestException: Invalid patch path /wrong/x
    UpdateMethodResponse {<<: $method, statusCode: '201', patchOperations: [{op: add,
      path: /responseParameters/method.response.header.my-header, value: 'true'}]}
      !NotFoundException: Invalid Response status code specified
    UpdateMethodResponse {<<: $method, statusCode: '200', httpMethod: POST, patchOperations: [{op: add,
      path: /responseParameters/method.response.header.my-header, value: 'true'}]} !NotFoundException: ${UNKNOWN_METHOD}
    UpdateMethodResponse {<<: $method, statusCode: '200', resourceId: wrong, patchOperations: [{op: add,
      path: /responseParameters/method.response.header.my-header, value: 'true'}]}
      !NotFoundException: ${UNKNOWN_RESOURCE}
    UpdateMethodResponse {<<: $method, statusCode: wrong, patchOperations: [{op: add,
      path: /responseParameters/method.response.header.my-header, value: 'true'}]}
      !ValidationException: 1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint:
      Member must satisfy regular expression pattern: [1-5]\d\d
    PutMethodResponse {<<: $method, statusCode: '404', responseParameters: {method.request.header.x: true}}
      !BadRequestException /^Invalid mapping expression specified/
    PutMethodResponse {<<: $method, statusCode: '404', responseModels: {application/json: Pet}}
      !BadRequestException: Invalid model identifier specified: Pet
    GetMethodResponse {<<: $method, statusCode: '404'} !NotFoundException: Invalid Response status code specified
    DeleteMethodResponse {<<: $method, statusCode: '404'} !NotFoundException: Invalid Response status code specified
`;
