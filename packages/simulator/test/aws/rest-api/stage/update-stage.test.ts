import { describe, expect, it } from 'vitest';
import { answers } from '../../../answers.js';
import { bad, newAccount } from '../deployed-account.js';

type Patch = { op: string; path?: string; value?: string; from?: string };

const GROUP = 'arn:aws:logs:eu-west-1:111122223333:log-group:/api/orders';
const ROLE = bad('CloudWatch Logs role ARN must be set in account settings to enable logging');
const DEFAULTS = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};
const cannotRemove = (path: string) =>
  bad(`Cannot remove method setting ${path} because there is no method setting for this method `);
const badPath = (path: string) =>
  bad(
    expect.stringMatching(
      new RegExp(`^Invalid method setting path: ${path.replaceAll('*', '\\*')}\\. Must be one of: \\[/deploymentId, `),
    ),
  );

function staged() {
  const account = newAccount();
  const restApiId = account.api();
  const deploymentId = account.deploy(restApiId, { stageName: 'dev' });
  const input = (...patchOperations: Patch[]) => ({ restApiId, stageName: 'dev', patchOperations });
  return {
    ...account,
    restApiId,
    deploymentId,
    update: (...operations: Patch[]) => account.rest('UpdateStage', input(...operations)),
    refused: (...operations: Patch[]) => account.refusal('UpdateStage', input(...operations)),
    stage: () => account.rest('GetStage', { restApiId, stageName: 'dev' }),
  };
}
const replace = (path: string, value: string): Patch => ({ op: 'replace', path, value });
const remove = (path: string): Patch => ({ op: 'remove', path });
const add = (path: string, value: string): Patch => ({ op: 'add', path, value });

describe('UpdateStage', () => {
  it.each([
    '/documentation_version',
    '/tags/tag1',
    '/canarySettings',
    '/canarySettings/badPath',
    '/stageName',
    '/lit/ANY/caching/enabled',
    '/lit/*/throttling/rateLimit',
    '/*/*',
  ])('refuses replace of %s', (path) => {
    expect(staged().refused(replace(path, 'x'))).toEqual(badPath(path));
  });

  it('lists the paths as the service does, with the commas that it leaves out', () => {
    const { message } = staged().refused(replace('/x', 'y'))!;
    expect(message).toContain(
      '/{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit' +
        '/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, ',
    );
    expect(message).toContain('/*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, ');
    expect(message).toMatch(/, \/variables\/\{variable_name\}, \/tracingEnabled\]$/);
  });

  it.each<[string, Patch, unknown]>([
    ['add of a variable', add('/variables/a', 'b'), bad('Invalid add operation with path: /variables/a')],
    [
      'add of a canary’s deployment',
      add('/canarySettings/deploymentId', 'b'),
      bad('Invalid add operation with path: /canarySettings/deploymentId'),
    ],
    ['remove of a variable that is not set', remove('/variables/a'), cannotRemove('variables/a')],
    ['remove of the deployment', remove('/deploymentId'), cannotRemove('deploymentId')],
    [
      'a name of a variable that is not a word',
      replace('/variables/owner:app', 'x'),
      bad('Invalid stage variable name: owner:app.  Please use names with only word characters.'),
    ],
    [
      'a variable without a value',
      { op: 'replace', path: '/variables/a' },
      bad(expect.stringMatching(/^Invalid stage variable value: \./)),
    ],
    [
      'a flag that is neither true nor false',
      replace('/tracingEnabled', 'yes'),
      bad(expect.stringContaining('/tracingEnabled')),
    ],
    [
      'move',
      { op: 'move', path: '/description', from: '/x' },
      bad(expect.stringMatching(/^Invalid patch operation specified\./)),
    ],
    [
      'a size that no cache has',
      replace('/cacheClusterSize', '0.50'),
      bad('Invalid cache cluster size specified: 0.50'),
    ],
    [
      'an unknown client certificate',
      replace('/clientCertificateId', 'abc'),
      bad('Invalid client certificate identifier specified: abc'),
    ],
    [
      'an unknown documentation version',
      replace('/documentationVersion', '1'),
      { code: 'NotFoundException', message: 'Invalid Documentation version specified', status: 404 },
    ],
  ])('refuses %s', (_, operation, refusal) => {
    expect(staged().refused(operation)).toEqual(refusal);
  });

  it('accepts that there is no cache cluster', () => {
    expect(staged().update(replace('/cacheClusterEnabled', 'false'))).toMatchObject({ cacheClusterEnabled: false });
  });
});

