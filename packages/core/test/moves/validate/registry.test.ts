import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { registryUses } from '../../../src/do/world/uses/registry-servers.js';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import type { GatewayUse } from '../../../src/do/model/gateway.js';
import type { Draft, World } from '../../check/checks/world.js';
import { ASSUME, migrationWorld, MOVE } from './world.js';
import { edit } from '../../check/checks/edits.js';

const BACKEND = { kind: 'backend', id: 'b-1', name: 'people', routeIds: ['api-1'], stage: 'RELEASE' } as const;
const behind = (registry: string): Draft<GatewayUse> => ({ ...BACKEND, routeIds: ['api-1'], registry });

describe('the servers of a registry', () => {
  it.each<[string, readonly (readonly [host: string, port: number])[]]>([
    ['10.0.0.5:8848', [['10.0.0.5', 8848]]],
    ['10.0.0.5', [['10.0.0.5', 8848]]],
    ['http://10.0.0.5:8848/nacos', [['10.0.0.5', 8848]]],
    [
      '10.0.0.5:2181, zk.Internal:2182/chroot',
      [
        ['10.0.0.5', 2181],
        ['zk.internal', 2182],
      ],
    ],
    ['[fd00::5]:8848', [['fd00::5', 8848]]],
    ['fd00::5', [['fd00::5', 8848]]],
    ['#HOST#:8848', [['#HOST#', 8848]]],
  ])('%s', (registry, expected) => {
    expect(registryUses([behind(registry)], undefined).map(({ host, port }) => [host, port])).toEqual(expected);
  });

  it.each(['', 'a b', '10.0.0.5:8848,', 'fd00::5:x'])('%j names no known backend', (registry) => {
    expect(registryUses([behind(registry)], undefined)).toMatchObject([
      { unreadable: expect.stringContaining('registry') as string },
    ]);
  });

  it('include the servers that it returns, by its whole text; other uses do not change', () => {
    const other = { ...BACKEND, host: '10.0.0.9', port: 80 };
    const uses = registryUses([behind('10.0.0.5:8848'), other], {
      '10.0.0.5:8848': ['10.0.1.7:8080'],
      x: ['10.0.1.8:80'],
    });
    expect(uses.map(({ host, port, registry }) => [host, port, registry])).toEqual([
      ['10.0.0.5', 8848, '10.0.0.5:8848'],
      ['10.0.1.7', 8080, '10.0.0.5:8848'],
      ['10.0.0.9', 80, undefined],
    ]);
  });
});

const judge = (change: (world: World) => void, registries?: Readonly<Record<string, readonly string[]>>) =>
  validateMigration(migrationWorld(change).snapshot, MOVE, { clouds: CLOUDS, assume: { ...ASSUME, registries } });
const stops = (...given: Parameters<typeof judge>) =>
  judge(...given)
    .findings.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'error')
    .map(({ verdict, check, subject }) => `${verdict} ${check} ${subject}`);

/** A use of a registry at this address. */
const at = (registry: string) => edit({ 'gateways.group-1.uses.+': behind(registry) });

describe('migrate/registry', () => {
  it('the servers that a registry returns cannot be determined, and the remedy names what to supply', () => {
    const [finding, ...others] = judge(at('10.99.0.8:8848')).findings.filter(
      ({ check }) => check === 'migrate/registry',
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      verdict: 'unknown',
      severity: 'error',
      subject: 'registry 10.99.0.8:8848',
      message:
        'named backend people (RELEASE) calls the servers that 10.99.0.8:8848 returns, and no API call reports them',
    });
    expect(finding?.remedy).toMatch(
      /^Write the servers under assume\.registries of a spec \("10\.99\.0\.8:8848": \[ADDRESS:PORT, …\]\) .* apigateway-hz-2 and allow inbound calls from \d.*\.$/,
    );
  });

  it('the registry must be inside the accessible blocks', () => {
    expect(stops(at('10.99.0.8:8848'))).toContain('fail migrate/accessible-blocks backend 10.99.0.8:8848');
  });

  it('supplied servers must be inside the accessible blocks, and the report names the assumption', () => {
    const report = judge(at('10.99.0.8:8848'), { '10.99.0.8:8848': ['10.99.0.9:8080'] });
    const said = report.findings.map(({ verdict, check, subject }) => `${verdict} ${check} ${subject}`);
    expect(said).toContain('fail migrate/accessible-blocks backend 10.99.0.9:8080');
    expect(said).toContain('pass migrate/registry registry 10.99.0.8:8848');
    expect(report.assumptions).toContainEqual({
      path: 'assume.registries["10.99.0.8:8848"]',
      text: '10.99.0.8:8848 returns 10.99.0.9:8080',
    });
  });

  it('a registry with a private domain that the target does not have is an error', () => {
    const change = (world: World): void => {
      at('nacos.internal:8848')(world);
      world.region.privateDomains = [
        { name: 'nacos.internal', addresses: ['10.99.0.8'], linkIds: ['apigateway-hz-1'] },
      ];
    };
    expect(stops(change)).toEqual(
      expect.arrayContaining([
        'fail migrate/private-domain private domain nacos.internal',
        'unknown migrate/registry registry nacos.internal:8848',
      ]),
    );
  });

  it('the servers of a registry on the public internet cannot be determined', () => {
    expect(stops(at('nacos.example.com:8848'))).toEqual(['unknown migrate/registry registry nacos.example.com:8848']);
  });

  it('a registry of several servers, named on two stages, is reported once', () => {
    const change = (world: World): void => {
      at('10.99.0.8:8848,10.99.0.9:8848')(world);
      world.the('gateways', 'group-1').uses?.push({ ...behind('10.99.0.8:8848,10.99.0.9:8848'), stage: 'PRE' });
    };
    const found = judge(change).findings.filter(({ check }) => check === 'migrate/registry');
    expect(found).toHaveLength(1);
    expect(found[0]?.evidence.map(({ text }) => text).slice(0, 2)).toEqual([
      'named backend people (PRE)',
      'named backend people (RELEASE)',
    ]);
  });

  it('a registry whose address cannot be parsed is not known', () => {
    expect(stops(at('a b'))).toEqual(['unknown migrate/known named backend people (RELEASE)']);
  });

  it('a conventional instance does not support a registry, which is reported once', () => {
    const found = stops((world) => {
      at('10.99.0.8:8848')(world);
      const next = world.the('links', 'apigateway-hz-2');
      next.kind = 'dedicated-instance';
    });
    expect(found.filter((text) => /registry|plain/.test(text))).toEqual([
      'fail migrate/plain-address backend 10.99.0.8:8848',
    ]);
  });
});
