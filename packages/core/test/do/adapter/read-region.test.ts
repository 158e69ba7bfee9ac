import { expect, it } from 'vitest';
import { inNetwork } from '../../../src/do/adapter/abilities-of.js';
import { NETWORK_LISTS, wholeLists } from '../../../src/do/adapter/whole-lists.js';

it('a list is whole without a gap about all of it', () => {
  const gap = { code: 'PERMISSION_DENIED', what: 'zones', message: '' } as const;
  const list = [
    { ...gap, of: 'zones' as const },
    { ...gap, of: 'links' as const, id: 'l-1' },
  ];
  expect(wholeLists(['links', 'zones'], { list: list as never })).toEqual(['links']);
  expect(wholeLists(NETWORK_LISTS, { list: [] })).toEqual(NETWORK_LISTS);
});

it('a target in another network than the link is refused', () => {
  const target = { kind: 'address', id: 'a', networkId: 'n-1', raw: null };
  expect(inNetwork(target, 'n-1')).toBe(target);
  expect(inNetwork(target, undefined)).toBe(target);
  expect(() => inNetwork(target, 'n-2')).toThrow(expect.objectContaining({ code: 'WRONG_NETWORK' }));
});
