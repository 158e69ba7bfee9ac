import type { PathCheckId } from '../reasons/index.js';

/** Where the network ACL of a subnet evaluates a packet: the call itself, or its answer. */
export interface AclAt {
  readonly check: PathCheckId;
  readonly hop: string;
  readonly direction: 'in' | 'out';
  /** `call`: the port that is called. `answer`: every port that the call may have come from. */
  readonly of: 'call' | 'answer';
  /** The end whose subnet it is. */
  readonly own: 'from' | 'to';
}

/** The four places at which network ACLs evaluate a call and its answer, in the order of the path. */
export const ACL_OUT: AclAt = {
  check: 'path/network-acl',
  hop: 'network ACL out',
  direction: 'out',
  of: 'call',
  own: 'from',
};
export const ACL_IN: AclAt = {
  check: 'path/network-acl',
  hop: 'network ACL in',
  direction: 'in',
  of: 'call',
  own: 'to',
};
export const ACL_BACK_OUT: AclAt = {
  check: 'path/return',
  hop: 'network ACL out, answer',
  direction: 'out',
  of: 'answer',
  own: 'to',
};
export const ACL_BACK_IN: AclAt = {
  check: 'path/return',
  hop: 'network ACL in, answer',
  direction: 'in',
  of: 'answer',
  own: 'from',
};

/** Where the answer to a call that is stopped here is evaluated. */
export const ANSWERS: ReadonlyMap<AclAt, AclAt> = new Map([
  [ACL_OUT, ACL_BACK_IN],
  [ACL_IN, ACL_BACK_OUT],
]);
