import { expect, it } from 'vitest';
import { answers } from '../../../answers.js';
import { petsApi, restWorld } from '../rest-world.js';

const UNKNOWN = 'Invalid Integration identifier specified';
const MAPPING = 'Invalid mapping expression specified: Validation Result: warnings : [], errors : ';
const LAMBDA =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:f/invocations';

async function world() {
  const pets = await petsApi();
  const { apiGateway, method } = pets;
  const http = { ...method, type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: 'http://example.com' };
  const put = (more: Record<string, unknown> = {}) => apiGateway.putIntegration({ ...http, ...more } as never);
  const update = (op: string, path: string, value?: string) =>
    apiGateway.updateIntegration({ ...method, patchOperations: [{ op: op as never, path, value }] });
  return { ...pets, put, update };
}

it.each([
  'https://example.com:8443/a/{id}?b=c',
  'http://example.com:80',
  'http://example.com:443/',
  'http://example.com:1024',
  'http://example.com:65535',
  'https://${stageVariables.host}/pets',
  'http://${stageVariables.url}',
])('PutIntegration: accepts the URI %s', async (uri) => {
  const { put } = await world();
  expect(await put({ uri })).toMatchObject({ uri });
});

answers('PutIntegration', world)`
  truth 2: answers 201 with the defaults
    put
      == 201 {type: HTTP_PROXY, httpMethod: GET, uri: http://example.com, connectionType: INTERNET,
      cacheKeyParameters: [], cacheNamespace: $resourceId, passthroughBehavior: WHEN_NO_MATCH, timeoutInMillis: 29000}
    GetIntegration $method
      == {type: HTTP_PROXY, httpMethod: GET, uri: http://example.com, connectionType: INTERNET, cacheKeyParameters: [],
      cacheNamespace: $resourceId, passthroughBehavior: WHEN_NO_MATCH, timeoutInMillis: 29000}
    GetMethod $method
      -> {methodIntegration=: {type: HTTP_PROXY, httpMethod: GET, uri: http://example.com, connectionType: INTERNET,
      cacheKeyParameters: [], cacheNamespace: $resourceId, passthroughBehavior: WHEN_NO_MATCH, timeoutInMillis: 29000}}
  answers a MOCK without URI and method, and AWS without a connection type
    put {type: MOCK}
      == {cacheKeyParameters: [], cacheNamespace: $resourceId, passthroughBehavior: WHEN_NO_MATCH,
      timeoutInMillis: 29000, type: MOCK}
    put {type: AWS, uri: ${LAMBDA}}
      == {cacheKeyParameters: [], cacheNamespace: $resourceId, passthroughBehavior: WHEN_NO_MATCH,
      timeoutInMillis: 29000, type: AWS, uri: ${LAMBDA}, httpMethod: GET}
  answers what was sent
    put {type: HTTP, credentials: arn:aws:iam::111122223333:role/x,
      requestParameters: {integration.request.header.x-stage: context.stage},
      requestTemplates: {application/json: '{}'}, passthroughBehavior: NEVER, contentHandling: CONVERT_TO_TEXT,
      cacheNamespace: pets, cacheKeyParameters: [method.request.querystring.page], timeoutInMillis: 50,
      tlsConfig: {insecureSkipVerification: true}, responseTransferMode: BUFFERED}
      -> {type: HTTP, credentials: arn:aws:iam::111122223333:role/x,
      requestParameters: {integration.request.header.x-stage: context.stage},
      requestTemplates: {application/json: '{}'}, passthroughBehavior: NEVER, contentHandling: CONVERT_TO_TEXT,
      cacheNamespace: pets, cacheKeyParameters: [method.request.querystring.page], timeoutInMillis: 50,
      tlsConfig: {insecureSkipVerification: true}, responseTransferMode: BUFFERED}
  replaces another integration with its responses
    put
    PutIntegrationResponse {<<: $method, statusCode: '200'}
    put {uri: http://example.org}
    GetIntegration $method -> {integrationResponses: absent}
  refuses wrong input
    # a type that does not exist
    put {type: HTTPS_PROXY}
      !ValidationException: 1 validation error detected: Value 'HTTPS_PROXY' at 'putIntegrationInput.type' failed to
      satisfy constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]
    put {restApiId: wrong} !NotFoundException: Invalid Resource identifier specified # an unknown API
    put {resourceId: wrong} !NotFoundException: Invalid Resource identifier specified # an unknown resource
    put {httpMethod: POST} !NotFoundException: Invalid Method identifier specified # an unknown method
    # HTTP without a method, { type, integrationHttpMethod: undefined }
    put {type: HTTP, integrationHttpMethod: absent}
      !BadRequestException: Enumeration value for HttpMethod must be non-empty
    # HTTP_PROXY without a method, { type, integrationHttpMethod: undefined }
    put {type: HTTP_PROXY, integrationHttpMethod: absent}
      !BadRequestException: Enumeration value for HttpMethod must be non-empty
    # AWS without a method, { type, integrationHttpMethod: undefined }
    put {type: AWS, integrationHttpMethod: absent}
      !BadRequestException: Enumeration value for HttpMethod must be non-empty
    # a method that does not exist
    put {integrationHttpMethod: FETCH} !BadRequestException /^Invalid HttpMethod specified/
    put {uri: absent} !BadRequestException: Invalid integration URI specified # no URI
    # the URI non-valid-http, { uri }
    put {uri: non-valid-http} !BadRequestException: Invalid HTTP endpoint specified for URI
    # the URI ftp://example.com, { uri }
    put {uri: ftp://example.com} !BadRequestException: Invalid HTTP endpoint specified for URI
    put {uri: http://} !BadRequestException: Invalid HTTP endpoint specified for URI # the URI http://, { uri }
    put {uri: http://a b} !BadRequestException: Invalid HTTP endpoint specified for URI # the URI http://a b, { uri }
    put {uri: http://a:79} !BadRequestException: Invalid HTTP endpoint specified for URI # the URI http://a:79, { uri }
    # the URI http://a:444, { uri }
    put {uri: http://a:444} !BadRequestException: Invalid HTTP endpoint specified for URI
    # the URI http://a:65536, { uri }
    put {uri: http://a:65536} !BadRequestException: Invalid HTTP endpoint specified for URI
    put {type: AWS, uri: x} !BadRequestException: Invalid ARN specified in the request # a text that is not an ARN
    # an ARN of IAM
    put {type: AWS, uri: arn:aws:iam::000000000000:role/x}
      !BadRequestException: AWS ARN for integration must contain path or action
    # S3 as a proxy
    put {type: AWS_PROXY, uri: arn:aws:apigateway:eu-west-1:s3:path/b/k}
      !BadRequestException: Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream
      invocations.
    put {timeoutInMillis: 49} !BadRequestException: Timeout should be between 50 ms and 29000 ms # 49 ms
    put {timeoutInMillis: 29001} !BadRequestException: Timeout should be between 50 ms and 29000 ms # 29,001 ms
    # 900,001 ms of a stream
    put {responseTransferMode: STREAM, timeoutInMillis: 900001}
      !BadRequestException: Timeout should be between 50 ms and 900000 ms
    # a stream of type HTTP
    put {type: HTTP, responseTransferMode: STREAM} !BadRequestException /STREAM is only supported/
    # another passthrough behavior
    put {passthroughBehavior: SOMETIMES} !BadRequestException /^Invalid passthrough behavior/
    put {connectionId: abc123} !BadRequestException /^ConnectionId is only supported/ # a link without VPC_LINK
    # a parameter that the method does not declare
    put {requestParameters: {integration.request.path.id: method.request.path.id}}
      !BadRequestException: ${`${MAPPING}[Invalid mapping expression parameter specified: method.request.path.id]`}
    # a source that is not an expression
    put {requestParameters: {integration.request.path.id: id}}
      !BadRequestException: ${`${MAPPING}[Invalid mapping expression specified: id]`}
    # a destination that is not a parameter
    put {requestParameters: {method.request.path.id: '''7'''}}
      !BadRequestException: ${`${MAPPING}[Invalid mapping expression parameter specified: method.request.path.id]`}
    # a template whose key is not a content type
    put {requestTemplates: {'123': '{}'}}
      !BadRequestException: Validation Result: warnings : [], errors : [Invalid content type specified: 123]
    GetIntegration $method !NotFoundException: ${UNKNOWN}
  accepts the parameters that the method declares
    UpdateMethod {<<: $method, patchOperations: [{op: add, path: /requestParameters/method.request.path.id,
      value: 'true'}]}
    put {requestParameters: {integration.request.path.id: method.request.path.id,
      integration.request.header.x-a: '''a b''', integration.request.querystring.body: method.request.body.name,
      integration.request.header.x-v: stageVariables.version}}
      -> {requestParameters: {integration.request.path.id: method.request.path.id,
      integration.request.header.x-a: '''a b''', integration.request.querystring.body: method.request.body.name,
      integration.request.header.x-v: stageVariables.version}}
  truth 24: accepts 900 s for a stream
    put {responseTransferMode: STREAM, timeoutInMillis: 900000}
      -> {responseTransferMode: STREAM, timeoutInMillis: 900000}
`;

