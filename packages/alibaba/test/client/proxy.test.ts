import * as util from '@alicloud/openapi-util';
import { createContext } from '@postern/core';
import { afterEach, describe, expect, it } from 'vitest';
import { callParams } from '../../src/client/plain.js';
import { defaultExport } from '../../src/client/credentials.js';
import { createApi } from '../../src/client/client.js';
import { simulate } from '@postern/simulator';
import { alibaba } from '../../src/index.js';
import { json, loneServer } from '../world/lone-server.js';
import { loopbackProxy, proxyEnvironment, type LoopbackProxy } from '../../../simulator/test/loopback-proxy.js';

const KEYS = { accessKeyId: 'LTAIEXAMPLE', accessKeySecret: 'example' };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A proxy before the simulated cloud, and the variables that name it. */
async function behind(variables: (proxy: LoopbackProxy) => Record<string, string>, refuse?: number) {
  const server = await simulate({ seed: 7, clock: 'auto' }).listen();
  const proxy = await loopbackProxy(server.url, refuse);
  closing.push(() => server.close(), proxy.close, proxyEnvironment(variables(proxy)));
  const identity = (endpoint: string) =>
    alibaba({ region: 'cn-hangzhou', ...KEYS, endpoint }).identity(createContext());
  return { server, proxy, identity };
}

describe('calls of Alibaba Cloud through a proxy of the environment', () => {
  it.each(['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'])('%s takes calls without TLS', async (name) => {
    const { proxy, identity } = await behind(({ url }) => ({ [name]: url }));
    expect((await identity('http://sts.example.test:8080'))?.account).toMatch(/^\d{16}$/);
    expect(proxy.asked).toEqual(['POST http://sts.example.test:8080/']);
  });

  it.each(['HTTPS_PROXY', 'https_proxy'])('%s takes calls with TLS, in a tunnel to their host', async (name) => {
    const { proxy, identity } = await behind(({ url }) => ({ [name]: url }));
    // The server behind it speaks no TLS.
    await expect(identity('https://sts.example.test')).rejects.toMatchObject({ code: 'ENDPOINT_UNREACHABLE' });
    expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT sts.example.test:443']));
  });

  it.each([
    ['NO_PROXY', 'sts.example.test'],
    ['no_proxy', '.example.test'],
  ])('%s leaves a host out', async (name, value) => {
    const { proxy, identity } = await behind(({ url }) => ({ HTTPS_PROXY: url, HTTP_PROXY: url, [name]: value }));
    const failed = await identity('http://sts.example.test:8080').catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'ENDPOINT_UNREACHABLE' });
    expect(String(failed)).not.toContain('proxy');
    expect(proxy.asked).toEqual([]);
  });

  it('leaves this machine out', async () => {
    const { server, proxy, identity } = await behind(({ url }) => ({ HTTP_PROXY: url }));
    expect(await identity(server.url)).toBeDefined();
    expect(proxy.asked).toEqual([]);
  });

  it('names a proxy that is not there, and the variable, without its login', async () => {
    const { identity } = await behind(() => ({ HTTPS_PROXY: 'http://user:secret@127.0.0.1:9' }));
    const failed = await identity('https://sts.example.test').catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 'ENDPOINT_UNREACHABLE',
      message: expect.stringContaining('the proxy http://127.0.0.1:9 of HTTPS_PROXY could not be used: ECONNREFUSED'),
      remedy: expect.stringContaining('HTTPS_PROXY'),
    });
    expect(JSON.stringify(failed) + String(failed)).not.toContain('secret');
  });

  it('names a proxy that refuses a tunnel', async () => {
    const { proxy, identity } = await behind(({ url }) => ({ HTTPS_PROXY: url }), 407);
    await expect(identity('https://sts.example.test')).rejects.toMatchObject({
      code: 'ENDPOINT_UNREACHABLE',
      message: expect.stringContaining(
        `the proxy ${proxy.url} of HTTPS_PROXY could not be used: it answered CONNECT with 407`,
      ),
    });
  });
});

describe('a call through a proxy', () => {
  const query = { Name: "a b*c!'()~/ü", 'Tag.1.Key': 'k' };

  it('is the one that the official client sends', async () => {
    const server = await loneServer((response) => json(response, { RequestId: 'R' }));
    const proxy = await loopbackProxy(server.url);
    closing.push(server.close, proxy.close);
    const call = async (endpoint: string): Promise<void> => {
      const api = createApi({ ...KEYS, endpoint });
      await api.call(callParams('CloudAPI', 'CreateApi', 'cn-hangzhou'), query, {});
      await api.call(callParams('CloudAPI', 'DescribeApi', 'cn-hangzhou'), query, {});
    };
    await call(server.url);
    const restore = proxyEnvironment({ HTTP_PROXY: proxy.url });
    await call('http://cloud.example.test');
    restore();
    const [form, plain, proxiedForm, proxied] = server.calls;
    const shown = (one: typeof form) => ({ query: [...(one?.query ?? [])], body: one?.body, names: namesOf(one) });
    expect(shown(proxied)).toEqual(shown(plain));
    expect(shown(proxiedForm)).toEqual(shown(form));
    // What was signed is what arrived, but for the host, which the proxy of the test replaces.
    for (const one of [proxiedForm, proxied]) {
      const headers = { ...(one?.headers as Record<string, string>), host: 'cloud.example.test' };
      const request = { method: 'POST', pathname: '/', query: Object.fromEntries(one?.query ?? []), headers };
      const hash = (headers as Record<string, string>)['x-acs-content-sha256'] ?? '';
      const { accessKeyId, accessKeySecret } = KEYS;
      const signed = defaultExport(util).getAuthorization(
        request as never,
        'ACS3-HMAC-SHA256',
        hash,
        accessKeyId,
        accessKeySecret,
      );
      expect(one?.headers['authorization']).toBe(signed);
    }
  });

  const namesOf = (one: { readonly headers: object } | undefined) =>
    Object.keys(one?.headers ?? {})
      .filter((name) => /^x-acs|^host|^content-type|^authorization/.test(name))
      .toSorted();
});
