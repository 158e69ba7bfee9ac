import { describe, expect, it } from 'vitest';
import {
  CloudError,
  createContext,
  PrivateIntegrations,
  type Driver,
  type Link,
  type LinkKind,
} from '@postern/core/internal/library';
import { cloud } from '@postern/aws/cloud';
import { findLink } from '../../src/links/open-place.js';

const V2: LinkKind = 'vpc-link-v2';
const V1: LinkKind = 'vpc-link-v1';

function link(id: string, kind: LinkKind, name: string): Link {
  return {
    id,
    kind,
    name,
    state: 'ready',
    nativeState: 'AVAILABLE',
    subnetIds: [],
    securityGroupIds: [],
    tags: {},
    raw: null,
  };
}

const LINKS = [
  link('a1b2c3', V2, 'main'),
  link('x1y2z3', V1, 'nlb'),
  link('same', V2, 'one'),
  link('same', V1, 'two'),
  link('l5', V2, 'twin'),
  link('l6', V1, 'twin'),
];

/** An account with links of two kinds. A kind in `denied` cannot be read by ID. */
function place(kinds?: readonly LinkKind[], denied: readonly LinkKind[] = []) {
  const driver = {
    provider: 'aws',
    cloud,
    region: 'eu-west-1',
    serves: { links: [V2, V1], gateways: [] },
    observe: () => Promise.resolve({ links: LINKS, gaps: [] }),
    links: {
      find: ({ kind, ...by }: { kind: LinkKind; id?: string }) =>
        denied.includes(kind)
          ? Promise.reject(new CloudError('PERMISSION_DENIED', 'not allowed', { operation: 'GetVpcLink' }))
          : Promise.resolve(LINKS.find((one) => one.kind === kind && one.id === by.id)),
    },
  } as unknown as Driver;
  return { gate: new PrivateIntegrations(driver, { project: 'shop' }), context: createContext({}), kinds };
}

describe('findLink', () => {
  it.each([
    ['the ID of a V2 link', 'a1b2c3', undefined, V2],
    ['the ID of a V1 link', 'x1y2z3', undefined, V1],
    ['the name of a V1 link', 'nlb', undefined, V1],
    ['an ID that two links have, with the kind', 'same', [V1], V1],
    ['a name that two links have, with the kind', 'twin', [V2], V2],
  ] as const)('finds %s', async (_, name, kinds, kind) => {
    expect((await findLink(place(kinds), name)).kind).toBe(kind);
  });

  it.each([
    ['an ID', 'same', 'same matches several links in eu-west-1: vpc-link-v2 same, vpc-link-v1 same'],
    ['a name', 'twin', 'twin matches several links in eu-west-1: vpc-link-v2 l5, vpc-link-v1 l6'],
  ])('refuses %s that links of two kinds have', async (_, name, message) => {
    await expect(findLink(place(), name)).rejects.toMatchObject({
      code: 'AMBIGUOUS',
      message,
      remedy: 'Add --kind vpc-link-v2 or --kind vpc-link-v1.',
    });
  });

  it('does not find a link of another kind than the one named', async () => {
    await expect(findLink(place([V1]), 'a1b2c3')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(findLink(place([V1]), 'main')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('finds a link although links of the other kind cannot be read, and else reports that', async () => {
    expect((await findLink(place(undefined, [V1]), 'a1b2c3')).kind).toBe(V2);
    await expect(findLink(place(undefined, [V1]), 'x1y2z3')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  });
});

it('finds a renamed link by the mark of its former name, until the spec is applied', async () => {
  const marked = { ...link('a1b2c3', V2, 'edge'), owner: { project: 'shop', spec: 'shop', integration: 'edge' } };
  const { gate, context } = place();
  const find = ({ owner }: { owner?: { integration: string } }) =>
    Promise.resolve(owner?.integration === 'edge' ? marked : undefined);
  const driver = { ...gate.driver, links: { find } } as unknown as Driver;
  const spec = { project: 'shop', moved: [{ kind: 'link', from: 'edge', to: 'core', path: 'moved[0]' }] };
  const renamed = { gate: new PrivateIntegrations(driver, { project: 'shop' }), context, declared: {}, spec };
  expect((await findLink(renamed as unknown as Parameters<typeof findLink>[0], 'core')).id).toBe('a1b2c3');
});