answers('PutIntegration', () => restWorld({ quotas: { 'integration-timeout': 60_000 } }))`
  accepts longer timeouts with a higher quota, but not on edge-optimized APIs
    CreateRestApi {name: shop, endpointConfiguration: {types: [REGIONAL]}}
    PutMethod {restApiId: $id, resourceId: $rootResourceId, httpMethod: GET, authorizationType: NONE}
    PutIntegration {restApiId: $id, resourceId: $rootResourceId, httpMethod: GET, type: MOCK, timeoutInMillis: 60000}
      -> {timeoutInMillis: 60000}
    restApiId = CreateRestApi {name: shop, endpointConfiguration: {types: [REGIONAL]}}
    PutMethod {restApiId: $restApiId.id, resourceId: $restApiId.rootResourceId, httpMethod: GET,
      authorizationType: NONE}
    PutIntegration {restApiId: $restApiId.id, resourceId: $restApiId.rootResourceId, httpMethod: GET, type: MOCK,
      timeoutInMillis: 60001} !BadRequestException: Timeout should be between 50 ms and 60000 ms
    restApiId2 = CreateRestApi {name: shop, endpointConfiguration: {types: [EDGE]}}
    PutMethod {restApiId: $restApiId2.id, resourceId: $restApiId2.rootResourceId, httpMethod: GET,
      authorizationType: NONE}
    PutIntegration {restApiId: $restApiId2.id, resourceId: $restApiId2.rootResourceId, httpMethod: GET, type: MOCK,
      timeoutInMillis: 60000} !BadRequestException: Timeout should be between 50 ms and 29000 ms
`;

