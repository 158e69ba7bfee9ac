import {
  isChanged,
  removes,
  single,
  updatedValues,
  word,
  type Act,
  type ActValues,
  type Caller,
  type Input,
} from '@postern/core/internal/overlay';
import { listed, nameOf, notCarried } from './calls.js';

const PROTECTION = 'Slb.SetLoadBalancerDeleteProtection';
const protectionOf = (values: ActValues): string | undefined =>
  word(values['delete_protection']) ?? word(values['deletion_protection']);

const balancer: Act = {
  gives: ['address'],
  create: (values, caller) => {
    const { LoadBalancerId, Address } = caller.call('Slb.CreateLoadBalancer', {
      LoadBalancerName: nameOf(values, 'load_balancer_name'),
      // Before `address_type` there was `internet`.
      AddressType:
        listed(values['address_type'], ['internet', 'intranet']) ??
        (single(values['internet']) === true ? 'internet' : undefined),
      VSwitchId: word(values['vswitch_id']),
      Address: word(values['address']),
      DeleteProtection: protectionOf(values),
    });
    return { id: LoadBalancerId, address: Address };
  },
  update: (before, values, caller) => {
    const LoadBalancerId = before['id'];
    if (isChanged(before, values, 'address_type')) notCarried('another address type of a load balancer');
    if (isChanged(before, values, 'delete_protection'))
      caller.call(PROTECTION, { LoadBalancerId, DeleteProtection: protectionOf(values) });
    if (isChanged(before, values, 'status'))
      caller.call('Slb.SetLoadBalancerStatus', { LoadBalancerId, LoadBalancerStatus: single(values['status']) });
  },
  // No snapshot has it.
  prior: (before, caller) => {
    if (protectionOf(before) === 'on')
      caller.call(PROTECTION, { LoadBalancerId: before['id'], DeleteProtection: 'on' });
  },
  remove: removes('Slb.DeleteLoadBalancer', 'LoadBalancerId'),
};

const NAMES = {
  ListenerPort: 'frontend_port',
  BackendServerPort: 'backend_port',
  VServerGroupId: 'server_group_id',
  HealthCheckSwitch: 'health_check',
  HealthCheckConnectTimeout: 'health_check_timeout',
  healthCheckInterval: '-',
  // What calls do not notice, in other words than those of the service.
  Gzip: '-',
  XForwardedFor: '-',
  StickySession: '-',
  StickySessionType: '-',
  Cookie: '-',
  CookieTimeout: '-',
  ListenerForward: '-',
  Bandwidth: '-',
  Scheduler: '-',
};

/**
 * The input of a listener as the provider sends it: without health checks and without a list where those are off.
 * @see https://github.com/aliyun/terraform-provider-alicloud (resource_alicloud_slb_listener.go)
 */
function listenerOf(operation: string, values: ActValues, caller: Caller): Input {
  if (word(values['listener_forward']) === 'on') notCarried('a listener that redirects');
  if (word(values['master_slave_server_group_id']) !== undefined) notCarried('a primary/secondary server group');
  const certificate = ['server_certificate_id', 'ssl_certificate_id'].find((name) => word(values[name]) !== undefined);
  const filled = caller.fill(operation, values, { ...NAMES, ServerCertificateId: certificate ?? '-' });
  const isChecked = word(values['health_check']) !== 'off';
  const isListed = word(values['acl_status']) === 'on';
  const sent = Object.entries(filled).filter(
    ([name, value]) =>
      value !== 0 &&
      (isChecked || !/^HealthCheck(?!$|Switch$)|HealthyThreshold$/i.test(name)) &&
      (isListed || !/^Acl(?!Status$)/.test(name)),
  );
  return Object.fromEntries(sent);
}

const protocolOf = (values: ActValues): string => word(values['protocol'])?.toLowerCase() ?? '';

const portOf = (values: ActValues): Input => ({
  LoadBalancerId: single(values['load_balancer_id']),
  ListenerPort: single(values['frontend_port']),
  ListenerProtocol: protocolOf(values),
});

/** Classic load balancers and their listeners. */
export const balancerActs: Readonly<Record<string, Act>> = {
  alicloud_slb_load_balancer: balancer,
  alicloud_slb: balancer,
  alicloud_slb_listener: {
    create: (values, caller) => {
      const operation = `Slb.CreateLoadBalancer${protocolOf(values).toUpperCase()}Listener`;
      const input = listenerOf(operation, values, caller);
      caller.call(operation, input);
      return { id: `${String(input['LoadBalancerId'])}:${protocolOf(values)}:${String(input['ListenerPort'])}` };
    },
    after: (values, _, caller) => void caller.call('Slb.StartLoadBalancerListener', portOf(values)),
    update: (before, values, caller) => {
      if (isChanged(before, values, 'server_group_id')) notCarried('another server group of a listener');
      const after = updatedValues(before, values);
      const operation = `Slb.SetLoadBalancer${protocolOf(after).toUpperCase()}ListenerAttribute`;
      caller.call(operation, listenerOf(operation, after, caller));
    },
    remove: (before, caller) => void caller.call('Slb.DeleteLoadBalancerListener', portOf(before)),
    owners: ['load_balancer_id'],
    feeds: ['load_balancer_id'],
  },
};
