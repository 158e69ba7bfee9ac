import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { STS } from '@aws-sdk/client-sts';
import nock from 'nock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { simulate, type SimulationServer } from '../../src/index.js';

const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
const config = (endpoint: string) => ({ region: 'eu-west-1', endpoint, credentials, maxAttempts: 1 });

describe('the transports', () => {
  const simulation = simulate({ seed: 7 });
  let server: SimulationServer;
  beforeAll(async () => {
    server = await simulation.listen();
  });
  afterAll(() => server.close());
  beforeEach(() => simulation.reset());

  it('answer a client over HTTP', async () => {
    const sts = new STS(config(server.url));
    const answer = await sts.getCallerIdentity({});
    expect(answer.Account).toBe('111122223333');
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(simulation.journal()).toEqual([
      { sequence: 1, service: 'sts', operation: 'GetCallerIdentity', status: 200, time: '2026-06-01T00:00:00.000Z' },
    ]);
  });

  it('return the same answers and errors in process and over HTTP', async () => {
    const wire = new ApiGatewayV2(config(server.url));
    const { apiGatewayV2 } = simulation.clients('eu-west-1');
    const errors = await Promise.all(
      [wire, apiGatewayV2].map((client) => client.getApi({ ApiId: 'nothing123' }).catch((error: unknown) => error)),
    );
    const seen = errors.map((error) => {
      const { name, message, $fault, $metadata } = error as Error & {
        $fault: string;
        $metadata: { httpStatusCode: number };
      };
      return {
        name,
        message,
        $fault,
        status: $metadata.httpStatusCode,
        proto: Object.getPrototypeOf(error) as unknown,
      };
    });
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]).toMatchObject({ name: 'NotFoundException', status: 404 });
    const made = await Promise.all([
      wire.createApi({ Name: 'a', ProtocolType: 'HTTP' }),
      apiGatewayV2.createApi({ Name: 'a', ProtocolType: 'HTTP' }),
    ]);
    const [overHttp, inProcess] = made.map((api) => ({ ...api, ApiId: '', ApiEndpoint: '', $metadata: {} }));
    expect(overHttp).toEqual(inProcess);
  });

  it('answer at the real endpoints inside this process', async () => {
    const interception = await simulation.intercept();
    try {
      const sts = new STS({ region: 'eu-west-1', credentials, maxAttempts: 1 });
      expect((await sts.getCallerIdentity({})).Account).toBe('111122223333');
      const gateway = new ApiGatewayV2({ region: 'us-east-1', credentials, maxAttempts: 1 });
      const api = await gateway.createApi({ Name: 'a', ProtocolType: 'HTTP' });
      expect(api.ApiEndpoint).toContain('.execute-api.us-east-1.amazonaws.com');
      await expect(gateway.getApi({ ApiId: 'nothing123' })).rejects.toMatchObject({ name: 'NotFoundException' });
    } finally {
      interception.restore();
    }
    nock.disableNetConnect(); // so that nothing leaves this machine, and a request that is no longer served fails
    const after = new STS({ region: 'eu-west-1', credentials, maxAttempts: 1 }).getCallerIdentity({});
    await expect(after).rejects.toMatchObject({ code: 'ERR_NOCK_NO_MATCH' });
    nock.enableNetConnect();
  });
});
