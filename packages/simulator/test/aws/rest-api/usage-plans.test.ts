import { describe, it } from 'vitest';
import { answers } from '../../answers.js';
import { BAD, CONFLICT, NOT_FOUND, petsApi, refused } from './rest-world.js';

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

answers('CreateUsagePlan', world)`
  answers what was sent, and a quota with its offset
    create {description: for partners, throttle: {burstLimit: 20, rateLimit: 10}, quota: {limit: 10, period: DAY}}
      == 201 {id: '/^[a-z0-9]{6}$/', name: plan, description: for partners, apiStages: [$stage],
      throttle: {burstLimit: 20, rateLimit: 10}, quota: {limit: 10, offset: 0, period: DAY}}
    GetUsagePlan {usagePlanId: $id}
      == {id: '/^[a-z0-9]{6}$/', name: plan, description: for partners, apiStages: [$stage], throttle: {burstLimit: 20,
      rateLimit: 10}, quota: {limit: 10, offset: 0, period: DAY}, tags: {}}
    GetUsagePlans
      -> {items=: [{id: '/^[a-z0-9]{6}$/', name: plan, description: for partners, apiStages: [$stage],
      throttle: {burstLimit: 20, rateLimit: 10}, quota: {limit: 10, offset: 0, period: DAY}}]}
    create {tags: {a: b}, apiStages: absent} -> {apiStages: [], tags: {a: b}}
  refuses wrong input
    create {name: ''} !BadRequestException /name/ # no name
    # half a stage
    create {apiStages: [{apiId: a}]}
      !BadRequestException: Invalid API Stage {api: %s, stage: %s} specified for usageplan %s
    create {apiStages: [{apiId: a, stage: b}]} !NotFoundException: API Stage not found: a:b # an unknown stage
    create {quota: {limit: 1, period: YEAR}} !ValidationException /'createUsagePlanInput.quota.period'/ # another period
    create {quota: {limit: 0, period: DAY}} !BadRequestException /limit/ # a quota of nothing
    create {quota: {limit: 1, offset: 7, period: WEEK}} !BadRequestException /offset/ # an offset beyond the period
    create {throttle: {rateLimit: -1}} !BadRequestException /rate/ # a rate below nothing
    create {throttle: {burstLimit: 0.5}} !BadRequestException /burst/ # half a request as burst
  refuses a stage twice
    create {apiStages: [$stage, {<<: $stage, throttle: {}}]}
      !ConflictException: API Stage $named is already in the usage plan
  refuses a plan beyond the quota
    3 times create
    create !LimitExceededException /Usage plans/
`;

answers('UpdateUsagePlan', world)`
  changes limits, and removes them
    create
    update [$id, [replace, /throttle/burstLimit, '100'], [replace, /throttle/rateLimit, '200'], [replace,
      /quota/period, MONTH], [replace, /quota/limit, '5000']]
      -> {quota: {limit: 5000, offset: 0, period: MONTH}, throttle: {burstLimit: 100, rateLimit: 200}, tags: {}}
    update [$id, [remove, /throttle], [remove, /quota]] -> {throttle: absent, quota: absent}
  truth 5: changes all or nothing
    create
    update [$id, [replace, /name, new], [replace, /x, y]] !BadRequestException /\/x/
    GetUsagePlan {usagePlanId: $id} -> {name: plan}
  adds and removes stages, and limits of their methods
    create {apiStages: []}
    update [$id, [add, /apiStages, $named]] -> {apiStages: [$stage]}
    update [$id, [replace, ${`${'/apiStages/$named/throttle/~1pets/GET'}/rateLimit`}, '5'], [replace,
      ${`${'/apiStages/$named/throttle/~1pets/GET'}/burstLimit`}, '2']]
      -> {apiStages=: [{<<: $stage, throttle: {/pets/GET: {rateLimit: 5, burstLimit: 2}}}]}
    update [$id, [replace, /apiStages/$named/throttle//pets/GET/burstLimit, '3']]
      -> {apiStages.0.throttle./pets/GET.burstLimit: 3}
    update [$id, [remove, /apiStages/$named/throttle/~1pets/GET]] -> {apiStages=: [{<<: $stage, throttle: {}}]}
    update [$id, [remove, /apiStages/$named/throttle]] -> {apiStages: [$stage]}
    update [$id, [remove, /apiStages, $named]] -> {apiStages: []}
  refuses stages that it cannot read, or does not find
    create
    update [$id, [remove, /apiStages]] !BadRequestException: Invalid API Stage specified
    update [$id, [remove, /apiStages, fakevalue]] !BadRequestException: Invalid API Stage specified
    update [$id, [remove, /apiStages, $restApiId:fake]]
      !NotFoundException: Invalid API Stage {api: $restApiId, stage: fake} specified for usageplan $id
    update [$id, [add, /apiStages, $restApiId:fake]] !NotFoundException /^API Stage not found: /
    update [$id, [add, /apiStages, $named]] !ConflictException /already/
  refuses other paths with those that the operation has, and an unknown plan
    create
    update [$id, [remove, /apiStages/a:dev]]
      !BadRequestException: Invalid patch path  '/apiStages/a:dev' specified for op 'remove'. Must be one of:
      [/apiStages, /quota, /throttle, /productCode, /apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>,
      /apiStages/<apidId:stageName>/throttle]
    update [nothing, [replace, /name, a]] !NotFoundException: ${UNKNOWN}
`;

answers('DeleteUsagePlan', world)`
  refuses a plan with stages
    create
    DeleteUsagePlan {usagePlanId: $id}
      !BadRequestException: Cannot delete Usage Plan $id because there are API Stages associated with it, including
      $named
    update [$id, [remove, /apiStages, $named]]
    DeleteUsagePlan {usagePlanId: $id} -> 202
    DeleteUsagePlan {usagePlanId: $id} !NotFoundException: ${UNKNOWN}
    GetUsagePlan {usagePlanId: $id} !NotFoundException: ${UNKNOWN}
`;

describe('keys of a usage plan', () => {
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
});

answers('keys of a usage plan', world)`
  are shown with their name and value
    create
    keyId = CreateApiKey {name: test-key}
    made = addKey [$id, $keyId.id] == 201 {id: $keyId.id, type: API_KEY, name: test-key, value: $keyId.value}
    GetUsagePlanKey {usagePlanId: $id, keyId: $keyId.id} == $made
    GetUsagePlanKeys {usagePlanId: $id, nameQuery: absent} -> {items: [$made]}
    GetUsagePlanKeys {usagePlanId: $id, nameQuery: test} -> {items.length: 1}
    GetUsagePlanKeys {usagePlanId: $id, nameQuery: TEST} -> {items: []}
    GetUsagePlans {keyId: $keyId.id} -> {items.length: 1}
    GetUsagePlans {keyId: other} -> {items: []}
  of an unknown plan are none
    GetUsagePlanKeys {usagePlanId: bad-id} -> {items: []}
  leave the plan, and stay
    create
    keyId = CreateApiKey
    addKey [$id, $keyId.id]
    DeleteUsagePlanKey {usagePlanId: $id, keyId: $keyId.id} -> 202
    DeleteUsagePlanKey {usagePlanId: $id, keyId: $keyId.id} !NotFoundException: ${UNKNOWN}
    GetUsagePlanKey {usagePlanId: $id, keyId: $keyId.id} !NotFoundException: ${UNKNOWN}
    GetApiKey {apiKey: $keyId.id} -> {id: $keyId.id}
`;
