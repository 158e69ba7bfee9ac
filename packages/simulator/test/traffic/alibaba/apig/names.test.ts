import { describe, expect, it } from 'vitest';
import { REGION } from '../../../alibaba/apig/apig-account.js';
import { publish } from '../shop.js';
import { apigShop, HOST } from './apig-shop.js';

const GROUP_OF_10 = 10;

/** The shop, and a group of the former product with the same domain and a mock behind it; the domain leads to the group. */
async function both(ttl = 60) {
  const shop = await apigShop();
  const { sim, dns } = shop;
  const cloudapi = (action: string, input: object = {}): any =>
    sim.callAlibaba({ product: 'CloudAPI', action, region: REGION }, { ...input });
  const { GroupId } = cloudapi('CreateApiGroup', { GroupName: 'former' });
  publish({ cloudapi }, GroupId, {
    path: '/orders',
    service: { Mock: 'TRUE', MockResult: 'old', MockStatusCode: 200 },
  });
  cloudapi('SetDomain', { GroupId, DomainName: HOST });
  const oldName = `${GroupId}-${REGION}.alicloudapi.com`;
  await dns('AddDomain', { DomainName: 'example.com' });
  const add = async (Value: string, Type = 'CNAME') =>
    (await dns('AddDomainRecord', { DomainName: 'example.com', RR: 'api', Type, Value, TTL: ttl }))[
      'RecordId'
    ] as string;
  const oldRecord = await add(oldName);
  const newName = `${shop.environmentId}-${REGION}.alicloudapi.com`;
  /** Where calls go: `old`, `new`, or why they go nowhere. */
  const called = async (headers: Record<string, string> = {}): Promise<string> => {
    const { body, outcome, because = '' } = await sim.traffic.call({ host: HOST, path: '/orders', headers });
    if (outcome !== 'delivered') return because;
    return body === 'old' ? 'old' : 'new';
  };
  const shareOfNew = async (count: number, headers: Record<string, string> = {}): Promise<number> => {
    let found = 0;
    for (let at = 0; at < count; at += 1) if ((await called(headers)) === 'new') found += 1;
    return found / count;
  };
  const change = (RecordId: string, Value: string) =>
    dns('UpdateDomainRecord', { RecordId, RR: 'api', Type: 'CNAME', Value, TTL: ttl });
  return { ...shop, oldName, newName, oldRecord, add, called, shareOfNew, change };
}

describe('a domain that a group and a gateway have', () => {
  it('leads where its record does; a call at a pinned address does not ask DNS', async () => {
    const { called, change, oldRecord, newName, gatewayId, gateway } = await both();
    expect(await called()).toBe('old');
    expect(await called({ 'x-postern-address-of': gatewayId })).toBe('new');
    expect(await called({ 'x-postern-address-of': gateway.loadBalancers[0].ipv4Addresses[0] })).toBe('new');
    await change(oldRecord, newName);
    expect(await called()).toBe('new');
    expect(await called({ 'x-postern-address-of': 'api-shared-vpc-001' })).toBe('old');
    await change(oldRecord, 'elsewhere.example.net');
    expect(await called()).toMatch(/resolves to elsewhere.example.net/);
  });

  it('leads to the group by an A record, where the group has the domain by its address', async () => {
    const { dns, called, change, oldRecord, newName, sim } = await both();
    await dns('UpdateDomainRecord', { RecordId: oldRecord, RR: 'api', Type: 'A', Value: '47.97.1.2' });
    expect(await called()).toMatch(/resolves to 47.97.1.2/);
    const world = JSON.stringify(sim.world());
    sim.load(
      JSON.parse(
        world.replace(
          `"name":"${HOST}","kind":"custom","cname":true`,
          `"name":"${HOST}","kind":"custom","cname":false`,
        ),
      ),
    );
    expect(await called()).toBe('old');
    await change(oldRecord, newName);
    expect(await called()).toBe('new');
  });

  it('is shared by the weights of its records', async () => {
    const { dns, add, newName, oldRecord, shareOfNew } = await both();
    const newRecord = await add(newName);
    const weigh = (RecordId: string, Weight: number) => dns('UpdateDNSSLBWeight', { RecordId, Weight });
    await dns('SetDNSSLBStatus', { SubDomain: HOST, Type: 'CNAME', Open: true });
    await weigh(oldRecord, 90);
    await weigh(newRecord, GROUP_OF_10);
    const tenth = await shareOfNew(300);
    expect(tenth).toBeGreaterThan(0.04);
    expect(tenth).toBeLessThan(0.18);
    await dns('SetDomainRecordStatus', { RecordId: oldRecord, Status: 'Disable' });
    expect(await shareOfNew(20)).toBe(1);
  });

  it('stays with a resolver for the TTL, and for ever with one that ignores it', async () => {
    const { sim, called, change, oldRecord, newName } = await both();
    const office = { 'x-postern-resolver': 'office' };
    const phone = { 'x-postern-resolver': 'phone; ignores-ttl' };
    expect([await called(office), await called(phone)]).toEqual(['old', 'old']);
    const app = { 'x-postern-resolver': 'app; keeps=300' };
    expect(await called(app)).toBe('old');
    await change(oldRecord, newName);
    await sim.advance(59_000);
    expect([await called(office), await called(phone), await called()]).toEqual(['old', 'old', 'new']);
    await sim.advance(1_000);
    expect([await called(office), await called(phone), await called(app)]).toEqual(['new', 'old', 'old']);
    await sim.advance(240_000);
    expect(await called(app)).toBe('new');
    await sim.advance(86_400_000);
    expect([await called(office), await called(phone)]).toEqual(['new', 'old']);
  });

  it('moves in a load job when the TTL of its resolver is over', async () => {
    const { sim, change, oldRecord } = await both();
    const load = (headers: Record<string, string>) =>
      sim.traffic.load({ gateway: HOST, paths: ['/orders'], headers, perSecond: 10, seconds: 120 });
    const [office, asking] = [load({ 'x-postern-resolver': 'office' }), load({})];
    await sim.advance(30_000);
    await change(oldRecord, 'elsewhere.example.net');
    await sim.advance(100_000);
    expect(office.status()).toMatchObject({ calls: 1_200, delivered: 600, firstLost: { outcome: 'unreachable' } });
    expect(asking.status()).toMatchObject({ calls: 1_200, delivered: 301 });
  });

  it('is not answered where its domain has no record of it', async () => {
    const { dns, called, oldRecord } = await both();
    await dns('DeleteDomainRecord', { RecordId: oldRecord });
    expect(await called()).toBe(`No record of ${HOST} is answered.`);
  });

  it('is in a saved world', async () => {
    const { sim, called, change, oldRecord, newName } = await both();
    const saved = JSON.parse(JSON.stringify(sim.world())) as ReturnType<typeof sim.world>;
    await change(oldRecord, newName);
    expect(await called()).toBe('new');
    sim.load(saved);
    expect(await called()).toBe('old');
  });
});
