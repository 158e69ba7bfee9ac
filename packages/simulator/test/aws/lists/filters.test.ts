import { beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../../../../core/test/runs.js';
import { registry } from '../../../src/aws/services.js';
import { serviceModel } from '../../../src/aws/service-model.js';
import { documentedFilters } from './documented-filters.js';
import { EC2_FILTERS } from './ec2-filters.js';
import { richWorld, type RichWorld } from './rich-world.js';

type Call = (input: object) => Promise<Readonly<Record<string, readonly object[] | undefined>>>;

/** Values of one filter that are tried; a filter such as `private-ip-address` has one for every item. */
const MOST_VALUES = 4;
const TAG_FILTERS = new Set(['tag', 'tag-key']);

let world: RichWorld;
beforeAll(async () => {
  world = await richWorld();
});

const texts = (values: unknown): string[] =>
  [values].flat(2).flatMap((value) => (value === undefined || value === null ? [] : [String(value as string)]));

/** EC2's wildcards are escaped. */
const literal = (value: string) => value.replaceAll(/[\\*?]/g, String.raw`\$&`);

describe('the table of filters', () => {
  it('has every list that takes filters', async () => {
    const { operations } = await serviceModel('ec2');
    const filtering = registry.operations
      .filter(
        ({ service, name }) =>
          service === 'ec2' &&
          operations.get(name)?.input.members.some((member) => member.name === 'Filters' && !member.required), // a search needs some
      )
      .map(({ name }) => name)
      .filter((name) => documentedFilters(name).length > 0);
    expect(Object.keys(EC2_FILTERS).sort()).toEqual(filtering.sort());
  });

  it.each(Object.entries(EC2_FILTERS))('has every documented filter of %s', (name, { filters }) => {
    const documented = documentedFilters(name);
    expect(documented.length).toBeGreaterThan(0);
    expect(Object.keys(filters).sort()).toEqual(documented.filter((filter) => !TAG_FILTERS.has(filter)).sort());
  });
});

describe.each(Object.entries(EC2_FILTERS))('%s', (name, { items, input = {}, parent: parentOf, filters }) => {
  const list = async (Filters?: readonly { readonly Name: string; readonly Values: readonly string[] }[]) => {
    const ec2 = world.clients.ec2 as unknown as Readonly<Record<string, Call>>;
    const call = ec2[name.charAt(0).toLowerCase() + name.slice(1)];
    const parent = parentOf?.(world) ?? {};
    const output = await call?.({ ...parent, ...input, ...(Filters ? { Filters } : {}) });
    return output?.[items] ?? [];
  };

  it.each(sample(Object.keys(filters), 3))('%s', async (filter) => {
    const all = await list();
    const valuesOf = filters[filter] ?? (() => undefined);
    const known = [...new Set(all.flatMap((item) => texts(valuesOf(item))))].slice(0, MOST_VALUES);
    for (const value of known) {
      const expected = all.filter((item) => texts(valuesOf(item)).includes(value));
      expect(await list([{ Name: filter, Values: [literal(value)] }]), `${filter}=${value}`).toEqual(expected);
    }
    // The format of this one is checked (aws B4).
    const isChecked = name === 'DescribeSecurityGroupRules' && filter === 'group-id';
    const missing = isChecked ? 'sg-0123456789abcdef0' : 'no-such-value';
    expect(await list([{ Name: filter, Values: [missing] }])).toEqual([]);
  });

  it('accepts tags, where its items have some', async () => {
    const tagged = documentedFilters(name).includes('tag');
    if (!tagged || name === 'DescribeTags') return;
    const all = await list();
    const tagsOf = (item: object) => {
      type Tagged = Partial<Record<'Tags' | 'TagSet', { Key?: string }[]>>;
      const { Tags, TagSet, Instances = [] } = item as Tagged & { Instances?: Tagged[] };
      return Tags ?? TagSet ?? Instances.flatMap((one) => one.Tags ?? []);
    };
    const withTeam = all.filter((item) => tagsOf(item).some(({ Key }) => Key === 'team'));
    expect(await list([{ Name: 'tag:team', Values: ['payments'] }])).toEqual(withTeam);
    expect(await list([{ Name: 'tag:team', Values: ['pay*', 'x?'] }])).toEqual(withTeam);
    expect(await list([{ Name: 'tag-key', Values: ['team'] }])).toEqual(withTeam);
    expect(await list([{ Name: 'tag:team', Values: ['Payments'] }])).toEqual([]);
  });

  it('refuses a filter that it does not have', async () => {
    await expect(list([{ Name: 'no-such-filter', Values: ['a'] }])).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});
