import { CLOUDS } from '../clouds.js';
import { describe, expect, it } from 'vitest';
import { formatPrefix, parsePrefix } from '../../src/cidr/prefix.js';
import { formatRange } from '../../src/cidr/range.js';
import { keptAddresses, reservedOverlap, usableCount, RESERVED } from '../../src/cidr/reserved.js';

const reservedBy = (cloud: string) => {
  const { reserved } = CLOUDS.network({ provider: cloud });
  if (reserved === undefined) throw new Error(`${cloud} reserves nothing`);
  return reserved;
};

const names = (text: string, cloud?: 'aws' | 'alibaba'): string[] =>
  reservedOverlap(parsePrefix(text), cloud && reservedBy(cloud).ranges).map(
    (range) => `${RESERVED.includes(range) ? 'internet' : cloud} ${formatPrefix(range.prefix)}`,
  );

describe('RESERVED', () => {
  it('are canonical blocks, each once in its scope, with a name and a source page', () => {
    const scopes = [RESERVED, reservedBy('aws').ranges, reservedBy('alibaba').ranges];
    for (const ranges of scopes)
      expect(new Set(ranges.map(({ prefix }) => formatPrefix(prefix))).size).toBe(ranges.length);
    for (const { name, source, prefix } of scopes.flat()) {
      expect(name).toMatch(/\S/);
      expect(source).toMatch(/^https:\/\//);
      if (formatPrefix(prefix) !== '::ffff:0:0/96') expect(parsePrefix(formatPrefix(prefix))).toEqual(prefix);
    }
  });

  it('allows only private addresses for hosts', () => {
    const forHosts = RESERVED.filter((range) => range.forHosts).map(({ prefix }) => formatPrefix(prefix));
    expect(forHosts).toEqual(['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']);
  });
});

it.each<[string, 'aws' | 'alibaba' | undefined, string[], string]>([
  ['10.0.0.0/16', 'aws', [], 'private'],
  ['192.168.0.0/16', 'alibaba', [], 'private'],
  ['100.64.0.0/16', 'aws', [], 'shared, and allowed'],
  ['100.64.0.0/16', 'alibaba', ['alibaba 100.64.0.0/10'], "the cloud's own"],
  ['100.100.0.0/16', undefined, [], 'no cloud named'],
  ['169.254.169.254/32', undefined, ['internet 169.254.0.0/16'], 'link-local'],
  [
    '169.254.169.254/32',
    'aws',
    ['internet 169.254.0.0/16', 'aws 169.254.0.0/16', 'aws 169.254.169.254/32'],
    'metadata',
  ],
  ['126.0.0.0/7', undefined, ['internet 127.0.0.0/8'], 'partly'],
  ['2001:db8:1::/48', undefined, ['internet 2001:db8::/32'], 'documentation'],
  ['2600:1f00::/24', 'aws', [], 'public IPv6'],
  ['fd00:ec2::/32', 'aws', ['aws fd00:ec2::253/128', 'aws fd00:ec2::254/128', 'aws fd00:ec2::123/128'], 'services'],
])('reservedOverlap: of %s on %s: %j: %s', (text, cloud, expected) => {
  expect(names(text, cloud)).toEqual(expected);
});

it.each<[string, 'aws' | 'alibaba', string[], bigint]>([
  ['10.0.0.0/24', 'aws', ['10.0.0.0–10.0.0.3', '10.0.0.255–10.0.0.255'], 251n],
  ['10.0.0.16/28', 'aws', ['10.0.0.16–10.0.0.19', '10.0.0.31–10.0.0.31'], 11n],
  ['10.0.0.0/24', 'alibaba', ['10.0.0.0–10.0.0.0', '10.0.0.253–10.0.0.255'], 252n],
  ['10.0.0.0/29', 'alibaba', ['10.0.0.0–10.0.0.0', '10.0.0.5–10.0.0.7'], 4n],
  ['10.0.0.0/30', 'aws', ['10.0.0.0–10.0.0.3'], 0n],
  [
    '2001:db8::/64',
    'aws',
    ['2001:db8::–2001:db8::3', '2001:db8::ffff:ffff:ffff:ffff–2001:db8::ffff:ffff:ffff:ffff'],
    2n ** 64n - 5n,
  ],
  ['2001:db8::/64', 'alibaba', [], 2n ** 64n],
])('keptAddresses: of %s on %s: %j, which leaves %s', (text, cloud, kept, usable) => {
  expect(keptAddresses(parsePrefix(text), reservedBy(cloud).subnets).ranges.map(formatRange)).toEqual(kept);
  expect(usableCount(parsePrefix(text), reservedBy(cloud).subnets)).toBe(usable);
});
