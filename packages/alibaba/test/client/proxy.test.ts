import * as util from '@alicloud/openapi-util';
import { createContext } from '@postern/core/internal/library';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callParams } from '../../src/client/plain.js';
import { defaultExport } from '../../src/client/credentials.js';
import { createApi } from '../../src/client/client.js';
import { alibaba } from '../../src/index.js';
import { json, loneServer } from '../world/lone-server.js';
import { loopbackProxy, proxyEnvironment } from '../../../simulator/test/loopback-proxy.js';
import { describeProxiedCalls } from '../../../testing/test/adapters/proxied-calls.js';

const KEYS = { accessKeyId: 'LTAIEXAMPLE', accessKeySecret: 'example' };

describeProxiedCalls('Alibaba Cloud', /^\d{16}$/, (endpoint) =>
  alibaba({ region: 'cn-hangzhou', ...KEYS, endpoint }).identity(createContext()),
);

describe('a call through a proxy', () => {
  const query = { Name: "a b*c!'()~/ü", 'Tag.1.Key': 'k' };

  it('is the one that the official client sends', async () => {
    const server = await loneServer((response) => json(response, { RequestId: 'R' }));
    const proxy = await loopbackProxy(server.url);
    onTestFinished(proxy.close);
    onTestFinished(server.close);
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
