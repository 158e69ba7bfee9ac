import path from 'node:path';
import { createContext, PosternError, type CloudError } from '@postern/core/internal/library';
import { cloudNow } from '@postern/core/internal/adapter';
import { STS } from '@aws-sdk/client-sts';
import { simulate } from '@postern/simulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../core/test/temporary-folder.js';
import { isOfService } from '../../src/client/client.js';
import { aws } from '../../src/index.js';
import { ACCOUNT, json, loneServer, xml } from '../world/lone-server.js';
import { vpcLink } from '../world/refs.js';
import { simulated } from '../world/simulated.js';

const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'canary-secret-1' };
const ROLE = 'arn:aws:iam::111122223333:role/deploy';
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((close) => close()));
});

async function server(
  answer: Parameters<typeof loneServer>[0] = (_request, response) => json(response, { items: [] }),
) {
  const lone = await loneServer(answer);
  open.push(lone.close);
  return lone;
}

const usedKey = (authorization: string | undefined) => /Credential=([^/]+)\//.exec(authorization ?? '')?.[1];

it.each(['garbage', 'ftp://127.0.0.1', '127.0.0.1:4010'])('an endpoint: %s is refused before any call', async (bad) => {
  const told = {
    code: 'INVALID_INPUT',
    name: 'InvalidInputError',
    remedy: 'Write it as in http://127.0.0.1:4010, or remove it.',
  };
  const given = aws({ region: 'eu-west-1', endpoint: bad, credentials });
  await expect(given.identity(createContext())).rejects.toMatchObject(told);
  vi.stubEnv('AWS_ENDPOINT_URL', bad);
  const fromEnvironment = aws({ region: 'eu-west-1', credentials });
  await expect(fromEnvironment.identity(createContext())).rejects.toMatchObject({
    ...told,
    message: expect.stringContaining('AWS_ENDPOINT_URL'),
  });
});

it.each([
  ['is called', {}, true],
  ['gives way to the environment', { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }, false],
])('the endpoint_url of a profile that is named: %s', async (_, environment, isCalled) => {
  const { url, heard } = await server();
  const keys = 'aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = canary-secret-1';
  const folder = temporaryFolder({ config: `[profile here]\nendpoint_url = ${url}\n${keys}\n` });
  const files = {
    AWS_CONFIG_FILE: path.join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'no'),
  };
  for (const [name, value] of Object.entries({ ...files, ...environment })) vi.stubEnv(name, value);
  await aws({ region: 'eu-west-1', profile: 'here' })
    .identity(createContext())
    .catch(() => undefined);
  expect(heard.length > 0).toBe(isCalled);
});

