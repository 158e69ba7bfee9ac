import { describe, expect, it } from 'vitest';
import { BAD, CONFLICT, INVALID, NOT_FOUND, petsApi, plain, refused, statusOf } from './rest-world.js';

const UNKNOWN = 'Invalid Usage Plan ID specified';
type Change = readonly [op: string, path: string, value?: string];

async function world() {
  const pets = await petsApi({ quotas: { 'usage-plans': 3, 'usage-plans-per-api-key': 2 } });
  const { apiGateway, restApiId, method } = pets;
  await apiGateway.putIntegration({ ...method, type: 'MOCK' });
  await apiGateway.createDeployment({ restApiId, stageName: 'dev' });
  const stage = { apiId: restApiId, stage: 'dev' };
  const create = (more: object = {}) => apiGateway.createUsagePlan({ name: 'plan', apiStages: [stage], ...more });
  const update = (usagePlanId: string | undefined, ...changes: readonly Change[]) =>
    apiGateway.updateUsagePlan({
      usagePlanId,
      patchOperations: changes.map(([op, path, value]) => ({ op: op as never, path, value })),
    });
  const addKey = (usagePlanId: string | undefined, keyId: string | undefined, keyType = 'API_KEY') =>
    apiGateway.createUsagePlanKey({ usagePlanId, keyId, keyType });
  return { ...pets, stage, named: `${restApiId}:dev`, create, update, addKey };
}

describe('CreateUsagePlan', () => {
  it('answers what was sent, and a quota with its offset', async () => {
    const { create, stage, apiGateway } = await world();
    const made = await create({
      description: 'for partners',
      throttle: { burstLimit: 20, rateLimit: 10 },
      quota: { limit: 10, period: 'DAY' },
    });
    expect(statusOf(made)).toBe(201);
    const shown = {
      id: expect.stringMatching(/^[a-z0-9]{6}$/),
      name: 'plan',
      description: 'for partners',
      apiStages: [stage],
      throttle: { burstLimit: 20, rateLimit: 10 },
      quota: { limit: 10, offset: 0, period: 'DAY' },
    };
    expect(plain(made)).toEqual(shown);
    expect(plain(await apiGateway.getUsagePlan({ usagePlanId: made.id }))).toEqual({ ...shown, tags: {} });
    expect((await apiGateway.getUsagePlans({})).items).toEqual([shown]);
    expect(await create({ tags: { a: 'b' }, apiStages: undefined })).toMatchObject({ apiStages: [], tags: { a: 'b' } });
  });

  it.each([
    ['no name', { name: '' }, BAD, /name/],
    [
      'half a stage',
      { apiStages: [{ apiId: 'a' }] },
      BAD,
      'Invalid API Stage {api: %s, stage: %s} specified for usageplan %s',
    ],
    ['an unknown stage', { apiStages: [{ apiId: 'a', stage: 'b' }] }, NOT_FOUND, 'API Stage not found: a:b'],
    ['another period', { quota: { limit: 1, period: 'YEAR' } }, INVALID, /'createUsagePlanInput.quota.period'/],
    ['a quota of nothing', { quota: { limit: 0, period: 'DAY' } }, BAD, /limit/],
    ['an offset beyond the period', { quota: { limit: 1, offset: 7, period: 'WEEK' } }, BAD, /offset/],
    ['a rate below nothing', { throttle: { rateLimit: -1 } }, BAD, /rate/],
    ['half a request as burst', { throttle: { burstLimit: 0.5 } }, BAD, /burst/],
  ])('refuses %s', async (_, more, name, message) => {
    const { create } = await world();
    await refused(create(more), name, message);
  });

  it('refuses a stage twice', async () => {
    const { create, stage, named } = await world();
    const message = `API Stage ${named} is already in the usage plan`;
    await refused(create({ apiStages: [stage, { ...stage, throttle: {} }] }), CONFLICT, message);
  });

  it('refuses a plan beyond the quota', async () => {
    const { create } = await world();
    for (let made = 0; made < 3; made++) await create();
    await refused(create(), 'LimitExceededException', /Usage plans/);
  });
});

