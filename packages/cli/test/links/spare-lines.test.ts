import type { LinkTraits, Link } from '@postern/core/internal/adapter';
import { describe, expect, it } from 'vitest';
import { spareLines } from '../../src/links/allowlist.js';

const linkOf = (id: string, more: Partial<Link> = {}) =>
  ({
    id,
    kind: 'integration-instance',
    state: 'ready',
    owner: { project: 'shop', spec: 'a', integration: 'cn' },
    ...more,
  }) as Link;
const lines = (links: readonly Link[], linksCostMoney = true) =>
  spareLines(links, () => ({ linksCostMoney }) as LinkTraits);

describe('links that are billed for nothing', () => {
  it('are those of one mark beside the first', () => {
    expect(lines([linkOf('i-1'), linkOf('i-2')])).toEqual([
      'i-1 and i-2 have the mark of shop/cn of spec a: each is billed, and one is used.',
    ]);
  });

  it.each([
    ['of one link', [linkOf('i-1')]],
    [
      'of two specs',
      [linkOf('i-1'), linkOf('i-2', { owner: { project: 'shop', spec: 'b', integration: 'cn', name: 'cn' } })],
    ],
    ['without a mark', [linkOf('i-1', { owner: undefined }), linkOf('i-2', { owner: undefined })]],
    ['of one that is being deleted', [linkOf('i-1'), linkOf('i-2', { state: 'deleting' })]],
  ])('are none %s', (_, links) => expect(lines(links)).toEqual([]));

  it('are none where links are free', () => expect(lines([linkOf('i-1'), linkOf('i-2')], false)).toEqual([]));
});
