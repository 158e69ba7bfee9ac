import { describe, expect, it } from 'vitest';
import { bytes, openApi } from './open-api.js';
import { BAD, petsApi, refused, REGION, restWorld } from './rest-world.js';
import type { SimulatedClients } from '../../../src/internal/simulation.js';

type Client = SimulatedClients['apiGateway'];
const NAMES = { domainName: 'api.example.com' };

/** Operations with a rate of their own: how many calls pass at once, and how long the next one waits. */
const RATES: readonly (readonly [string, number, number, (client: Client, id: string) => Promise<unknown>])[] = [
  ['PutRestApi', 1, 1000, (client, restApiId) => client.putRestApi({ restApiId, body: bytes(openApi({})) })],
  ['UpdateUsagePlan', 1, 20_000, (client) => client.updateUsagePlan({ usagePlanId: 'a' })],
  ['CreateDomainName', 1, 30_000, (client) => client.createDomainName(NAMES)],
  ['UpdateDomainName', 1, 30_000, (client) => client.updateDomainName(NAMES)],
  ['DeleteDomainName', 1, 30_000, (client) => client.deleteDomainName(NAMES)],
  ['CreateApiKey', 5, 200, (client) => client.createApiKey({})],
  ['DeleteApiKey', 5, 200, (client) => client.deleteApiKey({ apiKey: 'a' })],
];
const edge = (client: Client) => client.importRestApi({ body: bytes(openApi({})) });
const regional = (client: Client) =>
  client.importRestApi({ body: bytes(openApi({})), parameters: { endpointConfigurationTypes: 'REGIONAL' } });

const throttled = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason as Error,
  );
  return error?.name === 'TooManyRequestsException';
};

describe('truth 11: rates of their own', () => {
  it.each(RATES)('%s: %i at once, then one in %i ms', async (_, burst, waitMs, run) => {
    const { apiGateway, simulation } = restWorld({ throttle: true });
    const { id = '' } = await apiGateway.createRestApi({ name: 'shop' });
    for (let call = 0; call < burst; call++) expect(await throttled(run(apiGateway, id))).toBe(false);
    expect(await throttled(run(apiGateway, id))).toBe(true);
    await simulation.advance(waitMs);
    expect(await throttled(run(apiGateway, id))).toBe(false);
  });

  it('ImportRestApi: by the endpoint type', async () => {
    const { apiGateway, simulation } = restWorld({ throttle: true });
    expect([await throttled(edge(apiGateway)), await throttled(edge(apiGateway))]).toEqual([false, true]);
    expect([await throttled(regional(apiGateway)), await throttled(regional(apiGateway))]).toEqual([false, true]);
    await simulation.advance(3000);
    expect([await throttled(regional(apiGateway)), await throttled(edge(apiGateway))]).toEqual([false, true]);
  });
});

it('writes that come together: collide on one API, also an import', async () => {
  const { apiGateway, restApiId } = await petsApi();
  const [first, second] = await Promise.allSettled([
    apiGateway.putRestApi({ restApiId, body: bytes(openApi({})) }),
    apiGateway.createModel({ restApiId, name: 'Pet', contentType: 'application/json', schema: '{}' }),
  ]);
  expect(first.status).toBe('fulfilled');
  expect(second).toMatchObject({ reason: { name: 'ConflictException', $metadata: { httpStatusCode: 409 } } });
});

it('a saved world: keeps keys, plans, authorizers and models', async () => {
  const { simulation, apiGateway, restApiId } = await petsApi();
  const { id: keyId } = await apiGateway.createApiKey({ value: 'abcdefghijklmnopqrst' });
  const { id: usagePlanId } = await apiGateway.createUsagePlan({ name: 'plan' });
  await apiGateway.createUsagePlanKey({ usagePlanId, keyId, keyType: 'API_KEY' });
  await apiGateway.putGatewayResponse({ restApiId, responseType: 'THROTTLED', statusCode: '503' });
  const other = restWorld().simulation;
  other.load(JSON.parse(JSON.stringify(simulation.world())));
  const client = other.clients(REGION).apiGateway;
  expect((await client.getUsagePlanKeys({ usagePlanId })).items).toHaveLength(1);
  expect(await client.getGatewayResponse({ restApiId, responseType: 'THROTTLED' })).toMatchObject({
    statusCode: '503',
  });
  await refused(client.createApiKey({ value: 'short' }), BAD, /at least 20/);
  expect((await client.getApiKey({ apiKey: keyId })).createdDate).toEqual(new Date('2026-06-01T00:00:00Z'));
});
