import type { CreateListenerInput, CreateListenerOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../../call.js';
import { listenerArn, ruleArn } from '../../load-balancing/arns.js';
import { getLoadBalancer, listenersOf } from '../../load-balancing/find.js';
import { MUTUAL, PORT, PROTOCOLS, TAGS, actionLimits } from '../../load-balancing/limits.js';
import {
  duplicateListener,
  listenerSettings,
  portHolder,
  type ListenerSettings,
} from '../../load-balancing/listener/listeners.js';
import { noteAttachments } from '../../load-balancing/references.js';
import { newTags } from '../../load-balancing/tags.js';
import { listenerView } from '../../load-balancing/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';
import type { ListenerRow, LoadBalancerRow } from '../../state/load-balancing-state.js';

/** Makes a listener. The same call again answers the same listener. */
export const createListener = operation<Given<CreateListenerInput>, CreateListenerOutput>({
  service: 'elasticloadbalancingv2',
  name: 'CreateListener',
  kind: 'write',
  limits: { Protocol: { values: PROTOCOLS }, Port: PORT, ...actionLimits('DefaultActions'), ...TAGS, ...MUTUAL },
  run: (call, input) => {
    const balancer = getLoadBalancer(call.state, input.LoadBalancerArn);
    const settings = listenerSettings(call, balancer, {
      protocol: input.Protocol,
      port: input.Port,
      sslPolicy: input.SslPolicy,
      certificates: input.Certificates,
      alpnPolicy: input.AlpnPolicy,
      mutualAuthentication: input.MutualAuthentication,
      defaultActions: input.DefaultActions,
    });
    const tags = newTags(input.Tags);
    const holder = portHolder(call, balancer, settings);
    if (holder !== undefined) {
      if (!isSame(holder, settings)) throw duplicateListener(balancer);
      return { Listeners: [listenerView(holder)] };
    }
    checkQuota(call, balancer);
    const arn = listenerArn(balancer.arn, call.id('', 16));
    const row: ListenerRow = {
      arn,
      loadBalancerArn: balancer.arn,
      ...settings,
      extraCertificateArns: [],
      defaultRule: { arn: ruleArn(arn, call.id('', 16)), tags: {} },
      attributes: {},
      tags,
    };
    call.state.loadBalancing.listeners.set(arn, row);
    noteAttachments(call);
    return { Listeners: [listenerView(row)] };
  },
});

function isSame(row: ListenerRow, settings: ListenerSettings): boolean {
  return (Object.keys(settings) as (keyof ListenerSettings)[]).every(
    (key) => JSON.stringify(row[key]) === JSON.stringify(settings[key]),
  );
}

function checkQuota(call: AwsCall, balancer: LoadBalancerRow): void {
  if (balancer.type === 'gateway') {
    // A gateway load balancer accepts all traffic: it has one listener.
    if (listenersOf(call.state, balancer.arn).length > 0) throw duplicateListener(balancer);
    return;
  }
  if (listenersOf(call.state, balancer.arn).length < call.quota(`listeners-per-${balancer.type}-load-balancer`)) return;
  throw new ServiceError(
    'TooManyListeners',
    `The maximum number of listeners on load balancer '${balancer.arn}' has been reached`,
  );
}
