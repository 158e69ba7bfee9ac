import { expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { ACCOUNT, petsApi } from './rest-world.js';

const TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' };
const OWN = { 'application/json': '{"oops":$context.error.messageString}' };
const HEADER = 'gatewayresponse.header.x-a';

/** The statuses of the default responses. */
const STATUSES: Readonly<Record<string, readonly string[]>> = {
  400: ['BAD_REQUEST_BODY', 'BAD_REQUEST_PARAMETERS'],
  401: ['UNAUTHORIZED'],
  403: [
    'ACCESS_DENIED',
    'EXPIRED_TOKEN',
    'INVALID_API_KEY',
    'INVALID_SIGNATURE',
    'MISSING_AUTHENTICATION_TOKEN',
    'WAF_FILTERED',
  ],
  404: ['RESOURCE_NOT_FOUND'],
  413: ['REQUEST_TOO_LARGE'],
  415: ['UNSUPPORTED_MEDIA_TYPE'],
  429: ['QUOTA_EXCEEDED', 'THROTTLED'],
  500: ['API_CONFIGURATION_ERROR', 'AUTHORIZER_CONFIGURATION_ERROR', 'AUTHORIZER_FAILURE'],
  504: ['INTEGRATION_FAILURE', 'INTEGRATION_TIMEOUT'],
};

async function world() {
  const pets = await petsApi();
  const { apiGateway, restApiId } = pets;
  const put = (responseType: string, more: object = {}) =>
    apiGateway.putGatewayResponse({ restApiId, responseType: responseType as never, ...more });
  const get = (responseType: string) =>
    apiGateway.getGatewayResponse({ restApiId, responseType: responseType as never });
  const update = (responseType: string, op: string, path?: string, value?: string) =>
    apiGateway.updateGatewayResponse({
      restApiId,
      responseType: responseType as never,
      patchOperations: [{ op: op as never, path, value }],
    });
  return { ...pets, put, get, update };
}

it('default gateway responses: are of 21 types, with one template', async () => {
  const { apiGateway, restApiId } = await world();
  const { items = [] } = await apiGateway.getGatewayResponses({ restApiId });
  expect(items).toHaveLength(21);
  for (const [statusCode, types] of Object.entries(STATUSES)) {
    expect(items.filter((item) => item.statusCode === statusCode).map((item) => item.responseType)).toEqual(types);
  }
  const general = items.filter((item) => item.statusCode === undefined).map((item) => item.responseType);
  expect(general).toEqual(['DEFAULT_4XX', 'DEFAULT_5XX']);
  for (const item of items) {
    expect(item).toMatchObject({ defaultResponse: true, responseParameters: {}, responseTemplates: TEMPLATES });
  }
});

answers('default gateway responses', world)`
  follow DEFAULT_5XX, unless they are set themselves
    put [DEFAULT_5XX, {statusCode: '599', responseTemplates: ${OWN}}]
    put [AUTHORIZER_FAILURE, {responseParameters: ${{ [HEADER]: "'b'" }}}]
    get INTEGRATION_TIMEOUT -> {defaultResponse: true, statusCode: '599', responseTemplates: ${OWN}}
    get AUTHORIZER_FAILURE -> {defaultResponse: false, statusCode: '500', responseTemplates: ${TEMPLATES}}
    get THROTTLED -> {statusCode: '429', responseTemplates: ${TEMPLATES}}
  keep their status where DEFAULT_4XX has none
    put [DEFAULT_4XX, {responseTemplates: ${OWN}}]
    get THROTTLED -> {statusCode: '429', responseTemplates: ${OWN}}
`;

answers('PutGatewayResponse', world)`
  answers 201 with the defaults of the type for what is not given
    made = put [MISSING_AUTHENTICATION_TOKEN, {responseParameters: ${{ [HEADER]: "'b'" }}}]
      == 201 {responseType: MISSING_AUTHENTICATION_TOKEN, statusCode: '403',
      responseParameters: ${{ [HEADER]: "'b'" }}, responseTemplates: ${TEMPLATES}, defaultResponse: false}
    get MISSING_AUTHENTICATION_TOKEN == $made
    put [MISSING_AUTHENTICATION_TOKEN, {statusCode: '404'}] -> {responseParameters: {}}
  refuses a type, a status or an API that does not exist
    put FAKE
      !ValidationException /^1 validation error detected: Value 'FAKE' at 'responseType' failed .* enum value set:
      \[REQUEST_TOO_LARGE, .*, EXPIRED_TOKEN\]$/
    put [THROTTLED, {statusCode: '600'}] !ValidationException /statusCode/
    PutGatewayResponse {restApiId: nothing123, responseType: THROTTLED}
      !NotFoundException: ${`Invalid API identifier specified ${ACCOUNT}:nothing123`}
`;

answers('DeleteGatewayResponse', world)`
  returns a type to its default, once
    put [THROTTLED, {statusCode: '503'}]
    DeleteGatewayResponse {restApiId: $restApiId, responseType: THROTTLED} -> 202
    get THROTTLED -> {statusCode: '429', defaultResponse: true}
    DeleteGatewayResponse {restApiId: $restApiId, responseType: THROTTLED}
      !NotFoundException: Gateway response type not defined on api
`;

answers('UpdateGatewayResponse', world)`
  makes a default response the own one of the API
    changed = update [DEFAULT_4XX, replace, /statusCode, '444']
      -> {statusCode: '444', defaultResponse: false, responseTemplates: ${TEMPLATES}}
    get DEFAULT_4XX == $changed
  adds, replaces and removes entries
    update [THROTTLED, add, ${`/responseParameters/${HEADER}`}, '''a''']
      -> {responseParameters=: ${{ [HEADER]: "'a'" }}}
    update [THROTTLED, replace, ${`/responseParameters/${HEADER}`}, '''b''']
      -> {responseParameters=: ${{ [HEADER]: "'b'" }}}
    update [THROTTLED, remove, ${`/responseParameters/${HEADER}`}] -> {responseParameters=: {}}
    update [THROTTLED, add, /responseTemplates/application~1xml, <a/>]
      -> {responseTemplates=: ${{ ...TEMPLATES, 'application/xml': '<a/>' }}}
  refuses wrong input
    # another operation on the status
    update [DEFAULT_5XX, add, /statusCode, '444'] !BadRequestException: Invalid patch path /statusCode
    # a path that is unknown
    update [DEFAULT_5XX, add, /wrongPath, a] !BadRequestException: Invalid patch path /wrongPath
    update [DEFAULT_5XX, add, absent, a] !BadRequestException: Invalid patch path null # no path
    # a parameter that is not there
    update [DEFAULT_5XX, replace, ${`/responseParameters/${HEADER}`}, a]
      !NotFoundException: Invalid parameter name specified
    # no parameter
    update [DEFAULT_5XX, replace, ${`/responseParameters/${HEADER}`}, absent]
      !BadRequestException: Invalid null or empty value in responseParameters
    # no template
    update [DEFAULT_5XX, add, /responseTemplates/a~1b, absent]
      !BadRequestException: Invalid null or empty value in responseTemplates
    # a parameter that it does not have, named as a member of all objects
    update [DEFAULT_5XX, replace, /responseParameters/constructor, '''a''']
      !NotFoundException: Invalid parameter name specified
    # an unknown operation
    update [DEFAULT_5XX, wrong, /statusCode, a]
      !ValidationException /'updateGatewayResponseInput.patchOperations.1.member.op'/
    update [DEFAULT_5XX, replace, /statusCode, '700'] !BadRequestException /700/ # a status that is none
`;