describe('UpdateUsagePlan', () => {
  it('changes limits, and removes them', async () => {
    const { create, update } = await world();
    const { id } = await create();
    const changed = await update(
      id,
      ['replace', '/throttle/burstLimit', '100'],
      ['replace', '/throttle/rateLimit', '200'],
      ['replace', '/quota/period', 'MONTH'],
      ['replace', '/quota/limit', '5000'],
    );
    expect(changed).toMatchObject({
      quota: { limit: 5000, offset: 0, period: 'MONTH' },
      throttle: { burstLimit: 100, rateLimit: 200 },
      tags: {},
    });
    const bare = await update(id, ['remove', '/throttle'], ['remove', '/quota']);
    expect(bare).not.toHaveProperty('throttle');
    expect(bare).not.toHaveProperty('quota');
  });

  it('truth 5: changes all or nothing', async () => {
    const { create, update, apiGateway } = await world();
    const { id } = await create();
    await refused(update(id, ['replace', '/name', 'new'], ['replace', '/x', 'y']), BAD, /\/x/);
    expect(await apiGateway.getUsagePlan({ usagePlanId: id })).toMatchObject({ name: 'plan' });
  });

  it('adds and removes stages, and limits of their methods', async () => {
    const { create, update, stage, named } = await world();
    const { id } = await create({ apiStages: [] });
    expect((await update(id, ['add', '/apiStages', named])).apiStages).toEqual([stage]);
    const path = `/apiStages/${named}/throttle/~1pets/GET`;
    const limited = await update(id, ['replace', `${path}/rateLimit`, '5'], ['replace', `${path}/burstLimit`, '2']);
    expect(limited.apiStages).toEqual([{ ...stage, throttle: { '/pets/GET': { rateLimit: 5, burstLimit: 2 } } }]);
    const raw = `/apiStages/${named}/throttle//pets/GET/burstLimit`;
    expect((await update(id, ['replace', raw, '3'])).apiStages?.[0]?.throttle?.['/pets/GET']?.burstLimit).toBe(3);
    expect((await update(id, ['remove', path])).apiStages).toEqual([{ ...stage, throttle: {} }]);
    expect((await update(id, ['remove', `/apiStages/${named}/throttle`])).apiStages).toEqual([stage]);
    expect((await update(id, ['remove', '/apiStages', named])).apiStages).toEqual([]);
  });

  it('refuses stages that it cannot read, or does not find', async () => {
    const { create, update, restApiId, named } = await world();
    const { id } = await create();
    await refused(update(id, ['remove', '/apiStages']), BAD, 'Invalid API Stage specified');
    await refused(update(id, ['remove', '/apiStages', 'fakevalue']), BAD, 'Invalid API Stage specified');
    const message = `Invalid API Stage {api: ${restApiId}, stage: fake} specified for usageplan ${id}`;
    await refused(update(id, ['remove', '/apiStages', `${restApiId}:fake`]), NOT_FOUND, message);
    await refused(update(id, ['add', '/apiStages', `${restApiId}:fake`]), NOT_FOUND, /^API Stage not found: /);
    await refused(update(id, ['add', '/apiStages', named]), CONFLICT, /already/);
  });

  it('refuses other paths with those that the operation has, and an unknown plan', async () => {
    const { create, update } = await world();
    const { id } = await create();
    const paths =
      '[/apiStages, /quota, /throttle, /productCode, ' +
      '/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>, /apiStages/<apidId:stageName>/throttle]';
    const message = `Invalid patch path  '/apiStages/a:dev' specified for op 'remove'. Must be one of: ${paths}`;
    await refused(update(id, ['remove', '/apiStages/a:dev']), BAD, message);
    await refused(update('nothing', ['replace', '/name', 'a']), NOT_FOUND, UNKNOWN);
  });
});

