import { describe, expect, it } from 'vitest';
import { bad, newAccount } from '../deployed-account.js';

type Patch = { op: string; path: string; value?: string; from?: string };
const replace = (path: string, value: string): Patch => ({ op: 'replace', path: `/canarySettings/${path}`, value });
const REMOVE: Patch = { op: 'remove', path: '/canarySettings' };
const PROMOTE: Patch[] = [
  replace('percentTraffic', '0.0'),
  { op: 'copy', path: '/deploymentId', from: '/canarySettings/deploymentId' },
  { op: 'copy', path: '/variables', from: '/canarySettings/stageVariableOverrides' },
];

function staged(options?: Parameters<typeof newAccount>[0]) {
  const account = newAccount(options);
  const restApiId = account.api();
  const production = account.deploy(restApiId, { stageName: 'prod', variables: { color: 'blue', size: 'l' } });
  const next = account.deploy(restApiId);
  const input = (patchOperations: Patch[]) => ({ restApiId, stageName: 'prod', patchOperations });
  return {
    ...account,
    restApiId,
    production,
    next,
    update: (...operations: Patch[]) => account.rest('UpdateStage', input(operations)),
    refused: (...operations: Patch[]) => account.refusal('UpdateStage', input(operations)),
  };
}

describe('truth 8: a canary', () => {
  it('begins with a percentage, at the stage’s own deployment', () => {
    const account = staged();
    expect(account.update(replace('percentTraffic', '50')).canarySettings).toEqual({
      deploymentId: account.production,
      percentTraffic: 50,
      useStageCache: false,
    });
  });

  it('begins with a deployment, without traffic', () => {
    const account = staged();
    expect(account.update(replace('deploymentId', account.next)).canarySettings).toEqual({
      deploymentId: account.next,
      percentTraffic: 0,
      useStageCache: false,
    });
  });

  it('has all its members replaced', () => {
    const account = staged();
    const { canarySettings, deploymentId, variables } = account.update(
      replace('deploymentId', account.next),
      replace('percentTraffic', '12.5'),
      replace('useStageCache', 'true'),
      replace('stageVariableOverrides/color', 'red'),
      replace('stageVariableOverrides/color', 'green'),
      replace('stageVariableOverrides/extra', 'x'),
    );
    expect(canarySettings).toEqual({
      deploymentId: account.next,
      percentTraffic: 12.5,
      useStageCache: true,
      stageVariableOverrides: { color: 'green', extra: 'x' },
    });
    expect({ deploymentId, variables }).toEqual({
      deploymentId: account.production,
      variables: { color: 'blue', size: 'l' },
    });
  });

  it('is removed as a whole only', () => {
    const account = staged();
    account.update(replace('stageVariableOverrides/color', 'green'));
    for (const member of ['stageVariableOverrides', 'stageVariableOverrides/color', 'badPath', 'percentTraffic']) {
      expect(account.refused({ op: 'remove', path: `/canarySettings/${member}` })).toEqual(
        bad(
          `Cannot remove method setting canarySettings/${member} because there is no method setting for this method `,
        ),
      );
    }
    expect(account.update(REMOVE)).not.toHaveProperty('canarySettings');
    expect(account.refused(REMOVE)).toMatchObject({ status: 400 });
  });

  it.each<[string, Patch, unknown]>([
    ['a deployment that does not exist', replace('deploymentId', 'nothing'), 'Deployment id does not exist'],
    [
      'less than no traffic',
      replace('percentTraffic', '-1'),
      expect.stringContaining('/canarySettings/percentTraffic'),
    ],
    [
      'more than all traffic',
      replace('percentTraffic', '100.1'),
      expect.stringContaining('/canarySettings/percentTraffic'),
    ],
    [
      'a percentage in words',
      replace('percentTraffic', 'half'),
      expect.stringContaining('/canarySettings/percentTraffic'),
    ],
    [
      'a bad override',
      replace('stageVariableOverrides/a', 'b c'),
      expect.stringMatching(/^Invalid stage variable value: b c/),
    ],
    [
      'add',
      { op: 'add', path: '/canarySettings/percentTraffic', value: '1' },
      'Invalid add operation with path: /canarySettings/percentTraffic',
    ],
  ])('refuses %s', (_, operation, message) => {
    expect(staged().refused(operation)).toEqual(bad(message));
  });
});

describe('truth 8: a promotion', () => {
  it('moves the deployment, merges the overrides, and leaves the canary without traffic', () => {
    const account = staged();
    account.update(
      replace('deploymentId', account.next),
      replace('percentTraffic', '100'),
      replace('stageVariableOverrides/color', 'green'),
    );
    expect(account.update(...PROMOTE)).toMatchObject({
      deploymentId: account.next,
      variables: { color: 'green', size: 'l' },
      canarySettings: {
        deploymentId: account.next,
        percentTraffic: 0,
        stageVariableOverrides: { color: 'green' },
        useStageCache: false,
      },
    });
    expect(account.update(REMOVE)).toMatchObject({ deploymentId: account.next });
    expect(
      account.refusal('DeleteDeployment', { restApiId: account.restApiId, deploymentId: account.production }),
    ).toBeUndefined();
  });

  it('is refused where the stage would have more variables than the quota', () => {
    const account = staged({ quotas: { 'stage-variables-per-stage': 2 } });
    account.update(replace('stageVariableOverrides/extra', 'x'));
    expect(account.refused(...PROMOTE)).toEqual(bad('There are too many stage variables. Limit is 2.'));
    account.update(REMOVE);
    account.update(replace('stageVariableOverrides/color', 'green'));
    expect(account.update(...PROMOTE)).toMatchObject({ variables: { color: 'green', size: 'l' } });
  });

  it('without a canary is refused, unless its first operation begins one', () => {
    const account = staged();
    expect(account.refused(...PROMOTE.slice(1))).toEqual(bad('Promotion not available. Canary does not exist.'));
    expect(account.update(...PROMOTE)).toMatchObject({
      deploymentId: account.production,
      variables: { color: 'blue', size: 'l' },
      canarySettings: { deploymentId: account.production, percentTraffic: 0, useStageCache: false },
    });
  });

  it.each([
    ['/canarySettings/stageVariableOverrides', '/variables'],
    ['/deploymentId', '/variables'],
    ['/deploymentId', '/canarySettings/stageVariableOverrides'],
    ['/description', '/canarySettings/deploymentId'],
  ])('copies nothing to %s from %s', (path, from) => {
    expect(staged().refused({ op: 'copy', path, from })).toEqual(
      bad(
        `Invalid copy operation with path: ${path} and from ${from}. Valid copy:path are [/deploymentId, /variables] ` +
          'and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]',
      ),
    );
  });
});
