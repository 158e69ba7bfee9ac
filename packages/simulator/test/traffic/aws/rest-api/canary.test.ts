import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../../../core/test/runs.js';
import { openShop, restShop } from './rest-shop.js';

describe('deployments and stages', () => {
  it('truth 6: a change of an integration needs a deployment', async () => {
    const shop = await restShop();
    const at = shop.method('GET /pets');
    shop.deploy();
    const patchOperations = [{ op: 'replace', path: '/uri', value: 'http://orders.internal/new' }];
    shop.rest('UpdateIntegration', { ...at, patchOperations });
    expect(await shop.echo('/prod/pets')).toMatchObject({ path: '/pets' });
    const id = shop.deploy('');
    expect(await shop.echo('/prod/pets')).toMatchObject({ path: '/pets' });
    shop.stage('/deploymentId', id);
    expect(await shop.echo('/prod/pets')).toMatchObject({ path: '/new' });
  });

  it('truth 6: a change reaches the data path after its delay', async () => {
    const shop = await restShop({ dataPathDelay: 10_000 });
    shop.method('GET /pets', { uri: 'http://orders.internal/${stageVariables.color}' });
    shop.deploy('prod', { variables: { color: 'blue' } });
    await shop.sim.advance(10_000);
    shop.stage('/variables/color', 'green');
    await shop.sim.advance(9_999);
    expect(await shop.echo('/prod/pets')).toMatchObject({ path: '/blue' });
    await shop.sim.advance(1);
    expect(await shop.echo('/prod/pets')).toMatchObject({ path: '/green' });
  });

  it('a stage variable names the link', async () => {
    const shop = await restShop();
    shop.method('GET /pets', { connectionId: '${stageVariables.link}', integrationTarget: shop.alb });
    shop.deploy('prod', { variables: { link: shop.v2 } });
    expect((await shop.get('/prod/pets')).trace.link).toBe(shop.v2);
    shop.stage('/variables/link', shop.v1);
    expect((await shop.get('/prod/pets')).trace.link).toBe(shop.v1);
  });
});

describe('truth 8: a canary', () => {
  const uri = 'http://orders.internal/${stageVariables.color}/${stageVariables.size}';

  async function canary(percentTraffic: number) {
    const shop = await restShop();
    const at = shop.method('GET /pets', { uri });
    shop.deploy('prod', { variables: { color: 'blue', size: 'small' } });
    const patchOperations = [{ op: 'replace', path: '/uri', value: `${uri}/new` }];
    shop.rest('UpdateIntegration', { ...at, patchOperations });
    shop.deploy('prod', { canarySettings: { percentTraffic, stageVariableOverrides: { color: 'green' } } });
    return shop;
  }

  it('at 100 % serves all calls with its deployment, and its variables over the stage’s', async () => {
    const shop = await canary(100);
    for (let call = 0; call < 20; call += 1) {
      expect(await shop.echo('/prod/pets')).toMatchObject({ path: '/green/small/new' });
    }
  });

  it('is counted apart from its stage, by the name of its logs', async () => {
    const shop = await canary(50);
    for (let call = 0; call < 100; call += 1) await shop.get('/prod/pets');
    const { calls, by } = shop.sim.traffic.counters();
    expect(calls).toBe(100);
    expect([...new Set(by.map(({ stage }) => stage))].toSorted()).toEqual(['prod', 'prod/Canary']);
  });

  it('serves the calls that ask for it by a header, and no other that has one', async () => {
    const shop = await canary(50);
    const at = (wanted: string) => shop.get('/prod/pets', { headers: { 'x-postern-canary': wanted } });
    for (let call = 0; call < 9; call += 1) {
      expect((await at('yes')).trace.stage).toBe('prod/Canary');
      expect((await at('no')).trace.stage).toBe('prod');
    }
  });

  it('at 0 % serves none', async () => {
    const shop = await canary(0);
    for (let call = 0; call < 20; call += 1) {
      expect(await shop.echo('/prod/pets')).toMatchObject({ path: '/blue/small' });
    }
  });

  it.runIf(PROVE)('at 10 % serves a tenth of 10,000 calls, the same ones for the same seed', async () => {
    const split = async (count: number) => {
      const shop = await canary(10);
      const calls: boolean[] = [];
      for (let call = 0; call < count; call += 1) {
        calls.push((await shop.get('/prod/pets')).body.includes('/green/'));
      }
      return calls;
    };
    const calls = await split(10_000);
    const share = calls.filter(Boolean).length;
    // Six standard deviations, of 30 calls each.
    expect(share).toBeGreaterThan(820);
    expect(share).toBeLessThan(1180);
    expect(await split(200)).toEqual(calls.slice(0, 200));
  });
});

it('each of many calls is counted by its way', async () => {
  const shop = await openShop();
  for (let call = 0; call < 50; call += 1) await shop.get(`/prod/${call}`);
  await shop.get('/nothing');
  const { calls, delivered, lost, by } = shop.sim.traffic.counters();
  expect([calls, delivered, lost]).toEqual([51, 50, 0]);
  const routes = new Set(by.map(({ route, stage, outcome }) => `${outcome} ${stage} ${route}`));
  expect([...routes].sort()).toEqual(['delivered prod ANY /{proxy+}', 'no-stage nothing ']);
});
