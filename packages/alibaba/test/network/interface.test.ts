import { expect, it } from 'vitest';
import { toInterface } from '../../src/network/interface.js';

it.each([
  ['InUse', true],
  ['Available', false],
  ['Attaching', undefined],
  ['Detaching', undefined],
  [undefined, undefined],
])('P10: an interface whose status is %s says whether it is in use', (Status, inUse) => {
  expect(toInterface({ NetworkInterfaceId: 'eni-1', Status }, undefined).inUse).toBe(inUse);
});
