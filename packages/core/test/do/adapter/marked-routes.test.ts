import { describe, expect, it } from 'vitest';
import { markedRoutes } from '../../../src/do/adapter/marked-routes.js';
import { createContext } from '../../../src/do/context.js';
import type { Owner } from '../../../src/do/model/owner.js';

const ctx = createContext();
const owner = { project: 'shop', spec: 'shop', integration: 'orders' };
const other = { project: 'other', spec: 'other', integration: 'orders' };

/** The methods of a gateway that has one route, or none, and the changes that they make. */
function routes(found: Owner | 'no mark' | 'no route') {
  const changes: unknown[] = [];
  const route = { id: 'r', gatewayId: 'g', key: 'ANY /orders', owner: typeof found === 'string' ? undefined : found };
  const methods = markedRoutes({
    find: () => Promise.resolve(found === 'no route' ? undefined : { ...route, open: false, raw: null }),
    remove: ({ id }) => Promise.resolve(changes.push(['remove', id])),
    mark: (_, mark) => Promise.resolve(changes.push(['mark', mark])),
  });
  return { changes, methods };
}

describe.each<[string, Owner | 'no mark' | 'no route', Record<'delete' | 'adopt' | 'forget', unknown>]>([
  ['the own route', owner, { delete: ['remove', 'r'], adopt: ['mark', owner], forget: ['mark', undefined] }],
  ['the route of another', other, { delete: 'NOT_OURS', adopt: 'NOT_OURS', forget: 'NOT_OURS' }],
  ['a route without a mark', 'no mark', { delete: 'NOT_OURS', adopt: ['mark', owner], forget: 'nothing' }],
  ['no route', 'no route', { delete: 'nothing', adopt: 'NOT_FOUND', forget: 'nothing' }],
])('%s', (_, found, outcomes) => {
  it.each(['delete', 'adopt', 'forget'] as const)('%s', async (name) => {
    const { changes, methods } = routes(found);
    const code = await methods[name]('g', 'ANY /orders', owner, ctx).then(
      () => undefined,
      (error: { readonly code: string }) => error.code,
    );
    expect(code ?? changes[0] ?? 'nothing').toEqual(outcomes[name]);
  });
});