answers('UpdateIntegration', world)`
  truth 5: changes the paths of its table, and keeps the responses
    put
    PutIntegrationResponse {<<: $method, statusCode: '200'}
    update [replace, /uri, https://example.org/pets] -> {uri: https://example.org/pets}
    update [replace, /httpMethod, POST] -> {httpMethod: POST}
    update [replace, /credentials, arn:aws:iam::111122223333:role/x] -> {credentials: arn:aws:iam::111122223333:role/x}
    update [replace, /passthroughBehavior, NEVER] -> {passthroughBehavior: NEVER}
    update [replace, /contentHandling, CONVERT_TO_BINARY] -> {contentHandling: CONVERT_TO_BINARY}
    update [replace, /cacheNamespace, pets] -> {cacheNamespace: pets}
    update [replace, /timeoutInMillis, '1000'] -> {timeoutInMillis: 1000}
    update [replace, /responseTransferMode, STREAM] -> {responseTransferMode: STREAM}
    update [replace, /cacheNamespace, ''] -> {cacheNamespace: $method.resourceId}
    update [replace, /tlsConfig/insecureSkipVerification, 'true']
      -> 200 {tlsConfig=: {insecureSkipVerification: true}, integrationResponses=: {'200': {statusCode: '200'}}}
  adds, replaces and removes entries
    put
    update [add, /requestTemplates/application~1json, '{}'] -> {requestTemplates: {application/json: '{}'}}
    update [replace, /requestTemplates/application~1json, '[]'] -> {requestTemplates: {application/json: '[]'}}
    update [remove, /requestTemplates/application~1json] -> {requestTemplates: absent}
    update [add, /requestParameters/integration.request.header.x, '''1''']
      -> {requestParameters: {integration.request.header.x: '''1'''}}
    update [remove, /requestParameters/integration.request.header.x] -> {requestParameters: absent}
    update [add, /cacheKeyParameters/method.request.querystring.page, '']
      -> {cacheKeyParameters: [method.request.querystring.page]}
    update [remove, /cacheKeyParameters/method.request.querystring.page, ''] -> {cacheKeyParameters: []}
  refuses wrong input
    put
    update [replace, /type, MOCK] !BadRequestException: Invalid patch path /type
    update [replace, /cacheKeyParameters, x] !BadRequestException: Invalid patch path /cacheKeyParameters
    update [remove, /uri, absent] !BadRequestException: Invalid patch operation specified. Must be one of: [replace]
    update [replace, /uri, example.com] !BadRequestException: Invalid HTTP endpoint specified for URI
    update [replace, /timeoutInMillis, '49'] !BadRequestException: Timeout should be between 50 ms and 29000 ms
    update [replace, /timeoutInMillis, soon] !BadRequestException /number/
    update [replace, /timeoutInMillis, '0x400'] !BadRequestException /number/
    update [replace, /connectionType, LINK] !BadRequestException /^Invalid connection type/
    update [replace, /connectionType, ''] !BadRequestException /^Invalid connection type/
    update [replace, /passthroughBehavior, ''] !BadRequestException /^Invalid passthrough behavior/
    update [replace, /contentHandling, NONE] !BadRequestException /^Invalid content handling/
    update [replace, /responseTransferMode, SLOW] !BadRequestException /^Invalid response transfer mode/
    update [remove, /requestTemplates/a~1b, absent] !NotFoundException: Content-Type specified was not found
    update [replace, /requestParameters/integration.request.path.x, '''1''']
      !NotFoundException: Invalid parameter name specified
  truth 5: changes nothing when one operation of the list is refused
    put
    UpdateIntegration {<<: $method, patchOperations: [{op: replace, path: /uri, value: http://example.org},
      {op: replace, path: /type, value: MOCK}]} !BadRequestException: Invalid patch path /type
    GetIntegration $method -> {uri: http://example.com}
  refuses the URI and the method of a MOCK, and an integration that does not exist
    update [replace, /uri, http://example.org] !NotFoundException: ${UNKNOWN}
    put {type: MOCK}
    update [replace, /uri, http://example.org] !BadRequestException: Invalid patch path /uri
    update [replace, /httpMethod, GET] !BadRequestException: Invalid patch path /httpMethod
`;

answers('DeleteIntegration', world)`
  truth 2: answers 204; the method stays without an integration
    put
    DeleteIntegration $method -> 204
    GetMethod $method -> {methodIntegration: absent}
    DeleteIntegration $method !NotFoundException: ${UNKNOWN}
    GetIntegration {<<: $method, httpMethod: PUT} !NotFoundException /Method identifier/
    GetIntegration {<<: $method, restApiId: wrong} !NotFoundException /Resource identifier/
`;
