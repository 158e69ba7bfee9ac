import type { Call, Network } from './network-alibaba.mjs';

export interface Group {
  from: string;
  group: string;
  apis: string[];
  accesses: { id: string; VpcId: string; InstanceId: string; Port: number }[];
  subnet: string;
  guard: string;
  servers: string[];
  /** The address of the server that the new instance may not call yet. */
  outside: string;
}
export function buildGroup(
  call: Call,
  network: Network,
  tell: (kind: string, id: string, what: string) => void,
): Promise<Group>;
export function letIn(call: Call, guard: string, block: string): Promise<void>;
export function instanceOf(call: Call, group: string): Promise<string>;
export function move(call: Call, group: string, to: string): Promise<string>;
export function connects(call: Call, group: Group, from: string): Promise<boolean[]>;
export function removeGroup(call: Call, group: Group): Promise<void>;
