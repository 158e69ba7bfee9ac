import {
  ifResolved,
  isChanged,
  isSet,
  resource,
  several,
  word,
  type Act,
  type ActValues,
  type Answer,
  type Caller,
} from '@postern/core/internal/overlay';
import { attributesOf, nameOf } from './calls.js';

const APPLICATION = ['application'];
const NETWORK = ['network'];
const ANY = [...APPLICATION, ...NETWORK, 'gateway'];

/**
 * The attributes that are set by a call of their own, and the types of load balancers for which the provider sends them.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/load_balancer.go
 */
const ATTRIBUTES: Readonly<Record<string, readonly [key: string, types: readonly string[]]>> = {
  client_keep_alive: ['client_keep_alive.seconds', APPLICATION],
  desync_mitigation_mode: ['routing.http.desync_mitigation_mode', APPLICATION],
  dns_record_client_routing_policy: ['dns_record.client_routing_policy', NETWORK],
  drop_invalid_header_fields: ['routing.http.drop_invalid_header_fields.enabled', APPLICATION],
  enable_cross_zone_load_balancing: ['load_balancing.cross_zone.enabled', [...NETWORK, 'gateway']],
  enable_deletion_protection: ['deletion_protection.enabled', ANY],
  enable_http2: ['routing.http2.enabled', APPLICATION],
  enable_tls_version_and_cipher_suite_headers: [
    'routing.http.x_amzn_tls_version_and_cipher_suite.enabled',
    APPLICATION,
  ],
  enable_waf_fail_open: ['waf.fail_open.enabled', APPLICATION],
  enable_xff_client_port: ['routing.http.xff_client_port.enabled', APPLICATION],
  enable_zonal_shift: ['zonal_shift.config.enabled', [...APPLICATION, ...NETWORK]],
  idle_timeout: ['idle_timeout.timeout_seconds', APPLICATION],
  preserve_host_header: ['routing.http.preserve_host_header.enabled', APPLICATION],
  xff_header_processing_mode: ['routing.http.xff_header_processing.mode', APPLICATION],
};

const NAMES = [...Object.keys(ATTRIBUTES), 'attributes'];

const typeOf = (values: ActValues): string => word(values['load_balancer_type']) ?? 'application';

function setAttributes(arn: unknown, values: ActValues, names: readonly string[], caller: Caller): void {
  const type = typeOf(values);
  const keys = Object.entries(ATTRIBUTES).map(([name, [key, types]]) => [name, types.includes(type) ? key : undefined]);
  const Attributes = attributesOf(values, Object.fromEntries(keys), (name) => names.includes(name));
  if (Attributes.length > 0)
    caller.call('elasticloadbalancingv2.ModifyLoadBalancerAttributes', { LoadBalancerArn: arn, Attributes });
}

const ENFORCED = 'enforce_security_group_inbound_rules_on_private_link_traffic';

/** A network load balancer without groups is not given any. */
function setGroups(arn: unknown, values: ActValues, caller: Caller): void {
  const groups = several(values['security_groups']);
  const enforced = typeOf(values) === 'network' ? word(values[ENFORCED]) : undefined;
  if (groups.length === 0) return;

  caller.call('elasticloadbalancingv2.SetSecurityGroups', {
    LoadBalancerArn: arn,
    SecurityGroups: groups,
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforced,
  });
}

function setSubnets(arn: unknown, before: ActValues, values: ActValues, caller: Caller): void {
  const isMapped = isChanged(before, values, 'subnet_mapping');
  const { Subnets, SubnetMappings } = caller.fill('elasticloadbalancingv2.SetSubnets', values, {
    SubnetMappings: 'subnet_mapping',
  });
  const sent = isMapped && SubnetMappings !== undefined ? { SubnetMappings } : { Subnets };
  caller.call('elasticloadbalancingv2.SetSubnets', { LoadBalancerArn: arn, ...sent });
}

const outputs = ({ LoadBalancers: [made] }: Answer) => ({
  dns_name: made.DNSName,
  zone_id: made.CanonicalHostedZoneId,
  vpc_id: made.VpcId,
  arn_suffix: String(made.LoadBalancerArn).split(':loadbalancer/')[1],
});

const CREATE = 'elasticloadbalancingv2.CreateLoadBalancer';
const DELETE = 'elasticloadbalancingv2.DeleteLoadBalancer';

const loadBalancer = resource(CREATE, 'LoadBalancers.0.LoadBalancerArn', DELETE, {
  takesAddresses: true,
  names: { Type: 'load_balancer_type', SubnetMappings: 'subnet_mapping', IpAddressType: '-' },
  gives: ['dns_name', 'zone_id', 'arn_suffix', 'vpc_id'],
  input: ({ Subnets, ...input }, values, caller) => ({
    ...input,
    Type: typeOf(values),
    Name: nameOf(values, caller, 'tf-lb-'),
    Scheme: isSet(values['internal']) ? 'internal' : undefined,
    // A plan has both: subnets follow from mappings.
    Subnets: input['SubnetMappings'] === undefined ? Subnets : undefined,
    // Where it is open, it is the one that the service chooses.
    IpAddressType: word(ifResolved(values['ip_address_type'])),
  }),
  outputs,
  after: (values, { arn }, caller) => {
    setAttributes(arn, values, NAMES, caller);
    if (word(values[ENFORCED]) !== undefined && typeOf(values) === 'network') setGroups(arn, values, caller);
  },
  readyMs: 200_000,
  update: (before, values, caller) => {
    const { arn } = before;
    const after = { load_balancer_type: before['load_balancer_type'], ...values };
    setAttributes(
      arn,
      after,
      NAMES.filter((name) => isChanged(before, values, name)),
      caller,
    );
    if (isChanged(before, values, 'security_groups', ENFORCED)) setGroups(arn, after, caller);
    if (isChanged(before, values, 'subnets', 'subnet_mapping')) setSubnets(arn, before, values, caller);
    if (isChanged(before, values, 'ip_address_type'))
      caller.call('elasticloadbalancingv2.SetIpAddressType', {
        LoadBalancerArn: arn,
        IpAddressType: word(values['ip_address_type']),
      });
  },
  goneMs: 120_000,
  // A snapshot does not have it.
  prior: (before, caller) => {
    if (isSet(before['enable_deletion_protection']))
      setAttributes(before['arn'], before, ['enable_deletion_protection'], caller);
  },
});

/** Load balancers and trust stores. */
export const loadBalancerActs: Readonly<Record<string, Act>> = {
  aws_lb: loadBalancer,
  aws_alb: loadBalancer,
  aws_lb_trust_store: resource(
    'elasticloadbalancingv2.CreateTrustStore',
    'TrustStores.0.TrustStoreArn',
    'elasticloadbalancingv2.DeleteTrustStore',
    {
      input: (input, values, caller) => ({ ...input, Name: nameOf(values, caller, 'tf-') }),
      readyMs: 60_000,
      isUnseen: true,
    },
  ),
};