describe('credentials that are named', () => {
  const config = `[default]
region = eu-west-1
[profile sso]
sso_session = corp
[profile proc]
credential_process = /bin/false
[profile role]
role_arn = arn:aws:iam::111122223333:role/x
source_profile = gone
[profile web]
role_arn = arn:aws:iam::111122223333:role/x
web_identity_token_file = /none/token
[profile meta]
role_arn = arn:aws:iam::111122223333:role/x
credential_source = Environment
[profile half]
aws_access_key_id = AKIA
[sso-session corp]
sso_region = eu-west-1
`;
  const OPTION = '`profile` of the link or the driver, or --profile';

  it.each([
    [
      'nosuch',
      /^profile nosuch \(.+\) is in neither .+ nor .+; those have: default, sso, proc, role, web, meta, half$/,
      'aws configure --profile nosuch',
    ],
    ['sso', /^profile sso \(.+\) signs in with SSO, and its session has ended/, 'aws sso login --profile sso'],
    ['proc', /^the credential_process of profile proc \(.+\) failed/, 'by hand'],
    ['role', /^profile gone \(source_profile of profile role \(.+\)\) is in neither/, 'source_profile of role'],
    ['web', /^the token file \/none\/token \(web_identity_token_file of profile web \(.+\)\) cannot be read/, 'token'],
    [
      'meta',
      /^profile meta \(.+\) takes the role \S+, and its credential_source Environment gave no/,
      'source_profile',
    ],
    ['half', /^profile half \(.+\) has no complete credentials in/, 'aws configure --profile half'],
  ])('says what is wrong with the profile %s, and where it is named', async (profile, message, remedy) => {
    const folder = temporaryFolder({ config, credentials: '[default]\naws_access_key_id = AKIAEXAMPLE\n' });
    for (const one of ['config', 'credentials'] as const)
      vi.stubEnv(one === 'config' ? 'AWS_CONFIG_FILE' : 'AWS_SHARED_CREDENTIALS_FILE', path.join(folder, one));
    for (const [option, origin] of [
      [profile, OPTION],
      [undefined, 'AWS_PROFILE'],
    ] as const) {
      vi.stubEnv('AWS_PROFILE', option === undefined ? profile : 'default');
      const failed = await aws({ region: 'eu-west-1', profile: option, endpoint: 'http://127.0.0.1:9' })
        .identity(createContext())
        .catch((error: unknown) => error as CloudError);
      expect(failed).toMatchObject({ code: 'CREDENTIALS_MISSING', remedy: expect.stringContaining(remedy) });
      expect((failed as CloudError).message.replace(/^GetCallerIdentity: /, '')).toMatch(message);
      expect((failed as CloudError).message).toContain(`(${origin})`);
    }
  });
});

// On a busy machine an answer may be read after the next call has begun, which then has a connection of its own.
it(
  'connections: are shared by services and drivers, and not used again after they were idle for some seconds',
  { retry: 2, timeout: 60_000 },
  async () => {
    const lone = await server();
    const { links, identity } = aws({ region: 'eu-west-1', endpoint: lone.url, credentials });
    await identity(createContext());
    await links.statuses([vpcLink('a')], createContext());
    await aws({ region: 'us-west-2', endpoint: lone.url, credentials }).identity(createContext());
    expect(lone.connections()).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 5_500));
    await links.statuses([vpcLink('a')], createContext());
    expect(lone.connections()).toBe(2);
  },
);

