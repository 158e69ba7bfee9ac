import { simulate } from '@postern/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { loopbackProxy, proxyEnvironment, type LoopbackProxy } from '../../../simulator/test/loopback-proxy.js';

/** How the calls of a cloud's driver go through a proxy that the environment names. `identityAt` asks who calls, at an endpoint. */
export function describeProxiedCalls(
  cloud: string,
  account: RegExp,
  identityAt: (endpoint: string) => Promise<{ readonly account: string } | undefined>,
): void {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  /** A proxy before the simulated cloud, and the variables that name it. */
  async function behind(variables: (proxy: LoopbackProxy) => Record<string, string>, refuse?: number) {
    const server = await simulate({ seed: 7, clock: 'auto' }).listen();
    const proxy = await loopbackProxy(server.url, refuse);
    closing.push(() => server.close(), proxy.close, proxyEnvironment(variables(proxy)));
    return { server, proxy, identity: identityAt };
  }

  describe(`calls of ${cloud} through a proxy of the environment`, () => {
    it.each(['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'])('%s takes calls without TLS', async (name) => {
      const { proxy, identity } = await behind(({ url }) => ({ [name]: url }));
      expect((await identity('http://sts.example.test:8080'))?.account).toMatch(account);
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
}
