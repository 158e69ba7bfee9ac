import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { publish, shop as groupShop } from './alibaba/shop.js';
import { openShop } from './aws/http-api/shop.js';

const NAME = 'api.example.com';
/** Calls before memory is measured, and after: caches are full by then. */
const [WARM, MEASURED] = process.env['POSTERN_PROVE'] === undefined ? [2_000, 4_000] : [100_000, 1_000_000];

const WORLDS = {
  'an HTTP API by a domain name': async () => {
    const { sim, call, gateway, ApiId } = await openShop();
    const { CertificateArn } = call('acm', 'RequestCertificate', { DomainName: NAME, ValidationMethod: 'DNS' });
    await sim.advance(600_000);
    gateway('CreateDomainName', { DomainName: NAME, DomainNameConfigurations: [{ CertificateArn }] });
    gateway('CreateApiMapping', { DomainName: NAME, ApiId, Stage: '$default', ApiMappingKey: 'shop/v1' });
    const headers = {};
    return { sim, path: (at: number) => `/shop/v1/orders/${at}`, headers };
  },
  'an API group by a domain, with the code of an application': async () => {
    const { sim, cloud, groupId: GroupId } = await groupShop();
    const more = { AuthType: 'APP' };
    const ApiIds = publish(cloud, GroupId, { path: '/app/*', access: 'server', more });
    cloud.cloudapi('SetDomain', { GroupId, DomainName: NAME });
    const { AppId } = cloud.cloudapi('CreateApp', { AppName: 'caller' }) as unknown as { AppId: number };
    cloud.cloudapi('SetApisAuthorities', { AppId, ApiIds, StageName: 'RELEASE' });
    const { AppCode } = cloud.cloudapi('DescribeAppSecurity', { AppId }) as unknown as { AppCode: string };
    return { sim, path: (at: number) => `/app/${at}`, headers: { authorization: `APPCODE ${AppCode}` } };
  },
};

describe('the memory of a simulation', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = (): number => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return (heapUsed + arrayBuffers) / 2 ** 20;
  };

  it.each(Object.entries(WORLDS))(
    `does not grow by 16 MiB over ${MEASURED} different calls of %s`,
    async (_, build) => {
      const { sim, path, headers } = await build();
      let made = 0;
      const call = async (count: number): Promise<void> => {
        for (const end = made + count; made < end; made += 1) {
          const { outcome } = await sim.traffic.call({ host: NAME, path: path(made), headers });
          if (outcome !== 'delivered') throw new Error(outcome);
        }
      };
      await call(WARM);
      const before = held();
      const began = performance.now();
      await call(MEASURED);
      const grown = held() - before;
      if (process.env['POSTERN_SHOWS'] !== undefined) {
        const seconds = (performance.now() - began) / 1_000;
        console.log(
          `${MEASURED} calls in ${seconds.toFixed(0)} s: ${before.toFixed(1)} MiB, then ${grown.toFixed(1)} more`,
        );
      }
      expect(grown).toBeLessThan(16);
    },
    1_800_000,
  );
});
