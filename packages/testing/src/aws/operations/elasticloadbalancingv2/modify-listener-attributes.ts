import type {
  ModifyListenerAttributesInput,
  ModifyListenerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { attributeList } from '../../load-balancing/attributes.js';
import { getListener } from '../../load-balancing/find.js';
import { ATTRIBUTES } from '../../load-balancing/limits.js';
import { changedListenerAttributes } from '../../load-balancing/listener/listener-attributes.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Sets attributes of a listener; answers all of them. */
export const modifyListenerAttributes = operation<Given<ModifyListenerAttributesInput>, ModifyListenerAttributesOutput>(
  {
    service: 'elasticloadbalancingv2',
    name: 'ModifyListenerAttributes',
    kind: 'write',
    limits: ATTRIBUTES,
    run: (call, input) => {
      const row = getListener(call.state, input.ListenerArn);
      row.attributes = changedListenerAttributes(row, input.Attributes);
      return { Attributes: attributeList(row.attributes) };
    },
  },
);
