import { describe, expect, it } from 'vitest';
import { BAD, CONFLICT, NOT_FOUND, plain, refused, restWorld, statusOf } from './rest-world.js';

const UNKNOWN = 'Invalid API Key identifier specified';
const VALUE = 'abcdefghijklmnopqrst';

function world() {
  const all = restWorld({ quotas: { 'api-keys': 3 } });
  const { apiGateway } = all;
  const update = (apiKey: string | undefined, path: string, value: string) =>
    apiGateway.updateApiKey({ apiKey, patchOperations: [{ op: 'replace', path, value }] });
  return { ...all, update };
}

describe('CreateApiKey', () => {
  it('answers a disabled key with its value, and without tags if it has none', async () => {
    const { apiGateway } = world();
    const made = await apiGateway.createApiKey({ name: 'key' });
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      value: expect.stringMatching(/^[a-z0-9]{40}$/),
      name: 'key',
      enabled: false,
      createdDate: new Date('2026-06-01T00:00:00Z'),
      lastUpdatedDate: new Date('2026-06-01T00:00:00Z'),
      stageKeys: [],
    });
    expect(await apiGateway.createApiKey({ enabled: true, tags: { a: 'b' } })).toMatchObject({
      enabled: true,
      tags: { a: 'b' },
    });
  });

  it('takes an empty name and an empty value for none', async () => {
    const { apiGateway } = world();
    const made = await apiGateway.createApiKey({ name: '', value: '' });
    expect(made).not.toHaveProperty('name');
    expect(made.value).toHaveLength(40);
  });

  it.each([
    ['a long name', { name: 'a'.repeat(1025) }, BAD, 'Invalid API Key name, can be at most 1024 characters.'],
    ['a long description', { description: 'a'.repeat(125_001) }, BAD, 'Invalid API Key description specified.'],
    ['a short value', { value: 'short' }, BAD, 'API Key value should be at least 20 characters'],
    ['a long value', { value: 'a'.repeat(129) }, BAD, 'API Key value exceeds maximum size of 128 characters'],
    ['a value twice', { value: VALUE }, CONFLICT, 'API Key already exists'],
    [
      'stages, which are deprecated',
      { stageKeys: [{ restApiId: 'a', stageName: 'b' }] },
      'NotImplemented',
      /stageKeys/,
    ],
    ['an ID that is the value', { generateDistinctId: false }, 'NotImplemented', /ID/],
  ])('refuses %s', async (_, input, name, message) => {
    const { apiGateway } = world();
    await apiGateway.createApiKey({ value: VALUE });
    await refused(apiGateway.createApiKey(input), name, message);
  });

  it('refuses a key beyond the quota', async () => {
    const { apiGateway } = world();
    for (const name of ['a', 'b', 'c']) await apiGateway.createApiKey({ name });
    await refused(apiGateway.createApiKey({}), 'LimitExceededException', /API keys/);
  });
});

describe('GetApiKey and GetApiKeys', () => {
  it('show the value only where it is asked for, and tags outside of lists', async () => {
    const { apiGateway } = world();
    const { id, value } = await apiGateway.createApiKey({ name: 'key' });
    const shown = await apiGateway.getApiKey({ apiKey: id });
    expect(shown).not.toHaveProperty('value');
    expect(shown.tags).toEqual({});
    expect((await apiGateway.getApiKey({ apiKey: id, includeValue: true })).value).toBe(value);
    const [item] = (await apiGateway.getApiKeys({})).items ?? [];
    expect(Object.keys(item ?? {}).sort()).toEqual([
      'createdDate',
      'enabled',
      'id',
      'lastUpdatedDate',
      'name',
      'stageKeys',
    ]);
    expect((await apiGateway.getApiKeys({ includeValues: true })).items?.[0]?.value).toBe(value);
    await refused(apiGateway.getApiKey({ apiKey: 'nothing' }), NOT_FOUND, UNKNOWN);
  });

  it('find keys by the beginning of their name, in its case, and by customer', async () => {
    const { apiGateway } = world();
    await apiGateway.createApiKey({ name: 'test-one' });
    await apiGateway.createApiKey({ name: 'test-two', customerId: 'c' });
    const count = async (query: object) => (await apiGateway.getApiKeys(query)).items?.length;
    expect(await count({ nameQuery: 'test' })).toBe(2);
    expect(await count({ nameQuery: 'TEST' })).toBe(0);
    expect(await count({ nameQuery: 'one' })).toBe(0);
    expect(await count({ customerId: 'c' })).toBe(1);
  });
});

describe('UpdateApiKey', () => {
  it('changes a key, and takes what is not true for false', async () => {
    const { apiGateway, simulation, update } = world();
    const { id } = await apiGateway.createApiKey({ name: 'key', enabled: true });
    await simulation.advance(60_000);
    const changed = await update(id, '/name', 'new');
    expect(changed).toMatchObject({ name: 'new', tags: {}, lastUpdatedDate: new Date('2026-06-01T00:01:00Z') });
    expect(changed).not.toHaveProperty('value');
    expect(await update(id, '/enabled', 'not-a-boolean')).toMatchObject({ enabled: false });
  });

  it('refuses another path, a long description and an unknown key', async () => {
    const { apiGateway, update } = world();
    const { id } = await apiGateway.createApiKey({});
    const paths =
      "Invalid patch path  '/id' specified for op 'replace'. Must be one of: [/description, /enabled, /name, /customerId]";
    await refused(update(id, '/id', 'new'), BAD, paths);
    await refused(update(id, '/description', 'a'.repeat(125_001)), BAD, 'Invalid API Key description specified.');
    await refused(update('nothing', '/name', 'a'), NOT_FOUND, UNKNOWN);
  });
});

describe('DeleteApiKey', () => {
  it('takes the key out of its usage plans', async () => {
    const { apiGateway } = world();
    const { id: keyId } = await apiGateway.createApiKey({});
    const { id: usagePlanId } = await apiGateway.createUsagePlan({ name: 'plan' });
    await apiGateway.createUsagePlanKey({ usagePlanId, keyId, keyType: 'API_KEY' });
    expect(statusOf(await apiGateway.deleteApiKey({ apiKey: keyId }))).toBe(202);
    expect((await apiGateway.getUsagePlanKeys({ usagePlanId })).items).toEqual([]);
    await refused(apiGateway.deleteApiKey({ apiKey: keyId }), NOT_FOUND, UNKNOWN);
  });
});
