import { describe, expect, it } from 'vitest';
import { answers } from '../../../answers.js';
import { bad, missing, newAccount } from '../deployed-account.js';

const NOW = new Date('2026-06-01T00:00:00Z');

function deployed(options?: Parameters<typeof newAccount>[0]) {
  const account = newAccount(options);
  const restApiId = account.api();
  const deploymentId = account.deploy(restApiId);
  const create = (input: Record<string, unknown> = {}) => ({ restApiId, deploymentId, stageName: 'dev', ...input });
  return { ...account, restApiId, deploymentId, create };
}

describe('CreateStage', () => {
  it('answers the stage with its defaults, without what is not set', () => {
    const account = deployed();
    const made = account.rest('CreateStage', account.create());
    expect(made).toEqual({
      stageName: 'dev',
      deploymentId: account.deploymentId,
      cacheClusterEnabled: false,
      cacheClusterStatus: 'NOT_AVAILABLE',
      methodSettings: {},
      tracingEnabled: false,
      createdDate: NOW,
      lastUpdatedDate: NOW,
    });
    expect(Object.keys(made)).not.toContain('variables');
    expect(account.rest('GetStage', { restApiId: account.restApiId, stageName: 'dev' })).toEqual(made);
  });

  it.each<[string, Record<string, unknown>, string | RegExp]>([
    ['a deployment that does not exist', { deploymentId: 'nothing' }, 'Deployment id does not exist'],
    [
      'a canary whose deployment does not exist',
      { canarySettings: { deploymentId: 'nothing' } },
      'Deployment id does not exist',
    ],
    ['a name with a space', { stageName: 'a b' }, 'Stage name only allows a-zA-Z0-9_-'],
    ['a name of 129 characters', { stageName: 'n'.repeat(129) }, 'Stage name only allows a-zA-Z0-9_-'],
    [
      'a variable name with a hyphen',
      { variables: { 'a-b': 'c' } },
      'Invalid stage variable name: a-b.  Please use names with only word characters.',
    ],
    ['an empty variable', { variables: { a: '' } }, /^Invalid stage variable value: \.  Please use values/],
    ['a variable of 513 characters', { variables: { a: 'v'.repeat(513) } }, /^Invalid stage variable value: v+\. /],
    [
      '101 variables',
      { variables: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`v${i}`, 'x'])) },
      /Limit is 100/,
    ],
    ['a canary with more than all traffic', { canarySettings: { percentTraffic: 101 } }, /percentTraffic/],
    ['a bad override', { canarySettings: { stageVariableOverrides: { a: ' ' } } }, /^Invalid stage variable value/],
    ['a tag that is AWS’s own', { tags: { 'aws:x': 'y' } }, /aws:/],
  ])('refuses %s', (_, input, message) => {
    const account = deployed();
    const expected = message instanceof RegExp ? expect.stringMatching(message) : message;
    expect(account.refusal('CreateStage', account.create(input))).toEqual(bad(expected));
    expect(account.rest('GetStages', { restApiId: account.restApiId }).item).toEqual([]);
  });
});

answers('CreateStage', deployed)`
  sets what is given
    canary = deploy $restApiId
    create2 = create {description: dev stage, variables: {color: blue, url: 'https://a.b/c?d=e&f=g,h#~'},
      tracingEnabled: true, tags: {team: orders}, canarySettings: {deploymentId: $canary, percentTraffic: 50,
      stageVariableOverrides: {color: green}}}
    CreateStage $create2
      -> {description: dev stage, variables: {color: blue, url: 'https://a.b/c?d=e&f=g,h#~'}, tracingEnabled: true,
      tags: {team: orders}, canarySettings: {deploymentId: $canary, percentTraffic: 50,
      stageVariableOverrides: {color: green}, useStageCache: false}}
  gives a canary without a deployment the stage’s
    create2 = create {canarySettings: {percentTraffic: 1}}
    CreateStage $create2 -> {canarySettings=: {deploymentId: $deploymentId, percentTraffic: 1, useStageCache: false}}
  refuses an API that does not exist, and a size that no cache has
    create2 = create {restApiId: nothing}
    CreateStage $create2 !404 NotFoundException: Invalid API identifier specified 111122223333:nothing
    create3 = create {cacheClusterEnabled: true, cacheClusterSize: '0.7'}
    CreateStage $create3 !400 BadRequestException: Invalid cache cluster size specified: 0.7
`;

