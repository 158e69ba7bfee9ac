import type { ModifyListenerInput, ModifyListenerOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { getListener, getLoadBalancer } from '../../load-balancing/find.js';
import { MUTUAL, PORT, PROTOCOLS, actionLimits } from '../../load-balancing/limits.js';
import {
  duplicateListener,
  listenerSettings,
  portHolder,
  type WantedListener,
} from '../../load-balancing/listener/listeners.js';
import { noteAttachments } from '../../load-balancing/references.js';
import { listenerView } from '../../load-balancing/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import type { ListenerRow } from '../../state/load-balancing-state.js';

/** Replaces properties of a listener; what is not named stays. Leaving HTTPS or TLS drops policy and certificate. */
export const modifyListener = operation<Given<ModifyListenerInput>, ModifyListenerOutput>({
  service: 'elasticloadbalancingv2',
  name: 'ModifyListener',
  kind: 'write',
  limits: { Protocol: { values: PROTOCOLS }, Port: PORT, ...actionLimits('DefaultActions'), ...MUTUAL },
  run: (call, input) => {
    const row = getListener(call.state, input.ListenerArn);
    const balancer = getLoadBalancer(call.state, row.loadBalancerArn);
    const settings = listenerSettings(call, balancer, merged(row, input));
    const moved = settings.port !== row.port || settings.protocol !== row.protocol;
    const holder = moved ? portHolder(call, balancer, settings) : undefined;
    if (holder !== undefined && holder !== row) throw duplicateListener(balancer);
    Object.assign(row, settings);
    if (!SECURE.has(settings.protocol)) row.extraCertificateArns = [];
    noteAttachments(call);
    return { Listeners: [listenerView(row)] };
  },
});

const SECURE = new Set<string | undefined>(['HTTPS', 'TLS']);

function merged(row: ListenerRow, input: Given<ModifyListenerInput>): WantedListener {
  const protocol = input.Protocol ?? row.protocol;
  const secure = SECURE.has(protocol);
  const certificate = row.certificateArn === undefined ? undefined : [{ CertificateArn: row.certificateArn }];
  return {
    protocol,
    port: input.Port ?? row.port,
    sslPolicy: input.SslPolicy ?? (secure ? row.sslPolicy : undefined),
    certificates: input.Certificates ?? (secure ? certificate : undefined),
    alpnPolicy: input.AlpnPolicy ?? (protocol === 'TLS' ? row.alpnPolicy : undefined),
    mutualAuthentication: input.MutualAuthentication ?? (protocol === 'HTTPS' ? row.mutualAuthentication : undefined),
    defaultActions: input.DefaultActions ?? row.defaultActions,
  };
}
