import { APIGateway } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { simulate } from '../../../src/index.js';
import { bytes, mock, openApi } from './open-api.js';
import { BAD, plain, refused, REGION, restWorld, statusOf } from './rest-world.js';

/** With what YAML has and JSON has not: numbers as keys, a version without quotes, comments, an alias. */
const YAML = `
swagger: 2.0 # a number
info: { title: from YAML, version: "2.0" }
basePath: /a/b
paths:
  /pets:
    get: &get
      responses:
        200: { description: fine }
      x-amazon-apigateway-integration: { type: mock, description: what it is for }
    post: *get
`;

describe('ImportRestApi', () => {
  it('answers a new API, with the models of the document only', async () => {
    const { apiGateway } = restWorld();
    const document = openApi({ '/': { get: mock() } }, { components: { schemas: { Empty: { type: 'object' } } } });
    const made = await apiGateway.importRestApi({ body: bytes(document) });
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      name: 'imported',
      version: '1.0',
      createdDate: new Date('2026-06-01T00:00:00Z'),
      apiKeySource: 'HEADER',
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
      rootResourceId: expect.stringMatching(/^[a-z0-9]{10}$/),
    });
    const { items = [] } = await apiGateway.getModels({ restApiId: made.id });
    expect(items.map(({ name }) => name)).toEqual(['Empty']);
    const { items: resources } = await apiGateway.getResources({ restApiId: made.id });
    expect(resources).toEqual([{ id: made.rootResourceId, path: '/', resourceMethods: { GET: {} } }]);
  });

  it('takes an endpoint type, and the VPC endpoints of the document', async () => {
    const { apiGateway } = restWorld();
    const configuration = { vpcEndpointIds: ['vpce-0a1b'], disableExecuteApiEndpoint: true };
    const servers = [{ url: '/x', 'x-amazon-apigateway-endpoint-configuration': configuration }];
    const made = await apiGateway.importRestApi({
      body: bytes(openApi({}, { servers })),
      parameters: { endpointConfigurationTypes: 'PRIVATE', basepath: 'ignore' },
    });
    expect(made).toMatchObject({
      disableExecuteApiEndpoint: true,
      endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'dualstack', vpcEndpointIds: ['vpce-0a1b'] },
    });
  });
});

answers('ImportRestApi', restWorld)`
  makes nothing of a document that is refused
    ImportRestApi {body: ${bytes(openApi({ a: {} }))}, parameters: {}}
      !BadRequestException /^Errors found during import:/
    ImportRestApi {body: ${bytes('no')}, parameters: {}} !BadRequestException: Invalid OpenAPI input.
    ImportRestApi {body: ${bytes(openApi({}))}, parameters: {endpointConfigurationTypes: GLOBAL}}
      !ValidationException /GLOBAL/
    GetRestApis -> {items: []}
`;

it('imports over the wire: take the bytes of the body, and the query', async () => {
  const sim = simulate({ throttle: false });
  const server = await sim.listen();
  try {
    const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
    const client = new APIGateway({ region: REGION, endpoint: server.url, credentials, maxAttempts: 1 });
    const made = await client.importRestApi({
      body: bytes(openApi({ '/': { get: mock() } })),
      parameters: { endpointConfigurationTypes: 'REGIONAL' },
    });
    expect(made.endpointConfiguration?.types).toEqual(['REGIONAL']);
    const put = client.putRestApi({
      restApiId: made.id,
      mode: 'overwrite',
      failOnWarnings: true,
      parameters: { ignore: 'documentation' },
      body: bytes(openApi({ '/': { get: mock({}, { requestParameters: { 'integration.request.header.a': 1 } }) } })),
    });
    await refused(put, BAD, /^Warnings found during import:\n\tInvalid format for 'requestParameters'\./);
    const yaml = await client.putRestApi({
      restApiId: made.id,
      body: bytes(YAML),
      parameters: { basepath: 'split' },
    });
    expect(yaml).toMatchObject({ name: 'from YAML', version: '2.0' });
    const { items = [] } = await client.getResources({ restApiId: made.id });
    expect(items.map(({ path }) => path).sort()).toEqual(['/', '/b', '/b/pets']);
  } finally {
    await server.close();
  }
});
