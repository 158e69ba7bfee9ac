import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../../core/test/runs.js';
import { refusal, type Ec2 } from './account.js';
import { LISTS, made, NOTHING, type Listed } from './documented-filters.js';

const find = ({ operation, answer, id, input }: Listed, Name: string, ...Values: string[]): string[] =>
  made.ec2(operation, { ...input, Filters: [{ Name, Values }] })[answer].map((found: any) => found[id]);

describe.each(LISTS)('filters of $operation', (listed) => {
  const { operation, wanted, filters } = listed;

  it.each(sample(Object.entries(filters), 3))(
    '%s finds what has the value, and not what has another',
    (name, value) => {
      if (value === NOTHING) return expect(find(listed, name, '*')).not.toContain(wanted);
      // The format of this one is checked (aws B4).
      const isChecked = operation === 'DescribeSecurityGroupRules' && name === 'group-id';
      if (!isChecked) expect(find(listed, name, 'something else', String(value))).toContain(wanted);
      expect(find(listed, name, String(value))).toContain(wanted);
      const other = isChecked ? 'sg-0123456789abcdef0' : `x${String(value)}`;
      expect(find(listed, name, other)).not.toContain(wanted);
    },
  );

  it('by tag find the resources with the tag', () => {
    if (operation === 'DescribeTags') return expect(find(listed, 'tag:team', 'shop')).toContain(wanted);
    expect(find(listed, 'tag:team', 'sh?p*')).toContain(wanted);
    expect(find(listed, 'tag:team', 'Shop')).toEqual([]);
    expect(find(listed, 'tag:tea', 'shop')).toEqual([]);
    expect(find(listed, 'tag-key', 'team')).toContain(wanted);
  });

  it('are all those that the documentation names', () => {
    const documented = documentedFilters(operation).filter((name) => !name.startsWith('tag'));
    expect(Object.keys(filters)).toEqual(expect.arrayContaining(documented));
  });

  it('aws B6: find nothing without values, and are refused when unknown', () => {
    expect(() => find(listed, 'colour', 'red')).toThrow(
      refusal('InvalidParameterValue', "^The filter 'colour' is invalid$"),
    );
    expect(() => find(listed, 'toString', 'red')).toThrow(refusal('InvalidParameterValue'));
    const [name = 'tag-key'] = Object.keys(filters);
    expect(find(listed, name)).toEqual([]);
    const many = Array.from({ length: 201 }, (_, n) => `sg-${n.toString(16).padStart(17, '0')}`);
    expect(() => find(listed, name, ...many)).toThrow(refusal('FilterLimitExceeded'));
  });
});

describe('filters of zones, regions and AWS prefix lists', () => {
  const zone = {
    'group-name': 'us-east-1-bos-1',
    'opt-in-status': 'not-opted-in',
    'region-name': 'us-east-1',
    state: 'available',
    'zone-id': 'use1-bos1-az1',
    'zone-name': 'us-east-1-bos-1a',
    'zone-type': 'local-zone',
    'group-long-name': 'us-east-1-bos-1',
    'parent-zone-name': 'us-east-1a',
    'parent-zone-id': made.ec2('DescribeAvailabilityZones').AvailabilityZones[0].ZoneId,
  };
  const zones = (ec2: Ec2, Name: string, ...Values: string[]): string[] =>
    ec2('DescribeAvailabilityZones', { AllAvailabilityZones: true, Filters: [{ Name, Values }] }).AvailabilityZones.map(
      (z: any) => z.ZoneName,
    );
  it.each(Object.entries(zone))('zones by %s', (name, value) => {
    expect(zones(made.ec2, name, value)).toContain('us-east-1-bos-1a');
    expect(zones(made.ec2, name, `x${value}`)).toEqual([]);
  });
  it('are all documented ones', () => {
    expect([...Object.keys(zone), 'message'].sort()).toEqual(documentedFilters('DescribeAvailabilityZones').sort());
    expect(zones(made.ec2, 'message', '*')).toEqual([]);
  });
  it.each([
    ['DescribeRegions', 'Regions', 'endpoint', 'ec2.us-west-2.amazonaws.com', 1],
    ['DescribeRegions', 'Regions', 'opt-in-status', 'opted-in', 0],
    ['DescribeRegions', 'Regions', 'region-name', 'us-*', 4],
    ['DescribePrefixLists', 'PrefixLists', 'prefix-list-name', '*.s3', 1],
    ['DescribePrefixLists', 'PrefixLists', 'prefix-list-id', 'pl-x', 0],
  ])('%s %s by %s', (operation, answer, Name, value, count) => {
    expect(made.ec2(operation, { Filters: [{ Name, Values: [value] }] })[answer]).toHaveLength(count);
  });
});

/** The names of filters in the SDK's documentation of an operation's input. */
function documentedFilters(operation: string): string[] {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@aws-sdk/client-ec2')), '../dist-types/models');
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8');
    const [, members] = new RegExp(String.raw`export interface ${operation}Request \{([^]*?)\n\}`).exec(text) ?? [];
    if (members === undefined) continue;
    const before = members.slice(0, members.indexOf('Filters?:'));
    const comment = before.slice(before.lastIndexOf('/**'));
    return [...comment.matchAll(/<li>[\s*]*<p>[\s*]*<code>([^<]+)<\/code>/g)].map(([, name = '']) => name);
  }
  throw new Error(`The SDK documents no ${operation}.`);
}
