import type { ParameterTable } from '../../operation/family.js';
import { clientToken, flag, listOf, neededText, oneOf } from '../request/parameters.js';

/** The parameters to bind vSwitches to a network ACL, and to unbind them: up to 30 in one call. */
export const BINDING_PARAMETERS = {
  NetworkAclId: neededText,
  Resource: {
    ...listOf({ ResourceType: oneOf('VSwitch'), ResourceId: neededText }),
    required: true,
    length: [1, 30],
  },
  ClientToken: clientToken,
  DryRun: flag,
} satisfies ParameterTable;
