import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterEach, describe, expect, it } from 'vitest';
import { Nonces } from '../../../src/alibaba/traditional/served/application/nonces.js';
import { edit } from '../../checks/show.js';
import { publish, shop, type Shop } from './shop.js';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface Secrets {
  readonly AppKey: string;
  readonly AppSecret: string;
  readonly AppCode: string;
}

interface Applied extends Shop {
  readonly appId: number;
  readonly apiId: string;
  readonly secrets: Secrets;
}

/** The shop, with `/app` for applications, one of which may call it. */
async function applied(more: object = {}): Promise<Applied> {
  const world = await shop();
  const { cloud, groupId } = world;
  const request = { path: '/app', access: 'server', method: 'ANY' };
  const apiId = publish(cloud, groupId, { ...request, more: { AuthType: 'APP', ...more } });
  const { AppId: appId } = cloud.cloudapi('CreateApp', { AppName: 'caller' }) as unknown as { AppId: number };
  const authority = { GroupId: groupId, ApiId: apiId, StageName: 'RELEASE', AppIds: String(appId) };
  cloud.cloudapi('SetAppsAuthorities', authority);
  const secrets = cloud.cloudapi('DescribeAppSecurity', { AppId: appId }) as unknown as Secrets;
  return { ...world, appId, apiId, secrets };
}

type Headers = Readonly<Record<string, string>>;

/** Headers of a signed call, by the documentation of the signature, with no code of the simulator. */
function signed({ AppKey, AppSecret }: Secrets, lines: readonly string[], headers: Headers, hash = 'sha256'): Headers {
  const own: Record<string, string> = { 'X-Ca-Key': AppKey, ...headers };
  const names = Object.keys(own).filter((name) => name.startsWith('X-Ca-') && !name.startsWith('X-Ca-Signature'));
  const [method = '', url = ''] = lines;
  const text = [
    method,
    own['Accept'] ?? '',
    own['Content-MD5'] ?? '',
    own['Content-Type'] ?? '',
    own['Date'] ?? '',
    ...names.toSorted().map((name) => `${name}:${own[name] ?? ''}`),
    url,
  ].join('\n');
  const signature = createHmac(hash, AppSecret).update(text).digest('base64');
  return { ...own, 'X-Ca-Signature-Headers': names.join(','), 'X-Ca-Signature': signature };
}

const now = (offMs = 0): Headers => ({ 'X-Ca-Timestamp': String(Date.now() + offMs), 'X-Ca-Nonce': randomUUID() });
const MINUTES = 60_000;

