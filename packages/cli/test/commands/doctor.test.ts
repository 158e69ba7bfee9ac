import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createContext, type CallContext, type CallRetry } from '@postern/core/internal/library';
import type { Clouds } from '@postern/core/internal/adapter';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { permissions as alibaba } from '../../../alibaba/src/cloud/permissions.js';
import { permissions as aws } from '../../../aws/src/cloud/permissions.js';
import { cloudLines } from '../../src/doctor/clouds.js';
import type { Session } from '../../src/session/open-session.js';
import { lineText, machineLines } from '../../src/doctor/lines.js';
import { Interrupted } from '../../src/process/interruption.js';
import { folder, run } from '../run-command.js';

it('doctor: prints no lines when it is asked to end', async () => {
  const signal = AbortSignal.abort(new Interrupted('SIGINT'));
  const ran = await run(['doctor', '--region', 'eu-west-1'], { cwd: folder(), signal });
  expect(ran).toEqual({ status: 130, out: '', err: 'stopped by SIGINT\n' });
});

it('a cloud that does not answer: is given up after 18 seconds, as are calls that it throttles', async () => {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => (expect(ms).toBe(18_000), AbortSignal.abort()));
  onTestFinished(() => void vi.restoreAllMocks());
  const identity = ({ onRetry, signal }: CallContext) => {
    expect(signal?.aborted).toBe(true);
    expect(onRetry?.({ elapsedMs: 17_000, delayMs: 1_001 } as CallRetry)).toBe(false);
    return Promise.reject(new Error('aborted'));
  };
  const session = { drivers: () => ({ identity }), context: createContext({}) } as unknown as Session;
  expect(await cloudLines(session, [{ provider: 'aws', region: 'eu-west-1' }], undefined, {} as Clouds)).toMatchObject([
    { of: 'aws eu-west-1', status: 'failed', message: 'no answer came within 18 s' },
  ]);
});

describe('this machine', () => {
  const linesOf = (env: Record<string, string>, node = '22.0.0') =>
    machineLines(env, node).flatMap(({ what, status, message }) => (status === 'ok' ? [] : [`${what}: ${message}`]));
  it.each([
    [{}, []],
    [{ HTTPS_PROXY: '' }, []],
    [{ https_proxy: 'http://u:hidden@p:1' }, []],
    [{ AWS_ENDPOINT_URL_EC2: 'http://x' }, [expect.stringMatching(/^endpoints: AWS_ENDPOINT_URL_EC2 is set/)]],
    [{ AWS_ENDPOINT_URL: 'http://x', POSTERN_SIMULATOR: 'http://127.0.0.1:1' }, []],
    [{ AWS_ENDPOINT_URL: 'http://x', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, []],
  ])('with %j has warnings %j, and no value of a variable', (env, expected) => {
    expect(linesOf(env)).toEqual(expected);
    expect(JSON.stringify(machineLines(env, '22.0.0'))).not.toContain('hidden');
  });
  it('names the variables of a proxy, and not their values', () => {
    const lines = machineLines({ HTTP_PROXY: 'x', HTTPS_PROXY: 'http://u:hidden@p:1', NO_PROXY: 'y' }, '22.0.0');
    expect(lines.find(({ what }) => what === 'proxy')?.message).toBe(
      'HTTP_PROXY and HTTPS_PROXY are set: calls of the clouds go through that proxy, except for the hosts of NO_PROXY',
    );
    expect(JSON.stringify(lines)).not.toContain('hidden');
  });

  it('has a warning for a version of Node.js without security fixes', () => {
    expect(linesOf({}, '20.19.0')).toEqual([expect.stringMatching(/^Node\.js: Node\.js 20\.19\.0 is past/)]);
  });
});

it('a line: fits the terminal, and its words stay whole', () => {
  const line = {
    what: 'applying',
    of: 'aws',
    status: 'failed',
    message: 'not allowed',
    remedy: 'Allow a, b and c.',
  } as const;
  expect(lineText(line, { columns: 20 })).toBe(
    'failed   applying\n         aws: not\n         allowed\n         Allow a, b\n         and c.\n',
  );
  expect(lineText(line, {})).toBe('failed   applying aws: not allowed\n         Allow a, b and c.\n');
});

/** What adapters call that is not a read. */
const WRITE =
  /'((?:Add|Batch|Undeploy|Create|Update|Delete|Put|Tag|Untag|Authorize|Revoke|Modify|Set|Remove|Deploy|Flush|Abolish|Test|Validate)[A-Za-z]+)'/g;
/** Names of members and of processes of Auto Scaling, not of operations. */
const OTHER = new Set([
  'AddToLoadBalancer',
  'CreateRouteTable', // the origin of a route
  'AuthorizerId',
  'DeploymentId',
  'Deleted', // a state of an endpoint
  'Deployed',
  'DeployedApis',
  'DeployedApiItem',
  'AuthorizedApp',
  'AuthorizedApps',
]);

/**
 * What handovers call besides.
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk/tree/master/apig-20240327
 */
const HANDOVER = (
  'CreateHttpApi CreateDomain CreateAndAttachPolicy CreateConsumer CreateConsumerAuthorizationRules UpdateService DeleteHttpApi ' +
  'DeleteDomain DeleteConsumer BatchDeleteConsumerAuthorizationRule DeleteAndDetachPolicy DeleteApiGroup AddDomainRecord ' +
  'UpdateDomainRecord DeleteDomainRecord SetDomainRecordStatus SetDNSSLBStatus UpdateDNSSLBWeight'
).split(' ');

it.each([
  ['aws', aws.write, []],
  ['alibaba', alibaba.write, HANDOVER],
] as const)(
  'permissions to apply: name every write of the adapter of %s, and nothing else',
  (provider, permissions, more) => {
    const source = path.resolve(import.meta.dirname, '../../../', provider, 'src');
    const called = new Set<string>();
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
    // What plans are judged by names operations, and calls none.
    const isCalling = (one: string): boolean =>
      !one.endsWith('permissions.ts') && !one.split(path.sep).includes('plans');
    for (const file of files.filter((one) => one.endsWith('.ts') && isCalling(one)))
      for (const [, name = ''] of readFileSync(path.join(source, file), 'utf8').matchAll(WRITE))
        if (!OTHER.has(name)) called.add(name);
    const listed = [...permissions.flatMap(({ operations }) => operations), ...more];
    expect([...new Set(listed)].toSorted()).toEqual([...called].sort());
  },
);
