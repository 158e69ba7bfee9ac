import { expect, it } from 'vitest';
import { merge } from '../../src/cidr/verbs.js';

it('formats blocks that are not canonical or merged from several', () => {
  expect(merge(['2001:DB8::/32', '10.0.1.0/24', '10.0.0.0/24'])).toEqual(['10.0.0.0/23', '2001:db8::/32']);
});

it('accepts an IPv6 block whose last part is written as IPv4', () => {
  expect(merge(['64:ff9b::1.2.3.4/128', '64:ff9b::1.2.3.5/128', '10.0.0.0/8'])).toEqual([
    '10.0.0.0/8',
    '64:ff9b::102:304/127',
  ]);
});

it('reports the first of several invalid blocks, of either family', () => {
  expect(() => merge(['::/0', '10.0.0.1/8', 'x'])).toThrow('"10.0.0.1/8"');
  expect(() => merge(['::/0', 'x', '10.0.0.1/8'])).toThrow('"x"');
  expect(() => merge(['2001:db8::/32\nx', 'x'])).toThrow('2001:db8::/32');
});
