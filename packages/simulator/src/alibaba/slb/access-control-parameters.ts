import { neededText } from '../vpc/request/parameters.js';

/** The parameters of the actions on entries. SLB has no package on npm: our own types. */
export interface AclEntriesInput {
  readonly AclId: string;
  /** A JSON list in one text. */
  readonly AclEntrys: string;
}

export const ACL_ENTRIES = { AclId: neededText, AclEntrys: neededText };
