// What the compiler knows of a cloud from outside: its keys alone, inferred from its value. The parser refuses what the compiler refuses.
import { cloud as aws } from '@postern/aws/cloud';
import { clouds, memoryJournal, PrivateIntegrations } from '@postern/core';
import { defineSpec, specFrom } from '@postern/core/spec';
import { expect, it } from 'vitest';
import { tunnelDriver } from '../own-cloud/cloud.js';
import { cloud } from '../own-cloud/value.js';

const link = { provider: 'tunnel', region: 'north-1', subnets: ['sub-a', 'sub-b'] as string[] } as const;
const shop = { version: 1, project: 'shop', links: { main: link } } as const;
const orders = { link: 'main', gateway: { tunnelRouter: 'router1' }, targets: {}, routes: {} };

it('a spec has the keys of the clouds that it is given', () => {
  const right = defineSpec(
    {
      ...shop,
      links: { main: { ...link, kind: 'tunnel' } },
      integrations: {
        orders: {
          ...orders,
          targets: { main: { address: '10.0.2.20', port: 8080 }, rope: { rope: 'orders-rope' } },
          routes: { 'ANY /orders': 'main', 'ANY /rope': 'rope' },
        },
      },
    },
    { clouds: [cloud] },
  );
  expect(right.toSpec().integrations['orders']?.targets['rope']?.ref).toEqual({ rope: 'orders-rope' });
});

it('the compiler refuses a wrong key of a link, of a target and of a gateway, as the parser does', () => {
  const wrong = [
    // @ts-expect-error loadBalancer is a key of links of AWS
    defineSpec({ ...shop, links: { main: { ...link, loadBalancer: 'orders' } } }, { clouds: [cloud] }),
    // @ts-expect-error vpc-link-v2 is a kind of link of AWS
    defineSpec({ ...shop, links: { main: { ...link, kind: 'vpc-link-v2' } } }, { clouds: [cloud] }),
    // @ts-expect-error alibaba is not in the set
    defineSpec({ ...shop, links: { main: { ...link, provider: 'alibaba' } } }, { clouds: [cloud, aws] }),
    defineSpec(
      // @ts-expect-error listener is a target of AWS
      { ...shop, integrations: { orders: { ...orders, targets: { main: { listener: 'orders' } } } } },
      { clouds: [cloud] },
    ),
    defineSpec(
      // @ts-expect-error a port is a number or a variable
      { ...shop, integrations: { orders: { ...orders, targets: { main: { address: '10.0.2.20', port: true } } } } },
      { clouds: [cloud] },
    ),
    defineSpec(
      // @ts-expect-error httpApi is a gateway of AWS
      { ...shop, integrations: { orders: { ...orders, gateway: { httpApi: 'router1' } } } },
      { clouds: clouds([cloud]) },
    ),
  ];
  for (const one of wrong) expect(() => one.toSpec()).toThrow(expect.objectContaining({ code: 'INVALID_SPEC' }));
  expect(() => specFrom(shop, { clouds: clouds([cloud]) })).not.toThrow();
});

it('a program has the requests of the cloud of its driver', async () => {
  const send = () => Promise.reject(new Error('no call is made'));
  const gate = new PrivateIntegrations(tunnelDriver(send, 'north-1'), { project: 'shop', journal: memoryJournal() });
  const invalid = expect.objectContaining({ code: 'INVALID_INPUT' });
  const target = {
    id: '10.0.2.20:8080',
    name: 'main',
    linkId: 'tun-1',
    kind: 'address',
    ref: { rope: 'r' },
    raw: null,
  };
  // @ts-expect-error listenerArn is a request of AWS
  await expect(gate.ensureTarget('tun-1', { name: 'main', listenerArn: 'arn:aws:…' })).rejects.toThrow(invalid);
  // @ts-expect-error a target is named in one way
  await expect(gate.ensureTarget('tun-1', { name: 'main', rope: 'a-rope', address: '10.0.2.20' })).rejects.toThrow(
    invalid,
  );
  // @ts-expect-error httpApi is a gateway of AWS
  await expect(gate.ensureRoute({ httpApi: 'a1' }, 'ANY /orders', target)).rejects.toThrow(invalid);
  // @ts-expect-error instanceCidr is a setting of links of Alibaba Cloud
  const made = gate.ensureLink({ name: 'main', subnets: ['sub-a'], native: { instanceCidr: '172.16.0.0/12' } });
  await expect(made).rejects.toThrow();
  // What it has is accepted by the compiler, and asks the cloud.
  await expect(gate.ensureTarget('tun-1', { name: 'rope', rope: 'orders-rope' })).rejects.not.toThrow(invalid);
  await expect(gate.ensureTarget('tun-1', { name: 'rope', ref: { rope: 'orders-rope' } })).rejects.not.toThrow(invalid);
});
