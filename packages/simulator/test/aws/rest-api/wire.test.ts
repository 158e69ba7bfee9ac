import { APIGateway } from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulate, type SimulationServer } from '../../../src/index.js';
import { INVALID, NOT_FOUND, REGION, statusOf } from './rest-world.js';

const sim = simulate({ throttle: false });
let server: SimulationServer;
let client: APIGateway;
beforeAll(async () => {
  server = await sim.listen();
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
  client = new APIGateway({ region: REGION, endpoint: server.url, credentials, maxAttempts: 1 });
});
afterAll(() => server.close());

/** A request without a client, whose body is read as text. */
async function raw(method: string, path: string, body?: string) {
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260601/${REGION}/apigateway/aws4_request, SignedHeaders=host, Signature=00`;
  const headers = { authorization, accept: 'application/json', 'content-type': 'application/json' };
  const response = await fetch(server.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: response.status, text: await response.text(), type: response.headers.get('x-amzn-errortype') };
}

describe('REST APIs over the wire', () => {
  it('truth 1: lists have the member item, and dates are seconds', async () => {
    const { id } = await client.createRestApi({ name: 'shop' });
    const { status, text } = await raw('GET', '/restapis');
    expect(status).toBe(200);
    const body = JSON.parse(text) as { item: { id: string; createdDate: number }[] };
    expect(body).not.toHaveProperty('position');
    expect(body.item[0]).toMatchObject({ id, createdDate: 1_780_272_000 });
    expect((await client.getRestApis({})).items?.[0]).toMatchObject({
      id,
      createdDate: new Date('2026-06-01T00:00:00Z'),
    });
  });

  it('truth 2: every write of a method answers with its own status', async () => {
    const { id: restApiId, rootResourceId: parentId } = await client.createRestApi({ name: 'codes' });
    const resource = await client.createResource({ restApiId, parentId, pathPart: '{proxy+}' });
    const method = { restApiId, resourceId: resource.id, httpMethod: 'ANY' };
    const response = { ...method, statusCode: '200' };
    const answers = [
      resource,
      await client.putMethod({ ...method, authorizationType: 'NONE' }),
      await client.putIntegration({
        ...method,
        type: 'HTTP',
        integrationHttpMethod: 'ANY',
        uri: 'http://example.com/{proxy}',
      }),
      await client.putMethodResponse(response),
      await client.putIntegrationResponse(response),
      await client.updateMethodResponse({ ...response, patchOperations: [] }),
      await client.updateIntegration({ ...method, patchOperations: [] }),
      await client.deleteIntegrationResponse(response),
      await client.deleteMethodResponse(response),
      await client.deleteIntegration(method),
      await client.deleteMethod(method),
      await client.deleteResource({ restApiId, resourceId: resource.id }),
      await client.deleteRestApi({ restApiId }),
    ];
    expect(answers.map(statusOf)).toEqual([201, 201, 201, 201, 201, 201, 200, 204, 204, 204, 204, 202, 202]);
  });

  it('truth 2: the other writes have their own status, too, and what is deleted answers an empty object', async () => {
    const { id: restApiId, rootResourceId: resourceId } = await client.createRestApi({ name: 'more codes' });
    const method = { restApiId, resourceId, httpMethod: 'GET' };
    await client.putMethod({ ...method, authorizationType: 'NONE' });
    await client.putIntegration({ ...method, type: 'MOCK' });
    const deployment = await client.createDeployment({ restApiId });
    const deploymentId = deployment.id;
    const stage = { restApiId, stageName: 'prod' };
    const targetArns = ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/a/50dc6c495c0c9188'];
    const link = await client.createVpcLink({ name: 'codes', targetArns });
    const response = { restApiId, responseType: 'THROTTLED' as const };
    const body = new TextEncoder().encode('{"openapi":"3.0.1","info":{"title":"codes"},"paths":{}}');
    const answers = [
      deployment,
      link,
      await client.createStage({ ...stage, deploymentId }),
      await client.putGatewayResponse(response),
      await client.updateStage({ ...stage, patchOperations: [] }),
      await client.updateDeployment({ restApiId, deploymentId, patchOperations: [] }),
      await client.updateVpcLink({ vpcLinkId: link.id, patchOperations: [] }),
      await client.putRestApi({ restApiId, body }),
    ];
    expect(answers.map(statusOf)).toEqual([201, 202, 201, 201, 200, 200, 200, 200]);
    const paths = ['gatewayresponses/THROTTLED', 'stages/prod', `deployments/${deploymentId}`];
    const deleted = [...paths.map((path) => `/restapis/${restApiId}/${path}`), `/vpclinks/${link.id}`];
    for (const path of deleted) expect(await raw('DELETE', path)).toMatchObject({ status: 202, text: '{}' });
  });

  it('truth 1: GetResources has empty method objects without embed=methods', async () => {
    const { id: restApiId, rootResourceId: resourceId } = await client.createRestApi({ name: 'embed' });
    const method = { restApiId, resourceId, httpMethod: 'GET' };
    await client.putMethod({ ...method, authorizationType: 'NONE' });
    await client.putIntegration({ ...method, type: 'MOCK' });
    const path = `/restapis/${restApiId}/resources`;
    const bare = JSON.parse((await raw('GET', path)).text) as object;
    expect(bare).toEqual({ item: [{ id: resourceId, path: '/', resourceMethods: { GET: {} } }] });
    const { items } = await client.getResources({ restApiId, embed: ['methods'] });
    expect(items?.[0]?.resourceMethods?.['GET']?.methodIntegration).toMatchObject({ type: 'MOCK' });
  });

  it('a patch is sent as patchOperations, and a refusal has its type in a header', async () => {
    const { id: restApiId } = await client.createRestApi({ name: 'patch' });
    const rename = '{"patchOperations":[{"op":"replace","path":"/name","value":"new"}]}';
    const { status, text } = await raw('PATCH', `/restapis/${restApiId}`, rename);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ name: 'new', tags: {} });
    const unknown = await raw('GET', '/restapis/wrong');
    expect(unknown).toMatchObject({ status: 404, type: NOT_FOUND });
    expect(JSON.parse(unknown.text)).toEqual({ message: 'Invalid API identifier specified 111122223333:wrong' });
    await expect(
      client.updateRestApi({ restApiId, patchOperations: [{ op: 'wrong' as never, path: '/name' }] }),
    ).rejects.toMatchObject({ name: INVALID });
  });

  it('an export is the body itself, with headers', async () => {
    const { id: restApiId, rootResourceId: resourceId } = await client.createRestApi({ name: 'café' });
    const method = { restApiId, resourceId, httpMethod: 'GET' };
    await client.putMethod({ ...method, authorizationType: 'NONE' });
    await client.putIntegration({ ...method, type: 'MOCK' });
    await client.createDeployment({ restApiId, stageName: 'prod' });
    const input = { restApiId, stageName: 'prod', exportType: 'oas30' };
    const { contentType, contentDisposition, body } = await client.getExport(input);
    expect({ contentType, contentDisposition }).toEqual({
      contentType: 'application/octet-stream',
      contentDisposition: 'attachment; filename="oas30_2026-06-01T00:00:00Z.json"',
    });
    expect(JSON.parse(new TextDecoder().decode(body))).toMatchObject({ info: { title: 'café' } });
    const yaml = await client.getExport({ ...input, accepts: 'application/yaml' });
    expect(new TextDecoder().decode(yaml.body)).toMatch(/^openapi: /);
    const { text } = await raw('GET', `/restapis/${restApiId}/stages/prod/exports/swagger?extensions=integrations`);
    expect(JSON.parse(text)).toMatchObject({ swagger: '2.0', paths: { '/': { get: expect.any(Object) } } });
  });

  it.each([
    ['[]', "Value '[]' at 'createRestApiInput' failed to satisfy constraint: Member must be of type Structure"],
    [
      '{"name":5}',
      "Value '5' at 'createRestApiInput.name' failed to satisfy constraint: Member must be of type String",
    ],
    ['{}', "Value null at 'createRestApiInput.name' failed to satisfy constraint: Member must not be null"],
  ])('the body %s is refused with the place of the mistake', async (body, sentence) => {
    const { status, text, type } = await raw('POST', '/restapis', body);
    expect({ status, type }).toEqual({ status: 400, type: INVALID });
    expect(JSON.parse(text)).toEqual({ message: `1 validation error detected: ${sentence}` });
  });

  it('tags are addressed by the ARN in the path', async () => {
    const { id } = await client.createRestApi({ name: 'tags' });
    const resourceArn = `arn:aws:apigateway:${REGION}::/restapis/${id}`;
    await client.tagResource({ resourceArn, tags: { team: 'payments', stage: 'x' } });
    await client.untagResource({ resourceArn, tagKeys: ['stage'] });
    expect((await client.getTags({ resourceArn })).tags).toEqual({ team: 'payments' });
  });
});
