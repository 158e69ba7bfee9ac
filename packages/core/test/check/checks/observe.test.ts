import { expect, it } from 'vitest';
import { createContext, driversOf } from '../../../src/do/context.js';
import type { Driver, Scope } from '../../../src/do/driver.js';
import { observeSpec } from '../../../src/do/observe/observe-spec.js';
import { PrivateIntegrations } from '../../../src/do/private-integrations.js';
import type { Spec } from '../../../src/do/spec.js';
import { FakeCloud } from '../../fake-cloud.js';
import { judge } from '../../../src/check/judge/judge-plan.js';

/** A cloud that records its requests. */
function listening(): { readonly driver: Driver; readonly scopes: Scope[] } {
  const cloud = new FakeCloud();
  cloud.gateway('api-1');
  const scopes: Scope[] = [];
  const driver = cloud.driver();
  return {
    scopes,
    driver: {
      ...driver,
      observe: (scope, ctx) => {
        scopes.push(scope);
        return driver.observe(scope, ctx);
      },
    },
  };
}

function specOf({ provider, region }: Driver): Spec {
  return {
    version: 1,
    project: 'shop',
    spec: 'shop',
    links: { eu: { provider, region, subnets: ['subnet-gone'], tags: {} } },
    integrations: { orders: { link: 'eu', gateway: { httpApi: 'api-1' }, targets: {}, routes: {} } },
  };
}

it('reads what checks need only where it is requested', async () => {
  const { driver, scopes } = listening();
  const spec = specOf(driver);
  const ctx = createContext();
  await observeSpec(spec, driversOf(driver), ctx);
  await observeSpec(spec, driversOf(driver), ctx, { checks: true });
  const gate = new PrivateIntegrations(driver, { judge, project: 'shop' });
  await gate.observe();
  await gate.observe({ checks: true });
  expect(scopes.map(({ checks, all }) => [checks, all])).toEqual([
    [undefined, undefined],
    [true, undefined],
    [undefined, true],
    [true, true],
  ]);
});

it('observes and checks in one call', async () => {
  const { driver, scopes } = listening();
  const report = await new PrivateIntegrations(driver, { judge, project: 'shop' }).check(specOf(driver), {
    passes: false,
  });
  expect(scopes).toMatchObject([{ checks: true }]);
  expect(report.findings).toContainEqual(
    expect.objectContaining({
      check: 'link/exists',
      subject: 'link eu',
      message: expect.stringContaining('subnet-gone') as string,
    }),
  );
  expect(report.findings.every(({ verdict }) => verdict !== 'pass')).toBe(true);
});
