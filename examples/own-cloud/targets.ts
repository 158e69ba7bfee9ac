// What a reference means: a rope by its name, or the address of a machine.
import { plainAddress } from '@postern/core/kinds';
import type { Target, TargetRef } from '@postern/core';
import { ROPE, type MACHINES } from './network.js';

export function targetOf(ref: TargetRef, machines: typeof MACHINES): Target | undefined {
  if (ref['rope'] === ROPE.name) return ROPE;
  const plain = plainAddress(ref);
  const machine = machines.find(({ addresses }) => plain !== undefined && addresses.includes(plain.resourceId));
  return plain && machine && { ...plain, networkId: machine.networkId };
}

/** The reference that names what a route calls; none of a rope. */
export function addressRefs(targetId: string): readonly TargetRef[] {
  const [, address, port] = /^([\d.]+):(\d+)$/.exec(targetId) ?? [];
  return address === undefined ? [] : [{ address, port: Number(port) }];
}
