import type {
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { attributeList } from '../../load-balancing/attributes.js';
import { getTargetGroup } from '../../load-balancing/find.js';
import { targetGroupAttributes } from '../../load-balancing/target-group/target-group-attributes.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Every attribute that a target group of its type and protocol has. */
export const describeTargetGroupAttributes = operation<
  Given<DescribeTargetGroupAttributesInput>,
  DescribeTargetGroupAttributesOutput
>({
  service: 'elasticloadbalancingv2',
  name: 'DescribeTargetGroupAttributes',
  kind: 'read',
  run: (call, input) => ({
    Attributes: attributeList(targetGroupAttributes(getTargetGroup(call.state, input.TargetGroupArn))),
  }),
});
