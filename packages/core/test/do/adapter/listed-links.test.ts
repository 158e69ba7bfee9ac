import { expect, it } from 'vitest';
import { byUse, listedLinks } from '../../../src/do/adapter/listed-links.js';
import { createContext } from '../../../src/do/context.js';
import type { Link } from '../../../src/do/model/link.js';

const ctx = createContext();
const owner = { project: 'shop', spec: 'shop', integration: 'orders' };

function link(id: string, state: Link['state'], createdAt?: string): Link {
  const lists = { subnetIds: [], securityGroupIds: [], tags: {} };
  return { kind: 'tunnel', id, name: id, state, nativeState: state, createdAt, owner, ...lists, raw: null };
}

it('orders links by use, then by age, then by ID', () => {
  const all = [
    link('e', 'deleting'),
    link('d', 'pending', '2026-01-02'),
    link('c', 'pending', '2026-01-01'),
    link('b', 'ready'),
    link('a', 'ready'),
  ];
  expect(all.toSorted(byUse).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('finds by ID and by mark, and leaves out states of what is gone', async () => {
  const { find, statuses } = listedLinks(() => Promise.resolve([link('a', 'deleting'), link('b', 'ready')]));
  expect(await find({ id: 'a' }, ctx)).toMatchObject({ id: 'a' });
  expect(await find({ owner }, ctx)).toMatchObject({ id: 'b' });
  expect(await find({ owner: { ...owner, project: 'other' } }, ctx)).toBeUndefined();
  expect(await statuses(['b', 'gone'], ctx)).toMatchObject([{ id: 'b', state: 'ready' }]);
});
