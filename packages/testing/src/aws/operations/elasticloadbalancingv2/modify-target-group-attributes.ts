import type {
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { attributeList } from '../../load-balancing/attributes.js';
import { getTargetGroup } from '../../load-balancing/find.js';
import { ATTRIBUTES } from '../../load-balancing/limits.js';
import { changedTargetGroupAttributes } from '../../load-balancing/target-group/target-group-attributes.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Sets attributes of a target group; answers all of them. */
export const modifyTargetGroupAttributes = operation<
  Given<ModifyTargetGroupAttributesInput>,
  ModifyTargetGroupAttributesOutput
>({
  service: 'elasticloadbalancingv2',
  name: 'ModifyTargetGroupAttributes',
  kind: 'write',
  limits: ATTRIBUTES,
  run: (call, input) => {
    const row = getTargetGroup(call.state, input.TargetGroupArn);
    row.attributes = changedTargetGroupAttributes(row, input.Attributes);
    return { Attributes: attributeList(row.attributes) };
  },
});
