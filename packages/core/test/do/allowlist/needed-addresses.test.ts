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

  it('are none where nothing shows them', () => {
    expect(neededAddresses({ kind: 'rope', id: 'rope-1', resourceId: 'machine-1', port: 80 }, region)).toEqual([]);
  });
});