describe('calls of applications', () => {
  it.each([
    ['a query, sorted, with the first value of a name', '/app?b=2&a=1&b=3&c=', '/app?a=1&b=2&c'],
    ['encoded values, which are decoded', '/app?q=a%20b%2B', '/app?q=a b+'],
    ['no parameters', '/app', '/app'],
  ])('are signed with %s', async (_, path, url) => {
    const { secrets, get } = await applied();
    expect(await get(path, signed(secrets, ['GET', url], now()))).toBe('delivered 200');
  });

  it('are signed with the fields of a form, and with the digest of another body', async () => {
    const { secrets, call, host } = await applied();
    const post = async (url: string, body: string, headers: Headers) =>
      (await call({ host, path: '/app?a=1', method: 'POST', body, headers: signed(secrets, ['POST', url], headers) }))
        .status;
    const form = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' };
    expect(await post('/app?a=1&b=2', 'b=2&a=9', form)).toBe(200);
    const digest = createHash('md5').update('{}').digest('base64');
    const json = { 'Content-Type': 'application/json', Accept: '*/*', 'Content-MD5': digest };
    expect(await post('/app?a=1', '{}', json)).toBe(200);
    expect(await post('/app?a=1', '{"more":1}', json)).toBe(400);
  });

  it.each([
    [
      'a secret of another application',
      { AppSecret: 'wrong' },
      'A403IS',
      /^Invalid Signature, Server StringToSign:`GET#####X-Ca-/,
    ],
    ['an unknown key', { AppKey: '1' }, 'A400IK', /^Invalid AppKey$/],
  ])('are refused with %s', async (_, changes, code, message) => {
    const { secrets, call, host } = await applied();
    const headers = signed({ ...secrets, ...changes }, ['GET', '/app'], now());
    const answer = await call({ host, path: '/app', headers });
    expect(answer).toMatchObject({ outcome: 'unauthorized', status: Number(code.slice(1, 4)), body: '' });
    expect(answer.headers['x-ca-error-code']).toBe(code);
    expect(answer.headers['x-ca-error-message']).toMatch(message);
    expect(JSON.stringify(answer)).not.toContain(secrets.AppSecret);
  });

  it.each([
    [-20, 'unauthorized 403 S403TE'],
    [20, 'unauthorized 403 S403TE'],
    [-14, 'delivered 200'],
    [14, 'delivered 200'],
  ])('of a clock that is %i minutes off: %s', async (minutes, outcome) => {
    const { secrets, get } = await applied();
    expect(await get('/app', signed(secrets, ['GET', '/app'], now(minutes * MINUTES)))).toBe(outcome);
  });

  it('do not repeat a nonce, and need one where the API says so', async () => {
    const { secrets, get, cloud, groupId, appId } = await applied();
    const headers = signed(secrets, ['GET', '/app'], now());
    expect([await get('/app', headers), await get('/app', headers)]).toEqual([
      'delivered 200',
      'unauthorized 403 S403NU',
    ]);
    const api = { path: '/strict', access: 'server', more: { AuthType: 'APP', ForceNonceCheck: true } };
    const ApiIds = publish(cloud, groupId, api);
    cloud.cloudapi('SetApisAuthorities', { AppId: appId, ApiIds, StageName: 'RELEASE' });
    expect(await get('/strict', signed(secrets, ['GET', '/strict'], {}))).toBe('unauthorized 400 I400NC');
    expect(await get('/strict', signed(secrets, ['GET', '/strict'], { 'X-Ca-Nonce': 'one' }))).toBe('delivered 200');
  });

  it('use the algorithms that the API takes', async () => {
    const { secrets, get } = await applied({ AllowSignatureMethod: 'HmacSHA256' });
    const sha1 = signed(secrets, ['GET', '/app'], { 'X-Ca-Signature-Method': 'HmacSHA1' }, 'sha1');
    expect(await get('/app', sha1)).toBe('unauthorized 400 I400HD');
    expect(await get('/app', { ...sha1, 'X-Ca-Signature-Method': 'constructor' })).toBe('unauthorized 400 I400HD');
    const both = await applied({ AllowSignatureMethod: 'HmacSHA1,HmacSHA256' });
    const again = signed(both.secrets, ['GET', '/app'], { 'X-Ca-Signature-Method': 'HmacSHA1' }, 'sha1');
    expect(await both.get('/app', again)).toBe('delivered 200');
    expect(await both.get('/app', { ...again, 'X-Ca-Timestamp': 'noon' })).toBe('unauthorized 400 I400HD');
  });

  it('need an authorization for the API and the stage, that has not ended', async () => {
    const { secrets, get, cloud, apiId, appId, sim } = await applied();
    const ask = () => get('/app', signed(secrets, ['GET', '/app'], now()));
    const authority = { ApiId: apiId, StageName: 'RELEASE', AppIds: String(appId) };
    cloud.cloudapi('RemoveAppsAuthorities', authority);
    cloud.cloudapi('SetAppsAuthorities', { ...authority, StageName: 'TEST' });
    expect(await ask()).toBe('unauthorized 403 I403AA');
    const AuthValidTime = new Date(sim.clock.now() + 10 * MINUTES).toUTCString();
    cloud.cloudapi('SetAppsAuthorities', { ...authority, AuthValidTime });
    expect(await ask()).toBe('delivered 200');
    await sim.advance(10 * MINUTES);
    expect(await ask()).toBe('unauthorized 403 A403EP');
    cloud.cloudapi('SetAppsAuthorities', authority);
    cloud.cloudapi('ModifyApp', { AppId: appId, Disabled: true });
    expect(await ask()).toBe('unauthorized 403 I403AA');
  });

  it('name the application by its code, in a header or, where the API says so, in the query', async () => {
    const { secrets, get, cloud, groupId, appId } = await applied();
    const header = { Authorization: `APPCODE ${secrets.AppCode}` };
    expect(await get('/app', header)).toBe('delivered 200');
    expect(await get('/app', { Authorization: 'APPCODE other' })).toBe('unauthorized 400 A400AC');
    expect(await get(`/app?AppCode=${secrets.AppCode}`)).toBe('unauthorized 400 A400MA');
    const api = (path: string, AppCodeAuthType: string) => {
      const ApiIds = publish(cloud, groupId, { path, access: 'server', more: { AuthType: 'APP', AppCodeAuthType } });
      cloud.cloudapi('SetApisAuthorities', { AppId: appId, ApiIds, StageName: 'RELEASE' });
    };
    api('/query', 'HEADER_QUERY');
    api('/signed', 'DISABLE');
    expect(await get(`/query?AppCode=${secrets.AppCode}`)).toBe('delivered 200');
    expect(await get('/signed', header)).toBe('unauthorized 400 A400MA');
    cloud.cloudapi('ResetAppCode', { AppCode: secrets.AppCode });
    expect(await get('/app', header)).toBe('unauthorized 400 A400AC');
  });

  it('tell the backend who calls', async () => {
    const place = (ServiceParameterName: string) => ({ ServiceParameterName, Location: 'Head' });
    const SystemParameters = JSON.stringify([
      { ParameterName: 'CaAppId', ...place('x-app') },
      { ParameterName: 'CaAppKey', ...place('x-key') },
    ]);
    const { secrets, appId, call, host } = await applied({ SystemParameters });
    const { body } = await call({ host, path: '/app', headers: signed(secrets, ['GET', '/app'], now()) });
    expect(JSON.parse(body)).toMatchObject({ headers: { 'x-app': String(appId), 'x-key': secrets.AppKey } });
  });

  it('are counted one by one in a load job: its nonce is used once', async () => {
    const { secrets, sim, host } = await applied();
    const given = Object.entries(signed(secrets, ['GET', '/app'], now()));
    const headers = Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value]));
    const job = sim.traffic.load({ gateway: host, paths: ['/app'], headers, perSecond: 1, seconds: 3 });
    await sim.advance(5_000);
    expect(job.status()).toMatchObject({ calls: 3, delivered: 1 });
  });
});

it('nonces: are used again after 15 minutes', () => {
  let time = 0;
  const nonces = new Nonces(() => time);
  expect([nonces.take('a'), nonces.take('a'), nonces.take('b')]).toEqual([true, false, true]);
  time = 15 * MINUTES;
  expect([nonces.take('a'), nonces.take('a')]).toEqual([true, false]);
  nonces.reset();
  expect(nonces.take('a')).toBe(true);
});

interface OfficialCaller {
  get: (url: string, options: object) => Promise<unknown>;
  post: (url: string, options: object) => Promise<unknown>;
}
const require = createRequire(import.meta.url);
const { Client, SimpleClient } = require('aliyun-api-gateway') as {
  readonly Client: new (key: string, secret: string, stage?: string) => OfficialCaller;
  readonly SimpleClient: new (code: string) => OfficialCaller;
};

it('the official caller, unmodified: is answered, and is refused with another secret and on another stage', async () => {
  const { secrets, sim, host } = await applied();
  const server = await sim.listen();
  open.push(server.close);
  const url = `${server.url}/app?to=b%20c&from=a`;
  const options = { headers: { host, accept: 'application/json' } };
  const caller = new Client(secrets.AppKey, secrets.AppSecret);
  expect(await caller.get(url, options)).toMatchObject({ path: '/app', query: 'to=b%20c&from=a' });
  expect(await caller.get(url, options)).toMatchObject({ method: 'GET' }); // another nonce
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(
    await caller.post(url, { data: { a: '1', empty: '' }, headers: { ...options.headers, ...form } }),
  ).toBeDefined();
  const json = { 'content-type': 'application/json' };
  expect(await caller.post(url, { data: { a: 1 }, headers: { ...options.headers, ...json } })).toBeDefined();
  // This one sends no headers of its own: the name of the gateway is in the path.
  const named = url.replace('/app', `/_postern/gateways/${host}/app`);
  expect(await new SimpleClient(secrets.AppCode).get(named, {})).toBeDefined();
  const refused = (key: string, secret: string, stage?: string) => new Client(key, secret, stage).get(url, options);
  await expect(refused(secrets.AppKey, 'wrong')).rejects.toThrow(
    /code\(403\).*Invalid Signature, Server StringToSign:/,
  );
  await expect(refused('1', secrets.AppSecret)).rejects.toThrow(/code\(400\).*Invalid AppKey/);
  await expect(refused(secrets.AppKey, secrets.AppSecret, 'TEST')).rejects.toThrow(/code\(404\)/);
});

it('in a world made from a snapshot: an application that no call has made is not decided', async () => {
  const { sim, cloud, groupId, get } = await shop();
  publish(cloud, groupId, { path: '/app', access: 'server', more: { AuthType: 'APP' } });
  edit(sim, (row) => row['authorizations'] !== undefined, { hasUnknownApps: true });
  expect(await get('/app', { Authorization: 'APPCODE 0123' })).toBe('unauthorized 501');
  expect(await get('/app')).toBe('unauthorized 400 A400MA');
});
