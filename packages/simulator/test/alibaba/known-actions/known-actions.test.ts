import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { KNOWN_ACTIONS } from '../../../src/alibaba/known-actions/index.js';
import { alibabaRegistry } from '../../../src/alibaba/services.js';

const require = createRequire(import.meta.url);

/** The actions of an official client: it has a method `…WithOptions` for each. */
function actionsOf(name: string): string[] {
  const { default: Client } = require(name) as { readonly default: { readonly prototype: object } };
  return Object.getOwnPropertyNames(Client.prototype)
    .filter((method) => method.endsWith('WithOptions'))
    .map((method) => method.charAt(0).toUpperCase() + method.slice(1, -'WithOptions'.length));
}

describe('the list of actions', () => {
  it.each([
    ['CloudAPI', '@alicloud/cloudapi20160714'],
    ['Ecs', '@alicloud/ecs20140526'],
    ['Vpc', '@alicloud/vpc20160428'],
  ] as const)('of %s is that of %s', (product, name) => {
    expect([...KNOWN_ACTIONS[product]].sort()).toEqual(actionsOf(name).sort());
  });

  it('contains all simulated actions', () => {
    const strangers = alibabaRegistry.operations.filter(({ product, name }) => !KNOWN_ACTIONS[product].has(name));
    expect(strangers.map(({ product, name }) => `${product} ${name}`)).toEqual([]);
  });
});
