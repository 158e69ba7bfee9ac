import { expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { fleetWorld } from '../fleet-world.js';

type Listed = { readonly Items: readonly Readonly<Record<string, string>>[] };

it.runIf(PROVE)('moves the routes of an HTTP API, whose new link is tested by temporary routes first', async () => {
  const world = await fleetWorld({ accounts: 1, links: 2, workers: 2, speed: 60, replaysAlways: true, calls: true });
  try {
    const { client } = world;
    const [account] = world.accounts;
    if (account === undefined) throw new Error('no account');
    const { id, server, spec } = account;
    const call = (operation: string, input: object = {}): Listed =>
      server.simulation.call(
        { service: 'apigatewayv2', operation, region: 'eu-west-1' } as never,
        input as never,
      ) as never;
    await client.start(world.request('first'));
    expect(await world.ended('first')).toMatchObject({ state: 'done' });
    const [from = '', to = ''] = call('GetVpcLinks').Items.map(({ VpcLinkId }) => VpcLinkId ?? '');
    const api =
      Object.values(spec.integrations).map(({ gateway }) => (gateway as { readonly httpApi: string }).httpApi)[0] ?? '';
    const linksOf = (): readonly (string | undefined)[] => {
      const integrations = call('GetIntegrations', { ApiId: api }).Items;
      return call('GetRoutes', { ApiId: api }).Items.map(
        ({ Target = '' }) => integrations.find((one) => Target.endsWith(one['IntegrationId'] ?? '-'))?.['ConnectionId'],
      );
    };
    expect(linksOf().toSorted()).toEqual([from, to].toSorted());
    const host = `${api}.execute-api.eu-west-1.amazonaws.com`;
    const jobs = ['orders0', 'orders1'].map((name) =>
      server.simulation.traffic.load({ gateway: host, paths: [`/${name}/1`], perSecond: 0.2, seconds: 0 }),
    );
    const moves = [{ request: { api, from, to } }];
    const place = { provider: 'aws', account: id, region: 'eu-west-1' };
    await client.start(
      world.request('move', { goal: 'migrate', specs: [{ name: id, spec, moves: { ...place, moves } }] }),
    );
    const ended = await world.ended('move');
    const [unit] = await client.units('move');
    expect(unit?.error).toBeUndefined();
    expect(ended).toMatchObject({ state: 'done', counts: { units: { done: 1 } } });
    expect(linksOf()).toEqual([to, to]);
    expect(call('GetRoutes', { ApiId: api }).Items).toHaveLength(2); // those of tests are gone
    expect(jobs.map((job) => job.status().lost)).toEqual([0, 0]);
    expect(jobs.every((job) => job.status().delivered > 10)).toBe(true);
  } finally {
    await world.close();
  }
});
