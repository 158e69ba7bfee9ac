import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { createContext, memoryJournal, type Journal, type Spec } from '@postern/core/internal/library';
import { Moves } from '@postern/core/internal/moves';
import { observeSpec, planDestroy } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { aws } from '../../src/index.js';
import { servedShop } from '../world/deployed-shop.js';

const HOUR = 3_600_000;
const REGION = 'eu-west-1';
type Shop = Awaited<ReturnType<typeof servedShop>>;

/** Calls of a path, four in a second: most of 20 s are in flight at any time. */
async function loaded(shop: Shop, path = '/orders') {
  const load = shop.simulation.traffic.load({ gateway: shop.host, paths: [path], perSecond: 4, seconds: 0 });
  await shop.simulation.advance(60_000);
  return {
    /** Ends the calls, and waits for the answers of those in flight. */
    end: async () => {
      load.end();
      await shop.simulation.advance(120_000);
      return load.status();
    },
    stop: () => load.end(),
    status: () => load.status(),
  };
}

/** A run that is aborted when its wait begins. */
async function stoppedInItsWait(shop: Shop, first: number, journal: Journal): Promise<void> {
  const stop = new AbortController();
  const context = createContext({ clock: shop.simulation.clock, random: () => 0.5, signal: stop.signal });
  const onEvent = (event: object): void => {
    if ('message' in event && String(event.message).endsWith('for calls in flight')) stop.abort();
  };
  await expect(shop.run(first, { journal, context, onEvent })).rejects.toMatchObject({ code: 'ABORTED' });
}

async function destroyed(shop: Shop, spec: Spec, journal?: Journal) {
  const { drivers, context } = shop;
  const plan = planDestroy(await observeSpec(spec, drivers, context, { all: true }), spec, { clouds: CLOUDS });
  return shop.carriedOut(plan, spec, journal === undefined ? {} : { journal });
}

const waits = (events: readonly object[]): readonly string[] =>
  events.flatMap((one) => ('message' in one && String(one.message).startsWith('waits ') ? [String(one.message)] : []));

describe('callers that another machine moved', () => {
  it('have their answers, where the journal of this machine is hours old', async () => {
    const shop = await servedShop(20_000);
    const [first, second] = [memoryJournal(), memoryJournal()];
    await shop.run(0, { journal: first });
    await shop.simulation.advance(HOUR);
    const load = await loaded(shop);
    await stoppedInItsWait(shop, 1, second);
    expect(shop.links()).toHaveLength(2);
    const told = waits(await shop.run(1, { journal: first }));
    expect(shop.links()).toHaveLength(1);
    expect(await load.end()).toMatchObject({ lost: 0 });
    expect(told).toEqual(['waits 35 s for calls in flight']);
  });

  it('are known to have left by the mark of their link, also to a machine without a journal', async () => {
    const shop = await servedShop(20_000);
    await shop.run(0);
    const load = await loaded(shop);
    await stoppedInItsWait(shop, 1, memoryJournal());
    await shop.simulation.advance(600_000);
    expect(waits(await shop.run(1))).toEqual([]);
    expect(await load.end()).toMatchObject({ lost: 0 });
  });

  it('are waited for where the mark cannot be written: the run goes on', async () => {
    const shop = await servedShop(20_000);
    await shop.run(0);
    shop.simulation.faults.add({ operation: 'TagResource', kind: 'deny', times: 1 });
    await stoppedInItsWait(shop, 1, memoryJournal());
    await shop.simulation.advance(600_000);
    expect(waits(await shop.run(1))).toEqual(['waits 35 s for calls in flight']);
    expect(shop.links()).toHaveLength(1);
  });
});

describe('callers of a link of another project', () => {
  const other = (shop: Shop, link: string): Spec =>
    parseSpec(`version: 1
project: other
spec: other-1
links:
  eu: { provider: aws, region: ${REGION}, ${link} }
integrations:
  bills:
    link: eu
    gateway: { httpApi: ${shop.host.split('.')[0]} }
    targets: { t: { listener: { loadBalancer: orders, port: 80 } } }
    routes: { 'ANY /bills': t }
`);

  it('have their answers, where its project is removed right after they left', async () => {
    const shop = await servedShop(20_000);
    await shop.run(0);
    const [id = ''] = shop.links();
    const { SubnetIds, SecurityGroupIds } = shop.call('apigatewayv2', 'GetVpcLink', { VpcLinkId: id });
    await shop.applied(other(shop, `id: ${id}, owner: external`));
    await shop.simulation.advance(HOUR);
    const load = await loaded(shop, '/bills');
    await shop.applied(other(shop, `subnets: [${SubnetIds}], securityGroups: [${SecurityGroupIds}]`));
    await destroyed(shop, shop.specOf(0));
    expect(shop.links()).not.toContain(id);
    expect(await load.end()).toMatchObject({ lost: 0 });
  });

  it('are not waited for where no gateway is left that could have called', async () => {
    const shop = await servedShop(0);
    await shop.run(0);
    shop.call('apigatewayv2', 'DeleteApi', { ApiId: shop.host.split('.')[0] });
    expect(waits(await destroyed(shop, shop.specOf(0)))).toEqual([]);
    expect(shop.links()).toEqual([]);
  });
});

describe('callers that a move took to another link', () => {
  /** A shop whose route was moved to a link of others, with calls all the time. */
  async function moved() {
    const shop = await servedShop(20_000);
    const { simulation, context, call } = shop;
    const journal = memoryJournal();
    await shop.run(0, { journal });
    const [from = ''] = shop.links();
    const { SubnetIds, SecurityGroupIds } = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from });
    const to: string = call('apigatewayv2', 'CreateVpcLink', { Name: 'new', SubnetIds, SecurityGroupIds }).VpcLinkId;
    await simulation.advance(HOUR);
    const load = await loaded(shop);
    const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
    const moves = new Moves({ driver, context, journal: memoryJournal() });
    const plan = await moves.plan({ api: shop.host.split('.')[0] ?? '', from, to });
    const run = moves.run(plan, { probe: false });
    for (let next = await run.next(); ; next = await run.next()) {
      if (next.done !== true) continue;
      expect(next.value).toMatchObject({ state: 'draining', failures: [] });
      break;
    }
    return { shop, from, to, load, journal };
  }

  it('have their answers, where the project is removed right after it', async () => {
    const { shop, from, load, journal } = await moved();
    load.stop();
    await destroyed(shop, shop.specOf(0), journal);
    expect(shop.links()).not.toContain(from);
    expect(await load.end()).toMatchObject({ lost: 0 });
  });

  it('have their answers, where the spec names the new link right after it', async () => {
    const { shop, from, to, load, journal } = await moved();
    await shop.applied(shop.specOf(0, undefined, `id: ${to}`), { journal });
    expect(shop.links()).toEqual([to]);
    expect(shop.links()).not.toContain(from);
    expect(await load.end()).toMatchObject({ lost: 0 });
  });

  it('are known to have left by the mark that the move wrote', async () => {
    const { shop, to, load } = await moved();
    await shop.simulation.advance(600_000);
    expect(waits(await shop.applied(shop.specOf(0, undefined, `id: ${to}`)))).toEqual([]);
    expect(await load.end()).toMatchObject({ lost: 0 });
  });
});