describe('identity', () => {
  it('is requested once, before any other call', async () => {
    const { url, heard } = await server();
    const driver = aws({ region: 'eu-west-1', endpoint: url, credentials });
    const ctx = createContext();
    await Promise.all([driver.links.statuses([vpcLink('a')], ctx), driver.links.statuses([vpcLink('b')], ctx)]);
    expect(heard.map(({ body }) => body.includes('GetCallerIdentity'))).toEqual([true, false, false]);
    expect(await driver.identity(ctx)).toEqual({ account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/deploy` });
    expect(heard).toHaveLength(3);
  });

  it('is requested again when the access key has changed', async () => {
    const { url, heard } = await server();
    let key = 'AKIAFIRST';
    const driver = aws({
      region: 'eu-west-1',
      endpoint: url,
      // They expire at once, so that the SDK requests them before each call.
      credentials: async () => ({ accessKeyId: key, secretAccessKey: 'x', expiration: new Date(Date.now() + 1000) }),
    });
    const ctx = createContext();
    await driver.links.statuses([vpcLink('a')], ctx);
    key = 'AKIASECOND';
    await driver.links.statuses([vpcLink('a')], ctx);
    const keys = heard
      .filter(({ body }) => body.includes('GetCallerIdentity'))
      .map(({ headers }) => usedKey(headers.authorization));
    expect(keys).toEqual(['AKIAFIRST', 'AKIASECOND']);
  });

  it('refuses an account other than the expected one, before any other call', async () => {
    const { url, calls } = await server();
    const driver = aws({ region: 'eu-west-1', endpoint: url, credentials, account: '444455556666' });
    await expect(driver.links.statuses([vpcLink('a')], createContext())).rejects.toMatchObject({
      code: 'WRONG_ACCOUNT',
    });
    expect(calls()).toEqual([]);
  });

  it('lets one caller abort without failing another', async () => {
    const { url } = await server();
    const driver = aws({ region: 'eu-west-1', endpoint: url, credentials });
    const controller = new AbortController();
    const first = driver.identity(createContext({ signal: controller.signal }));
    const second = driver.identity(createContext());
    controller.abort();
    await expect(first).rejects.toMatchObject({ code: 'ABORTED' });
    expect((await second).account).toBe(ACCOUNT);
  });
});

describe('credentials', () => {
  it('of a role are requested from STS once, and used for all calls', async () => {
    const { url, heard } = await server((request, response) => {
      if (!request.body.includes('Action=AssumeRole')) return json(response, { items: [] });
      const expiration = new Date(Date.now() + 3_600_000).toISOString();
      return xml(
        response,
        `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>` +
          `<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>` +
          `<Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
      );
    });
    const driver = aws({ region: 'eu-west-1', endpoint: url, credentials, assumeRole: ROLE });
    await driver.links.statuses([vpcLink('a')], createContext());
    await driver.links.statuses([vpcLink('a')], createContext());
    const [assume, ...rest] = heard;
    expect(assume?.body).toContain(`RoleArn=${encodeURIComponent(ROLE)}`);
    expect(usedKey(assume?.headers.authorization)).toBe(credentials.accessKeyId);
    expect(new Set(rest.map(({ headers }) => usedKey(headers.authorization)))).toEqual(new Set(['ASIAROLE']));
    expect(heard.filter(({ body }) => body.includes('AssumeRole'))).toHaveLength(1);
  });

  it('that may not assume the role are reported with that call', async () => {
    const { url } = await server((_request, response) =>
      xml(
        response,
        '<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>',
        403,
      ),
    );
    const driver = aws({
      region: 'eu-west-1',
      endpoint: url,
      credentials,
      assumeRole: { roleArn: ROLE, externalId: 'x' },
    });
    await expect(driver.identity(createContext())).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      operation: 'AssumeRole',
      message: `AssumeRole: ${ROLE}: not authorized to perform: sts:AssumeRole`,
      remedy: expect.stringContaining(`on ${ROLE}`),
    });
  });

  it('come from the environment by default', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENVIRON');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
    vi.stubEnv('AWS_REGION', 'ap-south-1');
    const { url, heard } = await server();
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    const driver = aws();
    expect(driver.region).toBe('ap-south-1');
    await driver.links.statuses([vpcLink('a')], createContext());
    expect(heard).toHaveLength(2);
    expect(heard.every(({ headers }) => headers.authorization?.includes('AKIAENVIRON'))).toBe(true);
    expect(heard.every(({ headers }) => headers.authorization?.includes('/ap-south-1/'))).toBe(true);
  });

  it('that are missing are an error of their own, and no call is made', async () => {
    for (const name of [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_PROFILE',
      'AWS_WEB_IDENTITY_TOKEN_FILE',
      'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
      'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    ]) {
      vi.stubEnv(name, undefined);
    }
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
    const { url, heard } = await server();
    const driver = aws({ region: 'eu-west-1', endpoint: url });
    await expect(driver.identity(createContext())).rejects.toMatchObject({ code: 'CREDENTIALS_MISSING' });
    expect(heard).toEqual([]);
  });
});

it('clients that are passed in: are used unchanged', async () => {
  const driver = aws({
    region: 'eu-west-1',
    clients: {
      sts: { getCallerIdentity: async () => ({ Account: ACCOUNT }), assumeRole: async () => ({}) },
      apiGatewayV2: new Proxy({} as never, {
        get: (_, name) =>
          name === 'getVpcLinks'
            ? async () => ({ Items: [{ VpcLinkId: 'ab', Name: 'eu', VpcLinkStatus: 'SLEEPING' }] })
            : undefined,
      }),
    },
  });
  expect(await driver.links.statuses([vpcLink('ab')], createContext())).toEqual([
    { kind: 'vpc-link-v2', id: 'ab', state: 'unknown', nativeState: 'SLEEPING', reason: undefined },
  ]);
});

