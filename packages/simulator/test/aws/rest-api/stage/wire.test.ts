import { APIGateway } from '@aws-sdk/client-api-gateway';
import { afterEach, describe, expect, it } from 'vitest';
import { simulate, type Simulation, type SimulationServer } from '../../../../src/index.js';

const REGION = 'eu-west-1';
const TARGET = `arn:aws:elasticloadbalancing:${REGION}:111122223333:loadbalancer/net/a/50dc6c495c0c9188`;
const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
let server: SimulationServer | undefined;
afterEach(() => server?.close());

async function wire(sim: Simulation): Promise<APIGateway> {
  server = await sim.listen();
  return new APIGateway({ region: REGION, endpoint: server.url, credentials, maxAttempts: 1 });
}

/** An API whose root has a method. */
async function newApi(client: Pick<APIGateway, 'createRestApi' | 'putMethod' | 'putIntegration'>): Promise<string> {
  const { id: restApiId = '', rootResourceId: resourceId } = await client.createRestApi({ name: 'orders' });
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await client.putMethod({ ...method, authorizationType: 'NONE' });
  await client.putIntegration({ ...method, type: 'MOCK' });
  return restApiId;
}

describe('over the wire', () => {
  it('links answer 202, and lists have items', async () => {
    const client = await wire(simulate({ seed: 7 }));
    const made = await client.createVpcLink({ name: 'orders', targetArns: [TARGET] });
    expect(made).toMatchObject({ name: 'orders', status: 'PENDING', $metadata: { httpStatusCode: 202 } });
    expect(made.tags).toBeUndefined();
    expect((await client.getVpcLinks({})).items).toMatchObject([{ id: made.id }]);
    expect((await client.deleteVpcLink({ vpcLinkId: made.id })).$metadata.httpStatusCode).toBe(202);
    await expect(client.getVpcLink({ vpcLinkId: 'nothing' })).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid Vpc Link identifier specified',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('the settings of the account are read and changed, once in twenty seconds', async () => {
    const sim = simulate({ seed: 7 });
    const client = await wire(sim);
    const value = 'arn:aws:iam::111122223333:role/logs';
    const patchOperations = [{ op: 'replace' as const, path: '/cloudwatchRoleArn', value }];
    expect(await client.updateAccount({ patchOperations })).toMatchObject({ cloudwatchRoleArn: value });
    expect(await client.getAccount({})).toMatchObject({
      cloudwatchRoleArn: value,
      throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    });
    await expect(client.updateAccount({ patchOperations })).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
    });
  });
});

describe('an API with its stages', () => {
  it('is deployed over the wire: dates, `item`, the embedded summary, and the status codes', async () => {
    const client = await wire(simulate({ seed: 7, throttle: false }));
    const restApiId = await newApi(client);
    const { items: [root] = [] } = await client.getResources({ restApiId, embed: ['methods'] });
    expect(root?.resourceMethods?.['GET']?.methodIntegration).toMatchObject({ type: 'MOCK' });
    const made = await client.createDeployment({ restApiId, stageName: 'prod' });
    expect(made.$metadata.httpStatusCode).toBe(201);
    expect(made.createdDate).toBeInstanceOf(Date);
    const { item = [] } = await client.getStages({ restApiId, deploymentId: made.id });
    expect(item).toMatchObject([{ stageName: 'prod', deploymentId: made.id, methodSettings: {} }]);
    const shown = await client.getDeployment({ restApiId, deploymentId: made.id, embed: ['apisummary'] });
    expect(shown.apiSummary).toEqual({ '/': { GET: { authorizationType: 'NONE', apiKeyRequired: false } } });
    const patchOperations = [{ op: 'replace' as const, path: '/~1/GET/throttling/rateLimit', value: '2.5' }];
    const { methodSettings } = await client.updateStage({ restApiId, stageName: 'prod', patchOperations });
    expect(methodSettings?.['~1/GET']).toMatchObject({ throttlingRateLimit: 2.5, throttlingBurstLimit: 5000 });
    expect((await client.deleteStage({ restApiId, stageName: 'prod' })).$metadata.httpStatusCode).toBe(202);
    const deleted = await client.deleteDeployment({ restApiId, deploymentId: made.id });
    expect(deleted.$metadata.httpStatusCode).toBe(202);
  });

  it('takes one write at a time', async () => {
    const { apiGateway } = simulate({ seed: 7, throttle: false }).clients(REGION);
    const restApiId = await newApi(apiGateway);
    const { id: deploymentId } = await apiGateway.createDeployment({ restApiId });
    const write = (stageName: string) => apiGateway.createStage({ restApiId, deploymentId, stageName });
    const both = await Promise.allSettled([write('a'), write('b')]);
    expect(both).toMatchObject([
      { value: { stageName: 'a' } },
      {
        reason: {
          name: 'ConflictException',
          message: 'Unable to complete operation due to concurrent modification. Please try again later.',
        },
      },
    ]);
  });
});

describe('truth 11: rates', () => {
  it('V1 links have none of their own; deployments are created once in five seconds', async () => {
    const sim = simulate({ seed: 7 });
    const { apiGateway } = sim.clients(REGION);
    for (const name of ['a', 'b', 'c']) await apiGateway.createVpcLink({ name, targetArns: [TARGET] });
    const { id: restApiId } = await apiGateway.createRestApi({ name: 'orders' });
    // Refused requests count, too.
    const deploy = () => apiGateway.createDeployment({ restApiId });
    await expect(deploy()).rejects.toMatchObject({ name: 'BadRequestException' });
    await expect(deploy()).rejects.toMatchObject({ name: 'TooManyRequestsException', retryAfterSeconds: '1' });
    await sim.advance(5000);
    await expect(deploy()).rejects.toMatchObject({ name: 'BadRequestException' });
  });

  it('a deployment too early is answered 429 with a Retry-After header', async () => {
    const client = await wire(simulate({ seed: 7 }));
    const restApiId = await newApi(client);
    await client.createDeployment({ restApiId });
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260601/${REGION}/apigateway/aws4_request, SignedHeaders=host, Signature=00`;
    const early = await fetch(`${server!.url}/restapis/${restApiId}/deployments`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: '{}',
    });
    expect([early.status, early.headers.get('x-amzn-errortype'), early.headers.get('retry-after')]).toEqual([
      429,
      'TooManyRequestsException',
      '1',
    ]);
  });
});