answers('CreateStage', () => deployed({ quotas: { 'stages-per-api': 2 } }))`
  refuses a second stage of the name, and an eleventh stage
    create2 = create
    CreateStage $create2
    create3 = create
    CreateStage $create3 !409 ConflictException: Stage already exists
    create4 = create {stageName: test}
    CreateStage $create4
    create5 = create {stageName: prod}
    CreateStage $create5 !400 BadRequestException: There are too many stages defined for this API. Limit is 2.
    CreateDeployment {restApiId: $restApiId, stageName: prod}
      !400 BadRequestException: There are too many stages defined for this API. Limit is 2.
`;

describe('stages', () => {
  it('truth 1: are listed in one answer under `item`, all or those of a deployment', () => {
    const account = deployed();
    const { restApiId } = account;
    const other = account.deploy(restApiId);
    account.rest('CreateStage', account.create());
    account.rest('CreateStage', account.create({ stageName: 'test', deploymentId: other }));
    const names = (input: Record<string, unknown> = {}) =>
      account.rest('GetStages', { restApiId, ...input }).item.map(({ stageName }: { stageName: string }) => stageName);
    expect(names()).toEqual(['dev', 'test']);
    expect(names({ deploymentId: other })).toEqual(['test']);
    expect(names({ deploymentId: 'nothing' })).toEqual([]);
    expect(account.refusal('GetStages', { restApiId: 'nothing' })).toEqual(
      missing('Invalid API identifier specified 111122223333:nothing'),
    );
  });

  it('can be deleted, and leave their usage plans', () => {
    const account = deployed();
    account.rest('CreateStage', account.create());
    const plans = account.state.restApi.usagePlans;
    const apiStages = [
      { apiId: account.restApiId, stage: 'dev' },
      { apiId: account.restApiId, stage: 'prod' },
    ];
    plans.set('p', { fields: { id: 'p', tags: {}, apiStages }, keys: new Map() });
    expect(account.rest('DeleteStage', { restApiId: account.restApiId, stageName: 'dev' })).toEqual({});
    expect(account.rest('GetStages', { restApiId: account.restApiId }).item).toEqual([]);
    expect(plans.get('p')?.fields.apiStages).toEqual([{ apiId: account.restApiId, stage: 'prod' }]);
    expect(account.rest('GetDeployments', { restApiId: account.restApiId }).items).toHaveLength(1);
  });

  it('leave their usage plans when their API is deleted', () => {
    const account = deployed();
    account.rest('CreateStage', account.create());
    const plans = account.state.restApi.usagePlans;
    const other = { apiId: 'other', stage: 'dev' };
    const apiStages = [{ apiId: account.restApiId, stage: 'dev' }, other];
    plans.set('p', { fields: { id: 'p', tags: {}, apiStages }, keys: new Map() });
    account.rest('DeleteRestApi', { restApiId: account.restApiId });
    expect(plans.get('p')?.fields.apiStages).toEqual([other]);
  });

  it('cannot be deleted while a base path is mapped to them', () => {
    const account = deployed();
    account.rest('CreateStage', account.create());
    const mapping = { id: 'a1b2c3', basePath: '(none)', apiId: account.restApiId, stage: 'dev' };
    account.state.restApi.domainNames.set('shop.example.com', {
      fields: { domainName: 'shop.example.com', tags: {} },
      mappings: new Map([['(none)', mapping]]),
    });
    expect(account.refusal('DeleteStage', { restApiId: account.restApiId, stageName: 'dev' })).toEqual(
      bad(
        'Deleting stage dev failed. Please remove all base path mappings related to the stage in your domains: ' +
          'shop.example.com',
      ),
    );
  });
});

answers('stages', deployed)`
  refuses a stage that does not exist
    GetStage {restApiId: $restApiId, stageName: dev} !404 NotFoundException: Invalid stage identifier specified
    UpdateStage {restApiId: $restApiId, stageName: dev} !404 NotFoundException: Invalid stage identifier specified
    DeleteStage {restApiId: $restApiId, stageName: dev} !404 NotFoundException: Invalid stage identifier specified
`;
