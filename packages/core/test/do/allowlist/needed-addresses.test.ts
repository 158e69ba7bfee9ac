import { describe, expect, it } from 'vitest';
import { neededAddresses } from '../../../src/do/allowlist/needed-blocks.js';
import { emptyRegion } from '../../../src/do/snapshot/snapshot-form.js';

const region = emptyRegion({ provider: 'third', region: 'xx-north-1', account: 'acc-1234' });

describe('the addresses at which a target is called', () => {
  it('are the endpoints of a target of any kind that lists them; a name is not an address', () => {
    const endpoints = ['10.0.1.7:8080', '[fd00::5]:80', 'orders.internal:80'];
    expect(neededAddresses({ kind: 'rope', id: 'rope-1', endpoints }, region)).toEqual([
      { address: '10.0.1.7', port: 8080 },
      { address: 'fd00::5', port: 80 },
    ]);
  });

  it('are those of the instances of a service that its query selects, and of those whose attributes were not read', () => {
    const instances = [
      { id: 'blue', address: '10.0.1.7', port: 80, attributes: { stage: 'blue' } },
      { id: 'green', address: '10.0.1.8', port: 80, attributes: { stage: 'green' } },
      { id: 'unread', address: '10.0.1.9', port: 80 },
    ];
    const addressesOf = (id: string) =>
      neededAddresses(
        { kind: 'service', id },
        { ...region, services: [{ id: 'srv-1', healthCheck: 'none', instances, raw: null }] },
      ).map(({ address }) => address);
    expect(addressesOf('srv-1?stage=blue')).toEqual(['10.0.1.7', '10.0.1.9']);
    expect(addressesOf('srv-1')).toEqual(['10.0.1.7', '10.0.1.8', '10.0.1.9']);
  });

  it('are none where nothing shows them', () => {
    expect(neededAddresses({ kind: 'rope', id: 'rope-1', resourceId: 'machine-1', port: 80 }, region)).toEqual([]);
  });
});
