import { AlibabaError } from '../../operation/service-error.js';
import type { SecurityGroupRow } from '../../vpc/state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { getSecurityGroup } from '../../vpc/request/lookups.js';

/**
 * The groups that an interface of a VPC is to carry: all there, of that VPC, of one type, five at most.
 * @throws {AlibabaError} `InvalidSecurityGroupId.NotFound`, `OperationDenied.InconsistentNetwork`,
 *   `InstanceSecurityGroupLimitExceeded`, `InvalidSecurityGroup.…` [?]
 */
export function readInterfaceGroups(
  state: AlibabaRegionState,
  vpcId: string,
  ids: readonly string[],
): readonly SecurityGroupRow[] {
  const groups = [...new Set(ids)].map((id) => getSecurityGroup(state, id));
  if (groups.some((group) => group.vpcId !== vpcId)) {
    throw new AlibabaError(
      'OperationDenied.InconsistentNetwork',
      'The specified security group and vswitch are not in the same vpc.',
      403,
    );
  }
  if (groups.length > 5) {
    throw new AlibabaError(
      'InstanceSecurityGroupLimitExceeded',
      'Exceeding the allowed amount of security groups that an instance can be in.',
    );
  }
  if (new Set(groups.map(({ type }) => type)).size > 1) {
    // [?] the code; that one interface cannot have both is documented
    throw new AlibabaError(
      'InvalidSecurityGroup.TypeMismatch',
      'Basic and advanced security groups cannot be used together.',
      403,
    );
  }
  return groups;
}
