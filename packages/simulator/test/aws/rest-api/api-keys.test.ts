import { expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { NOT_FOUND, refused, restWorld } from './rest-world.js';

const UNKNOWN = 'Invalid API Key identifier specified';
const VALUE = 'abcdefghijklmnopqrst';

function world() {
  const all = restWorld({ quotas: { 'api-keys': 3 } });
  const { apiGateway } = all;
  const update = (apiKey: string | undefined, path: string, value: string) =>
    apiGateway.updateApiKey({ apiKey, patchOperations: [{ op: 'replace', path, value }] });
  return { ...all, update };
}

answers('CreateApiKey', world)`
  answers a disabled key with its value, and without tags if it has none
    CreateApiKey {name: key}
      == 201 {id: '/^[a-z0-9]{10}$/', value: '/^[a-z0-9]{40}$/', name: key, enabled: false,
      createdDate: ${new Date('2026-06-01T00:00:00Z')}, lastUpdatedDate: ${new Date('2026-06-01T00:00:00Z')},
      stageKeys: []}
    CreateApiKey {enabled: true, tags: {a: b}} -> {enabled: true, tags: {a: b}}
  takes an empty name and an empty value for none
    CreateApiKey {name: '', value: ''} -> {name: absent, value.length: 40}
  refuses wrong input
    CreateApiKey {value: ${VALUE}}
    # a long name
    CreateApiKey {name: ${'a'.repeat(1025)}} !BadRequestException: Invalid API Key name, can be at most 1024 characters.
    # a long description
    CreateApiKey {description: ${'a'.repeat(125_001)}} !BadRequestException: Invalid API Key description specified.
    CreateApiKey {value: short} !BadRequestException: API Key value should be at least 20 characters # a short value
    # a long value
    CreateApiKey {value: ${'a'.repeat(129)}} !BadRequestException: API Key value exceeds maximum size of 128 characters
    CreateApiKey {value: ${VALUE}} !ConflictException: API Key already exists # a value twice
    CreateApiKey {stageKeys: [{restApiId: a, stageName: b}]} !NotImplemented /stageKeys/ # stages, which are deprecated
    CreateApiKey {generateDistinctId: false} !NotImplemented /ID/ # an ID that is the value
  refuses a key beyond the quota
    CreateApiKey {name: a}
    CreateApiKey {name: b}
    CreateApiKey {name: c}
    CreateApiKey !LimitExceededException /API keys/
`;

it('GetApiKey and GetApiKeys: show the value only where it is asked for, and tags outside of lists', async () => {
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

answers('GetApiKey and GetApiKeys', world)`
  find keys by the beginning of their name, in its case, and by customer
    CreateApiKey {name: test-one}
    CreateApiKey {name: test-two, customerId: c}
    GetApiKeys {nameQuery: test} -> {items.length: 2}
    GetApiKeys {nameQuery: TEST} -> {items.length: 0}
    GetApiKeys {nameQuery: one} -> {items.length: 0}
    GetApiKeys {customerId: c} -> {items.length: 1}
`;

answers('UpdateApiKey', world)`
  changes a key, and takes what is not true for false
    CreateApiKey {name: key, enabled: true}
    advance 60000
    update [$id, /name, new]
      -> {name: new, tags: {}, lastUpdatedDate: ${new Date('2026-06-01T00:01:00Z')}, value: absent}
    update [$id, /enabled, not-a-boolean] -> {enabled: false}
  refuses another path, a long description and an unknown key
    CreateApiKey
    update [$id, /id, new]
      !BadRequestException: Invalid patch path  '/id' specified for op 'replace'. Must be one of: [/description,
      /enabled, /name, /customerId]
    update [$id, /description, ${'a'.repeat(125_001)}] !BadRequestException: Invalid API Key description specified.
    update [nothing, /name, a] !NotFoundException: ${UNKNOWN}
`;

answers('DeleteApiKey', world)`
  takes the key out of its usage plans
    keyId = CreateApiKey
    CreateUsagePlan {name: plan}
    CreateUsagePlanKey {usagePlanId: $id, keyId: $keyId.id, keyType: API_KEY}
    DeleteApiKey {apiKey: $keyId.id} -> 202
    GetUsagePlanKeys {usagePlanId: $id} -> {items: []}
    DeleteApiKey {apiKey: $keyId.id} !NotFoundException: ${UNKNOWN}
`;
