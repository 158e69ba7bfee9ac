import { describe, expect, it } from 'vitest';
import { ACCOUNT, BAD, INVALID, NOT_FOUND, petsApi, plain, refused, statusOf } from './rest-world.js';

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

describe('default gateway responses', () => {
  it('are of 21 types, with one template', async () => {
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

  it('follow DEFAULT_5XX, unless they are set themselves', async () => {
    const { put, get } = await world();
    await put('DEFAULT_5XX', { statusCode: '599', responseTemplates: OWN });
    await put('AUTHORIZER_FAILURE', { responseParameters: { [HEADER]: "'b'" } });
    expect(await get('INTEGRATION_TIMEOUT')).toMatchObject({
      defaultResponse: true,
      statusCode: '599',
      responseTemplates: OWN,
    });
    expect(await get('AUTHORIZER_FAILURE')).toMatchObject({
      defaultResponse: false,
      statusCode: '500',
      responseTemplates: TEMPLATES,
    });
    expect(await get('THROTTLED')).toMatchObject({ statusCode: '429', responseTemplates: TEMPLATES });
  });

  it('keep their status where DEFAULT_4XX has none', async () => {
    const { put, get } = await world();
    await put('DEFAULT_4XX', { responseTemplates: OWN });
    expect(await get('THROTTLED')).toMatchObject({ statusCode: '429', responseTemplates: OWN });
  });
});

describe('PutGatewayResponse', () => {
  it('answers 201 with the defaults of the type for what is not given', async () => {
    const { put, get } = await world();
    const made = await put('MISSING_AUTHENTICATION_TOKEN', { responseParameters: { [HEADER]: "'b'" } });
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({
      responseType: 'MISSING_AUTHENTICATION_TOKEN',
      statusCode: '403',
      responseParameters: { [HEADER]: "'b'" },
      responseTemplates: TEMPLATES,
      defaultResponse: false,
    });
    expect(plain(await get('MISSING_AUTHENTICATION_TOKEN'))).toEqual(plain(made));
    expect(await put('MISSING_AUTHENTICATION_TOKEN', { statusCode: '404' })).toMatchObject({ responseParameters: {} });
  });

  it('refuses a type, a status or an API that does not exist', async () => {
    const { put, apiGateway } = await world();
    await refused(
      put('FAKE'),
      INVALID,
      /^1 validation error detected: Value 'FAKE' at 'responseType' failed .* enum value set: \[REQUEST_TOO_LARGE, .*, EXPIRED_TOKEN\]$/,
    );
    await refused(put('THROTTLED', { statusCode: '600' }), INVALID, /statusCode/);
    await refused(
      apiGateway.putGatewayResponse({ restApiId: 'nothing123', responseType: 'THROTTLED' }),
      NOT_FOUND,
      `Invalid API identifier specified ${ACCOUNT}:nothing123`,
    );
  });
});

describe('DeleteGatewayResponse', () => {
  it('returns a type to its default, once', async () => {
    const { put, get, apiGateway, restApiId } = await world();
    await put('THROTTLED', { statusCode: '503' });
    const remove = () => apiGateway.deleteGatewayResponse({ restApiId, responseType: 'THROTTLED' });
    expect(statusOf(await remove())).toBe(202);
    expect(await get('THROTTLED')).toMatchObject({ statusCode: '429', defaultResponse: true });
    await refused(remove(), NOT_FOUND, 'Gateway response type not defined on api');
  });
});

describe('UpdateGatewayResponse', () => {
  it('makes a default response the own one of the API', async () => {
    const { update, get } = await world();
    const changed = await update('DEFAULT_4XX', 'replace', '/statusCode', '444');
    expect(changed).toMatchObject({ statusCode: '444', defaultResponse: false, responseTemplates: TEMPLATES });
    expect(plain(await get('DEFAULT_4XX'))).toEqual(plain(changed));
  });

  it('adds, replaces and removes entries', async () => {
    const { update } = await world();
    const path = `/responseParameters/${HEADER}`;
    expect((await update('THROTTLED', 'add', path, "'a'")).responseParameters).toEqual({ [HEADER]: "'a'" });
    expect((await update('THROTTLED', 'replace', path, "'b'")).responseParameters).toEqual({ [HEADER]: "'b'" });
    expect((await update('THROTTLED', 'remove', path)).responseParameters).toEqual({});
    const { responseTemplates } = await update('THROTTLED', 'add', '/responseTemplates/application~1xml', '<a/>');
    expect(responseTemplates).toEqual({ ...TEMPLATES, 'application/xml': '<a/>' });
  });

  it.each([
    ['another operation on the status', 'add', '/statusCode', '444', BAD, 'Invalid patch path /statusCode'],
    ['a path that is unknown', 'add', '/wrongPath', 'a', BAD, 'Invalid patch path /wrongPath'],
    ['no path', 'add', undefined, 'a', BAD, 'Invalid patch path null'],
    [
      'a parameter that is not there',
      'replace',
      `/responseParameters/${HEADER}`,
      'a',
      NOT_FOUND,
      'Invalid parameter name specified',
    ],
    [
      'no parameter',
      'replace',
      `/responseParameters/${HEADER}`,
      undefined,
      BAD,
      'Invalid null or empty value in responseParameters',
    ],
    [
      'no template',
      'add',
      '/responseTemplates/a~1b',
      undefined,
      BAD,
      'Invalid null or empty value in responseTemplates',
    ],
    [
      'a parameter that it does not have, named as a member of all objects',
      'replace',
      '/responseParameters/constructor',
      "'a'",
      NOT_FOUND,
      'Invalid parameter name specified',
    ],
    [
      'an unknown operation',
      'wrong',
      '/statusCode',
      'a',
      INVALID,
      /'updateGatewayResponseInput.patchOperations.1.member.op'/,
    ],
    ['a status that is none', 'replace', '/statusCode', '700', BAD, /700/],
  ])('refuses %s', async (_, op, path, value, name, message) => {
    const { update } = await world();
    await refused(update('DEFAULT_5XX', op, path, value), name, message);
  });
});
