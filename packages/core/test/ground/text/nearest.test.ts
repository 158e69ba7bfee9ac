import { expect, it } from 'vitest';
import { nearest } from '../../../src/ground/text/nearest.js';

const KEYS = ['links', 'integrations', 'project', 'securityGroups', 'subnets', 'tls', 'tags'];

it.each<[string, string | undefined, string]>([
  ['subnet', 'subnets', 'a letter is missing'],
  ['sunbets', 'subnets', 'adjacent letters are swapped'],
  ['SecurityGroup', 'securityGroups', 'case does not count'],
  ['tsl', 'tls', 'a short word with a swap'],
  ['xyz', undefined, 'no key is similar'],
  ['', undefined, 'nothing was typed'],
  ['link'.repeat(50), undefined, 'the text is too long'],
])('nearest: of %j is %j: %s', (typed, expected) => {
  expect(nearest(typed, KEYS)).toBe(expected);
});
