import { describe, expect, it } from 'vitest';
import { answers } from '../../../answers.js';
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

answers('truth 8: a canary', staged)`
  begins with a percentage, at the stage’s own deployment
    update ${replace('percentTraffic', '50')}
      -> {canarySettings=: {deploymentId: $production, percentTraffic: 50, useStageCache: false}}
  begins with a deployment, without traffic
    update ${replace('deploymentId', '$next')}
      -> {canarySettings=: {deploymentId: $next, percentTraffic: 0, useStageCache: false}}
  has all its members replaced
    update [${replace('deploymentId', '$next')}, ${replace('percentTraffic', '12.5')},
      ${replace('useStageCache', 'true')}, ${replace('stageVariableOverrides/color', 'red')},
      ${replace('stageVariableOverrides/color', 'green')}, ${replace('stageVariableOverrides/extra', 'x')}]
      -> {canarySettings=: {deploymentId: $next, percentTraffic: 12.5, useStageCache: true,
      stageVariableOverrides: {color: green, extra: x}}, deploymentId: $production, variables=: {color: blue, size: l}}
`;

it.each([
  ['/canarySettings/stageVariableOverrides', '/variables'],
  ['/deploymentId', '/variables'],
  ['/deploymentId', '/canarySettings/stageVariableOverrides'],
  ['/description', '/canarySettings/deploymentId'],
])('truth 8: a promotion: copies nothing to %s from %s', (path, from) => {
  expect(staged().refused({ op: 'copy', path, from })).toEqual(
    bad(
      `Invalid copy operation with path: ${path} and from ${from}. Valid copy:path are [/deploymentId, /variables] ` +
        'and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]',
    ),
  );
});

answers('truth 8: a promotion', staged)`
  moves the deployment, merges the overrides, and leaves the canary without traffic
    update [${replace('deploymentId', '$next')}, ${replace('percentTraffic', '100')},
      ${replace('stageVariableOverrides/color', 'green')}]
    update ${[...PROMOTE]}
      -> {deploymentId: $next, variables: {color: green, size: l}, canarySettings: {deploymentId: $next,
      percentTraffic: 0, stageVariableOverrides: {color: green}, useStageCache: false}}
    update ${REMOVE} -> {deploymentId: $next}
    DeleteDeployment {restApiId: $restApiId, deploymentId: $production}
  without a canary is refused, unless its first operation begins one
    update ${PROMOTE.slice(1)} !400 BadRequestException: Promotion not available. Canary does not exist.
    update ${[...PROMOTE]}
      -> {deploymentId: $production, variables: {color: blue, size: l}, canarySettings: {deploymentId: $production,
      percentTraffic: 0, useStageCache: false}}
`;

answers('truth 8: a promotion', () => staged({ quotas: { 'stage-variables-per-stage': 2 } }))`
  is refused where the stage would have more variables than the quota
    update ${replace('stageVariableOverrides/extra', 'x')}
    update ${[...PROMOTE]} !400 BadRequestException: There are too many stage variables. Limit is 2.
    update ${REMOVE}
    update ${replace('stageVariableOverrides/color', 'green')}
    update ${[...PROMOTE]} -> {variables: {color: green, size: l}}
`;
