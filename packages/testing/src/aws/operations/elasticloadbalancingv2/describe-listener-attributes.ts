import type {
  DescribeListenerAttributesInput,
  DescribeListenerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { attributeList } from '../../load-balancing/attributes.js';
import { getListener } from '../../load-balancing/find.js';
import { listenerAttributes } from '../../load-balancing/listener/listener-attributes.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Every attribute that a listener of its protocol has. */
export const describeListenerAttributes = operation<
  Given<DescribeListenerAttributesInput>,
  DescribeListenerAttributesOutput
>({
  service: 'elasticloadbalancingv2',
  name: 'DescribeListenerAttributes',
  kind: 'read',
  run: (call, input) => ({ Attributes: attributeList(listenerAttributes(getListener(call.state, input.ListenerArn))) }),
});