it('the driver: refuses API groups, which AWS does not have', async () => {
  const { driver, ctx } = await simulated();
  await expect(driver.observe({ gateways: [{ apiGroup: 'x' }] }, ctx)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
});

it('a change: that is too late is not sent', async () => {
  const simulated = await simulate().listen();
  open.push(simulated.close);
  const lost = new PosternError('JOURNAL_WRITE_FAILED', 'taken over');
  const sent = () => simulated.simulation.journal().map(({ operation }) => operation);
  const { linkChanges } = aws({ region: 'eu-west-1', endpoint: simulated.url, credentials });
  for (const isLate of [true, false]) {
    const beforeSend = (): void => {
      if (isLate) throw lost;
    };
    const ctx = { ...createContext(), fence: { permit: () => Promise.resolve(beforeSend) } };
    await expect(linkChanges?.untag(vpcLink('ab'), ['a'], ctx)).rejects.toMatchObject({
      code: isLate ? 'JOURNAL_WRITE_FAILED' : 'NOT_FOUND',
    });
    expect(sent().includes('UntagResource')).toBe(!isLate);
  }
});

describe('the time of the cloud', () => {
  const NOON = Date.parse('2026-06-01T12:00:00Z');
  const nowOf = ({ earliestMs = Number.NaN, latestMs = Number.NaN } = {}) => [earliestMs, latestMs] as const;

  it.each([
    ['Postern’s own', (_url: string) => ({ clients: undefined })],
    [
      'the caller’s',
      (endpoint: string) => ({ clients: { sts: new STS({ region: 'eu-west-1', endpoint, credentials }) } }),
    ],
  ])('is heard by %s client, with the Date of the service', async (_, clientsAt) => {
    const simulated = await simulate({ startAt: '2026-06-01T12:00:00Z' }).listen();
    open.push(simulated.close);
    const ctx = createContext();
    const { url: endpoint } = simulated;
    const options = clientsAt(endpoint);
    await aws({ region: 'eu-west-1', endpoint, credentials, ...options }).identity(ctx);
    const [earliest, latest] = nowOf(cloudNow(ctx));
    expect(earliest - NOON).toBeLessThan(30_000);
    expect(latest - NOON).toBeGreaterThanOrEqual(1_000);
    if (options.clients !== undefined) expect(Object.hasOwn(options.clients.sts, 'config')).toBe(true);
  });

  it('is not that of a proxy: its answers have no ID of a request', () => {
    expect(isOfService({ date: 'Mon, 01 Jun 2026 12:00:00 GMT', 'x-amzn-requestid': 'a' })).toBe(true);
    expect(isOfService({ date: 'Mon, 01 Jun 2026 12:00:00 GMT', via: '1.1 proxy' })).toBe(false);
  });

  it('corrects what the SDK signs, and the refused call is made again', async () => {
    const lone = await server((_request, response) => {
      response.setHeader('date', new Date(Date.now() + 1_800_000).toUTCString());
      if (lone.calls().length > 1) return json(response, { items: [] });
      const message = 'Signature expired: 20260601T120000Z is now earlier than 20260601T122500Z';
      return json(response, { message }, 403, { 'x-amzn-errortype': 'InvalidSignatureException' });
    });
    const ctx = createContext();
    const { links } = aws({ region: 'eu-west-1', endpoint: lone.url, credentials });
    await links.statuses([vpcLink('a')], ctx);
    const [first, second] = lone.calls().map(({ headers }) => String(headers['x-amz-date']));
    expect(second?.slice(0, 13)).not.toBe(first?.slice(0, 13)); // half an hour later
  });
});
