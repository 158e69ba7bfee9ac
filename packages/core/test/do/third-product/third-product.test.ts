import { parseSpec, specFromSnapshot } from '../../clouds.js';
import { expect, it } from 'vitest';
import { check } from '../../../src/check/checks/run.js';
import { createContext, driversOf } from '../../../src/do/context.js';
import { observeSpec } from '../../../src/do/observe/observe-spec.js';
import { doneOf, planOf, runSpec, stepIds } from '../../fake-run.js';
import { drive } from '../../drive.js';
import { THIRD, ThirdCloud } from './driver.js';

const SPEC = `
version: 1
project: shop
spec: shop-1a2b3c4d
links:
  main: { provider: third, region: xx-north-1, account: acc-1234, subnets: [subnet-a, subnet-b], securityGroups: [sg-1] }
integrations:
  orders:
    link: main
    gateway: { thirdRouter: router1 }
    targets: { orders: { address: 10.0.11.20, port: 8080 } }
    routes: { ANY /orders: orders }
`;

it('a third product is read, planned, applied, checked and imported from a value and a driver, with no other cloud in the set', async () => {
  const cloud = new ThirdCloud();
  const spec = parseSpec(SPEC, { clouds: THIRD });
  const seen = () =>
    drive(
      cloud.clock,
      observeSpec(spec, driversOf(cloud.driver()), createContext({ clock: cloud.clock }), { all: true }),
    );
  const failures = async () =>
    check(await seen(), spec, { clouds: THIRD })
      .findings.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'error')
      .map((one) => `${one.check}: ${one.message}`);

  expect(await failures()).toEqual([]);
  expect(stepIds(await planOf(cloud, spec))).toEqual(['create link main', 'create route ANY /orders on router1']);
  expect(doneOf(await runSpec(cloud, spec))).toMatchObject({ failed: 0, integrations: { orders: 'done' } });
  expect([...cloud.routes.values()]).toMatchObject([
    { key: 'ANY /orders', linkId: 'tl-1', targetId: '10.0.11.20:8080' },
  ]);
  expect(stepIds(await planOf(cloud, spec))).toEqual([]);
  expect(await failures()).toEqual([]);
  const imported = specFromSnapshot(await seen(), { project: 'shop', spec: 'shop-1a2b3c4d', clouds: THIRD });
  expect(imported).toContain('thirdRouter: router1');
  expect(stepIds(await planOf(cloud, parseSpec(imported, { clouds: THIRD })))).toEqual([]);
  expect(doneOf(await runSpec(cloud, spec, { destroy: true }))).toMatchObject({ failed: 0 });
  expect([cloud.links.size, cloud.routes.size]).toEqual([0, 0]);
});