describe('DeleteUsagePlan', () => {
  it('refuses a plan with stages', async () => {
    const { create, update, apiGateway, named } = await world();
    const { id: usagePlanId } = await create();
    const used = `Cannot delete Usage Plan ${usagePlanId} because there are API Stages associated with it, including ${named}`;
    await refused(apiGateway.deleteUsagePlan({ usagePlanId }), BAD, used);
    await update(usagePlanId, ['remove', '/apiStages', named]);
    expect(statusOf(await apiGateway.deleteUsagePlan({ usagePlanId }))).toBe(202);
    await refused(apiGateway.deleteUsagePlan({ usagePlanId }), NOT_FOUND, UNKNOWN);
    await refused(apiGateway.getUsagePlan({ usagePlanId }), NOT_FOUND, UNKNOWN);
  });
});

describe('keys of a usage plan', () => {
  it('are shown with their name and value', async () => {
    const { create, addKey, apiGateway } = await world();
    const { id: usagePlanId } = await create();
    const { id: keyId, value } = await apiGateway.createApiKey({ name: 'test-key' });
    const made = await addKey(usagePlanId, keyId);
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({ id: keyId, type: 'API_KEY', name: 'test-key', value });
    expect(plain(await apiGateway.getUsagePlanKey({ usagePlanId, keyId }))).toEqual(plain(made));
    const list = async (nameQuery?: string) => (await apiGateway.getUsagePlanKeys({ usagePlanId, nameQuery })).items;
    expect(await list()).toEqual([plain(made)]);
    expect(await list('test')).toHaveLength(1);
    expect(await list('TEST')).toEqual([]);
    expect((await apiGateway.getUsagePlans({ keyId })).items).toHaveLength(1);
    expect((await apiGateway.getUsagePlans({ keyId: 'other' })).items).toEqual([]);
  });

  it('of an unknown plan are none', async () => {
    const { apiGateway } = await world();
    expect((await apiGateway.getUsagePlanKeys({ usagePlanId: 'bad-id' })).items).toEqual([]);
  });

  it('are refused twice, of another type, and for a stage that another plan has', async () => {
    const { create, addKey, apiGateway, update, named } = await world();
    const [{ id: first }, { id: second }] = [await create(), await create()];
    const { id: keyId } = await apiGateway.createApiKey({});
    await refused(addKey(first, keyId, 'OTHER'), BAD, /OTHER/);
    await addKey(first, keyId);
    await refused(addKey(first, keyId), CONFLICT, /already/);
    const shared = `Usage Plan ID ${second} cannot be added because API Key ${keyId} cannot reference multiple Usage Plans with the same API Stage: ${named}`;
    await refused(addKey(second, keyId), CONFLICT, shared);
    await update(second, ['remove', '/apiStages', named]);
    await addKey(second, keyId);
    await refused(update(second, ['add', '/apiStages', named]), CONFLICT, shared);
    await refused(addKey('nothing', keyId), NOT_FOUND, UNKNOWN);
    await refused(addKey(first, 'nothing'), NOT_FOUND, 'Invalid API Key identifier specified');
  });

  it('are refused in more plans than the quota has', async () => {
    const { create, addKey, apiGateway } = await world();
    const { id: key } = await apiGateway.createApiKey({ name: 'partner' });
    const plans = [await create({ apiStages: [] }), await create({ apiStages: [] }), await create({ apiStages: [] })];
    const [first, second, third] = plans.map(({ id }) => id);
    await addKey(first, key);
    await addKey(second, key);
    await refused(addKey(third, key), 'LimitExceededException', /^Maximum number of Usage plans for this API key/);
  });

  it('leave the plan, and stay', async () => {
    const { create, addKey, apiGateway } = await world();
    const { id: usagePlanId } = await create();
    const { id: keyId } = await apiGateway.createApiKey({});
    await addKey(usagePlanId, keyId);
    expect(statusOf(await apiGateway.deleteUsagePlanKey({ usagePlanId, keyId }))).toBe(202);
    await refused(apiGateway.deleteUsagePlanKey({ usagePlanId, keyId }), NOT_FOUND, UNKNOWN);
    await refused(apiGateway.getUsagePlanKey({ usagePlanId, keyId }), NOT_FOUND, UNKNOWN);
    expect(await apiGateway.getApiKey({ apiKey: keyId })).toMatchObject({ id: keyId });
  });
});
