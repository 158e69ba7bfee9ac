import { expect, it } from 'vitest';
import { toInterface } from '../../src/network/nat.js';

it.each([
  ['InUse', true],
  ['Available', false],
  ['Attaching', undefined],
  ['Detaching', undefined],
  [undefined, undefined],
])('an interface with status %s is in use or not', (Status, inUse) => {
  expect(toInterface({ NetworkInterfaceId: 'eni-1', Status }, undefined).inUse).toBe(inUse);
});
