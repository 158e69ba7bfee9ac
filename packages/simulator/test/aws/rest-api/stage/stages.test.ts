import { describe, expect, it } from 'vitest';
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

  it('sets what is given', () => {
    const account = deployed();
    const canary = account.deploy(account.restApiId);
    const settings = {
      description: 'dev stage',
      variables: { color: 'blue', url: 'https://a.b/c?d=e&f=g,h#~' },
      tracingEnabled: true,
      tags: { team: 'orders' },
      canarySettings: { deploymentId: canary, percentTraffic: 50, stageVariableOverrides: { color: 'green' } },
    };
    expect(account.rest('CreateStage', account.create(settings))).toMatchObject({
      ...settings,
      canarySettings: { ...settings.canarySettings, useStageCache: false },
    });
  });

  it('gives a canary without a deployment the stage’s', () => {
    const account = deployed();
    const { canarySettings } = account.rest('CreateStage', account.create({ canarySettings: { percentTraffic: 1 } }));
    expect(canarySettings).toEqual({ deploymentId: account.deploymentId, percentTraffic: 1, useStageCache: false });
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

  it('refuses a second stage of the name, and an eleventh stage', () => {
    const account = deployed({ quotas: { 'stages-per-api': 2 } });
    account.rest('CreateStage', account.create());
    expect(account.refusal('CreateStage', account.create())).toEqual({
      code: 'ConflictException',
      message: 'Stage already exists',
      status: 409,
    });
    account.rest('CreateStage', account.create({ stageName: 'test' }));
    const third = bad('There are too many stages defined for this API. Limit is 2.');
    expect(account.refusal('CreateStage', account.create({ stageName: 'prod' }))).toEqual(third);
    expect(account.refusal('CreateDeployment', { restApiId: account.restApiId, stageName: 'prod' })).toEqual(third);
  });

  it('refuses an API that does not exist, and what is not simulated', () => {
    const account = deployed();
    expect(account.refusal('CreateStage', account.create({ restApiId: 'nothing' }))).toEqual(
      missing('Invalid API identifier specified 111122223333:nothing'),
    );
    for (const input of [{ cacheClusterEnabled: true }, { cacheClusterSize: '0.5' }]) {
      expect(account.refusal('CreateStage', account.create(input))).toMatchObject({ status: 501 });
    }
  });
});

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

  it.each(['GetStage', 'UpdateStage', 'DeleteStage'])('%s refuses a stage that does not exist', (operation) => {
    const account = deployed();
    expect(account.refusal(operation, { restApiId: account.restApiId, stageName: 'dev' })).toEqual(
      missing('Invalid stage identifier specified'),
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
