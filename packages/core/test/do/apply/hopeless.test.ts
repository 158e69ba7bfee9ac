import { expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/ground/error-codes.js';
import { CloudError } from '../../../src/ground/errors.js';
import { describeOnEachEngine } from '../../engines.js';
import { smallCloud } from '../../fake-cloud.js';
import { doneOf, runSpec, smallSpec } from '../../fake-run.js';

describeOnEachEngine('a step that fails for every step', () => {
  it.each<[ErrorCode, { failed: number; skipped: number }]>([
    ['CREDENTIALS_EXPIRED', { failed: 1, skipped: 2 }],
    ['CREDENTIALS_REFUSED', { failed: 1, skipped: 2 }],
    ['QUOTA_EXCEEDED', { failed: 3, skipped: 0 }],
  ])('%s', async (code, expected) => {
    const cloud = smallCloud();
    const orders = smallSpec().integrations['orders']!;
    const routes = { 'GET /a': 'orders', 'GET /b': 'orders', 'GET /c': 'orders' };
    const spec = smallSpec({ integrations: { orders: { ...orders, routes } } });
    const driver = cloud.driver();
    cloud.driver = () => ({
      ...driver,
      routes: {
        ...driver.routes,
        create: () => Promise.reject(new CloudError(code, 'no', { operation: 'CreateRoute' })),
      },
    });
    expect(doneOf(await runSpec(cloud, spec))).toMatchObject(expected);
    cloud.driver = () => driver;
    expect(doneOf(await runSpec(cloud, spec))).toMatchObject({ failed: 0, skipped: 0 });
    expect(cloud.gateways.get('api-1')!.routes.size).toBe(3);
  });
});
