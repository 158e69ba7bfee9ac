import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { complete, type Schema } from '../src/complete.js';

const schema = JSON.parse(
  readFileSync(new URL('../../../packages/core/schema/spec.json', import.meta.url), 'utf8'),
) as Schema;

const SPEC = `version: 1
links:
  eu:
    provider: aws
    subnets: [{ name: a }]
  cn: { provider: alibaba }
integrations:
  orders:
    link: eu
    targets: { orders: { address: 10.0.0.1 }, stock: { address: 10.0.0.2 } }
`;

/** `|` is the place. */
function labels(text: string): readonly string[] {
  const at = text.indexOf('|');
  return complete(text.replace('|', ''), at, schema)?.choices.map(({ label }) => label) ?? [];
}

describe('completion from the schema of a spec', () => {
  it.each([
    ['a key at the top', 'version: 1\n|', ['project', 'links', 'integrations'], ['version']],
    ['a key of a link', 'links:\n  eu:\n    |', ['provider', 'subnets', 'allowlist'], ['httpApi']],
    [
      'a key beside those that exist',
      'links:\n  eu:\n    region: a\n    |\n    provider: aws\n',
      ['subnets'],
      ['provider', 'region'],
    ],
    ['a word that was begun', 'links:\n  eu:\n    sub|', ['subnets'], []],
    ['a value of an enumeration', 'links:\n  eu:\n    provider: |', ['aws', 'alibaba'], []],
    ['true and false', 'links:\n  eu:\n    protect: |', ['true', 'false'], []],
    ['a key in braces', 'integrations:\n  orders:\n    gateway: { |', ['httpApi', 'apiGroup'], []],
    ['the second key in braces', 'integrations:\n  orders:\n    gateway: { restApi: a, |', ['stage'], ['restApi']],
    ['braces in a list', 'links:\n  eu:\n    subnets: [{ |', ['name', 'tag'], []],
    ['an item of a list', 'ignore:\n  - |', ['check', 'reason'], []],
    ['the second key of an item', 'ignore:\n  - check: link/x\n    |', ['reason', 'until'], ['check']],
    ['an item at the column of its key', 'ignore:\n- check: link/x\n- |', ['check', 'reason'], []],
    ['after a list, a key of what is around it', 'ignore:\n  - check: link/x\nmo|', ['moved'], ['reason']],
    ['links that are declared', SPEC.replace('link: eu', 'link: |'), ['eu', 'cn'], []],
    ['targets of the same integration', `${SPEC}    routes:\n      GET /a: |`, ['orders', 'stock'], ['eu']],
    ['a key in quotes', `${SPEC}    routes:\n      'GET /{a}': |`, ['orders', 'stock'], []],
    ['nothing in a comment', 'links: # |', [], ['provider']],
    ['nothing below a key that does not exist', 'nothing:\n  |', [], ['provider', 'links']],
  ])('offers %s', (_, text, some, none) => {
    const found = labels(text);
    expect(found).toEqual(expect.arrayContaining(some));
    for (const one of none) expect(found).not.toContain(one);
    if (some.length === 0) expect(found).toEqual([]);
  });

  it('says what a key means, and writes what follows it', () => {
    const found = complete('links:\n  eu:\n    reg', 20, schema);
    const region = found?.choices.find(({ label }) => label === 'region');
    expect(found?.from).toBe(17);
    expect(region).toMatchObject({ apply: 'region: ', info: expect.stringContaining('The region of the link.') });
  });
});