answers('UpdateStage', staged)`
  changes deployment, description, variables and tracing, and the date of the change
    next = deploy $restApiId
    advance 1000
    changed = update [${replace('/deploymentId', '$next')}, ${replace('/description', 'new')},
      ${replace('/variables/color', 'blue')}, ${replace('/variables/size', 'l')}, ${replace('/tracingEnabled', 'true')}]
      -> {deploymentId: $next, description: new, variables: {color: blue, size: l}, tracingEnabled: true,
      createdDate: ${new Date('2026-06-01T00:00:00Z')}, lastUpdatedDate: ${new Date('2026-06-01T00:00:01Z')}}
    stage == $changed
    update [${remove('/variables/color')}, ${remove('/variables/size')}, ${replace('/description', '')}]
      -> {variables: absent, description: absent}
  truth 5: applies all operations or none
    before = stage
    update [${replace('/description', 'new')}, ${replace('/deploymentId', 'nothing')}]
      !400 BadRequestException: Deployment id does not exist
    stage == $before
`;

describe('method settings', () => {
  it.each([
    ['/~1/GET', '~1/GET'],
    ['/~1pets~1{id}/POST', '~1pets~1{id}/POST'],
    ['/pets/{id}/GET', 'pets/{id}/GET'],
    ['/g/{proxy+}/DELETE', 'g/{proxy+}/DELETE'],
  ])('of %s have the key %s', (path, key) => {
    const account = staged();
    const settings = account.update(replace(`${path}/throttling/burstLimit`, '1')).methodSettings;
    expect(Object.keys(settings)).toEqual([key]);
    expect(account.update(remove(path)).methodSettings).toEqual({});
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['metrics/enabled', 'true', { metricsEnabled: true }],
    ['logging/dataTrace', 'true', { dataTraceEnabled: true }],
    ['logging/loglevel', 'INFO', { loggingLevel: 'INFO' }],
    ['throttling/burstLimit', '-1', { throttlingBurstLimit: -1 }],
    ['throttling/rateLimit', '0', { throttlingRateLimit: 0 }],
    ['caching/enabled', 'true', { cachingEnabled: true }],
    ['caching/ttlInSeconds', '3600', { cacheTtlInSeconds: 3600 }],
    ['caching/dataEncrypted', 'true', { cacheDataEncrypted: true }],
    ['caching/requireAuthorizationForCacheControl', 'false', { requireAuthorizationForCacheControl: false }],
    [
      'caching/unauthorizedCacheControlHeaderStrategy',
      'FAIL_WITH_403',
      { unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403' },
    ],
  ])('%s can be %s', (setting, value, member) => {
    const account = staged();
    account.setLogsRole();
    expect(account.update(replace(`/*/*/${setting}`, value)).methodSettings['*/*']).toEqual({ ...DEFAULTS, ...member });
  });

  it.each([
    ['metrics/enabled', '1'],
    ['logging/loglevel', 'DEBUG'],
    ['throttling/burstLimit', '1.5'],
    ['throttling/rateLimit', 'fast'],
    ['caching/ttlInSeconds', '3601'],
    ['caching/unauthorizedCacheControlHeaderStrategy', 'FAIL'],
  ])('%s cannot be %s', (setting, value) => {
    expect(staged().refused(replace(`/*/*/${setting}`, value))).toMatchObject({ status: 400 });
  });

  it('has its own sentence for a setting that does not exist', () => {
    expect(staged().refused(replace('/*/*/accessLogSettings/format', 'x'))).toEqual(
      bad(
        'Invalid method setting path: accessLogSettings/format. Must be one of: [.../metrics/enabled, ' +
          '.../logging/dataTrace, .../logging/loglevel,.../throttling/burstLimit, .../throttling/rateLimit, ' +
          '.../caching/ttlInSeconds, .../caching/enabled, .../caching/dataEncrypted, ' +
          '.../caching/requireAuthorizationForCacheControl, .../caching/unauthorizedCacheControlHeaderStrategy]',
      ),
    );
  });

  it('are removed method by method, as one', () => {
    const account = staged();
    expect(account.refused(remove('/*/*'))).toEqual(cannotRemove('*/*'));
    account.update(replace('/*/*/caching/enabled', 'true'));
    expect(account.refused(remove('/*/*/caching/enabled'))).toEqual(cannotRemove('*/*/caching/enabled'));
    expect(account.update(remove('/*/*')).methodSettings).toEqual({});
  });
});

answers('method settings', staged)`
  get the defaults with the first one
    update ${replace('/*/*/throttling/rateLimit', '12.5')}
      -> {methodSettings=: {'*/*': ${{ ...DEFAULTS, throttlingRateLimit: 12.5 }}}}
  of a method begin as those of all methods, and stay when those change
    update [${replace('/*/*/throttling/burstLimit', '123')}, ${replace('/*/*/caching/enabled', 'true')},
      ${replace('/test/GET/throttling/burstLimit', '124')}]
    update ${replace('/*/*/throttling/burstLimit', '100')}
      -> {methodSettings=: {'*/*': ${{ ...DEFAULTS, cachingEnabled: true, throttlingBurstLimit: 100 }},
      test/GET: ${{ ...DEFAULTS, cachingEnabled: true, throttlingBurstLimit: 124 }}}}
  need the account’s role for logs
    update ${replace('/*/*/logging/loglevel', 'ERROR')}
      !400 BadRequestException: CloudWatch Logs role ARN must be set in account settings to enable logging
    update ${replace('/*/*/logging/dataTrace', 'true')}
      !400 BadRequestException: CloudWatch Logs role ARN must be set in account settings to enable logging
    update ${replace('/*/*/logging/loglevel', 'OFF')}
    setLogsRole
    update ${replace('/*/*/logging/loglevel', 'ERROR')}
`;

describe('access logs', () => {
  it('are set member by member and removed as one', () => {
    const account = staged();
    account.setLogsRole();
    expect(account.update(add('/accessLogSettings/destinationArn', GROUP)).accessLogSettings).toEqual({
      destinationArn: GROUP,
    });
    const log = { destinationArn: `${GROUP}a`, format: '$context.requestId' };
    account.update(replace('/accessLogSettings/destinationArn', log.destinationArn));
    expect(account.update(add('/accessLogSettings/format', log.format)).accessLogSettings).toEqual(log);
    expect(account.refused(remove('/accessLogSettings/destinationArn'))).toEqual(
      cannotRemove('accessLogSettings/destinationArn'),
    );
    expect(account.update(remove('/accessLogSettings'))).not.toHaveProperty('accessLogSettings');
    expect(account.refused(remove('/accessLogSettings'))).toEqual(cannotRemove('accessLogSettings'));
  });

  it('go to a log group only with the account’s role, to a delivery stream without', () => {
    const account = staged();
    const destination = (arn: string) => replace('/accessLogSettings/destinationArn', arn);
    expect(account.refused(destination(GROUP))).toEqual(ROLE);
    const stream = 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/amazon-apigateway-orders';
    expect(account.refused(destination(stream))).toBeUndefined();
    expect(account.refused(destination(stream.replace('amazon-apigateway-', '')))).toMatchObject({ status: 400 });
    account.setLogsRole();
    expect(account.refused(destination(`${GROUP}:*`))).toEqual(
      bad(
        `Access log destination must only contain characters a-z, A-Z, 0-9, '_', '-', '/', '.': 'log-group:/api/orders:*'`,
      ),
    );
    expect(account.refused(destination('arn:aws:s3:::logs'))).toEqual(bad('Invalid ARN specified in the request'));
  });

  it.each(['/accessLogSettings/randomValue', '/accessLogSettings/*', '/accessLogSettings'])('are not at %s', (path) => {
    const account = staged();
    const refusal = bad(
      'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]',
    );
    expect(account.refused(add(path, 'x'))).toEqual(refusal);
    expect(account.refused(replace(path, 'x'))).toEqual(refusal);
    expect(account.refused(remove(path))).toEqual(cannotRemove(path.slice(1)));
  });
});

answers('access logs', staged)`
  cannot be empty
    update ${replace('/accessLogSettings/destinationArn', '')}
      !400 BadRequestException: Access Log value must not be empty
    update ${replace('/accessLogSettings/format', '')} !400 BadRequestException: Access Log value must not be empty
`;

answers('the cache cluster of a stage', staged)`
  takes four minutes to create, to resize and to delete, and five seconds to flush
    update [${replace('/cacheClusterEnabled', 'true')}, ${replace('/cacheClusterSize', '6.1')}]
      -> {cacheClusterEnabled: true, cacheClusterSize: '6.1', cacheClusterStatus: CREATE_IN_PROGRESS, cacheSince: absent}
    FlushStageCache {restApiId: $restApiId, stageName: dev} !400 BadRequestException: Stage dev has no cache that is available
    advance 239999
    stage -> {cacheClusterStatus: CREATE_IN_PROGRESS}
    advance 1
    stage -> {cacheClusterStatus: AVAILABLE}
    FlushStageCache {restApiId: $restApiId, stageName: dev} == {}
    FlushStageCache {restApiId: $restApiId, stageName: dev} == {}
    stage -> {cacheClusterStatus: FLUSH_IN_PROGRESS}
    advance 5000
    stage -> {cacheClusterStatus: AVAILABLE}
    update [${replace('/description', 'same cluster')}] -> {cacheClusterStatus: AVAILABLE}
    update [${replace('/cacheClusterSize', '0.5')}] -> {cacheClusterStatus: CREATE_IN_PROGRESS}
    advance 240000
    update [${replace('/cacheClusterEnabled', 'false')}] -> {cacheClusterStatus: DELETE_IN_PROGRESS}
    advance 240000
    stage -> {cacheClusterEnabled: false, cacheClusterSize: '0.5', cacheClusterStatus: NOT_AVAILABLE}
  a change takes the place of one in progress
    update [${replace('/cacheClusterEnabled', 'true')}]
    advance 1000
    update [${replace('/cacheClusterSize', '1.6')}]
    advance 239000
    stage -> {cacheClusterStatus: CREATE_IN_PROGRESS}
    advance 1000
    stage -> {cacheClusterStatus: AVAILABLE}
  a size alone makes no cluster
    update [${replace('/cacheClusterSize', '237')}]
      -> {cacheClusterEnabled: false, cacheClusterSize: '237', cacheClusterStatus: NOT_AVAILABLE}
`;
