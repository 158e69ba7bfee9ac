import type { Parameter } from '../../operation.js';
import { clientToken, flag, listOf, neededText, oneOf } from '../request/parameters.js';

/** What binding vSwitches to a network ACL takes, and taking them off: up to 30 at once. */
export const BINDING_PARAMETERS: Readonly<Record<string, Parameter>> = {
  NetworkAclId: neededText,
  Resource: {
    ...listOf({ ResourceType: oneOf('VSwitch'), ResourceId: neededText }),
    required: true,
    length: [1, 30],
  },
  ClientToken: clientToken,
  DryRun: flag,
};
