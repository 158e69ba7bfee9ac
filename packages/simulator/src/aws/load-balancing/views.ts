import type {
  Listener,
  LoadBalancer,
  LoadBalancerAddress,
  Rule,
  TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../operation/operation.js';
import type { ListenerRow, LoadBalancerRow, LoadBalancerZone, RuleRow, TargetGroupRow } from './state.js';
import { loadBalancersOf } from './find.js';

/** A load balancer as the service describes it. */
export function loadBalancerView(row: LoadBalancerRow): LoadBalancer {
  return {
    LoadBalancerArn: row.arn,
    DNSName: row.dnsName,
    CanonicalHostedZoneId: row.canonicalHostedZoneId,
    CreatedTime: row.createdTime,
    LoadBalancerName: row.name,
    Scheme: row.scheme,
    VpcId: row.vpcId,
    State: { Code: row.state, Reason: row.stateReason },
    Type: row.type,
    AvailabilityZones: row.zones.map(zoneView),
    ...(row.hasSecurityGroups ? { SecurityGroups: [...row.securityGroups] } : {}),
    IpAddressType: row.ipAddressType,
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: row.enforcePrivateLinkInbound,
    EnablePrefixForIpv6SourceNat: row.prefixForIpv6SourceNat,
  };
}

/** A zone as the service describes it: addresses only where the caller fixed them. */
export function zoneView(zone: LoadBalancerZone): NonNullable<LoadBalancer['AvailabilityZones']>[number] {
  const address: LoadBalancerAddress = {
    AllocationId: zone.allocationId,
    PrivateIPv4Address: zone.privateIpv4Address,
    IPv6Address: zone.ipv6Address,
  };
  const fixed = Object.values(address).some((value) => value !== undefined);
  return {
    ZoneName: zone.zoneName,
    SubnetId: zone.subnetId,
    LoadBalancerAddresses: fixed ? [address] : [],
  };
}

/** A listener as the service describes it. */
export function listenerView(row: ListenerRow): Listener {
  return {
    ListenerArn: row.arn,
    LoadBalancerArn: row.loadBalancerArn,
    Port: row.port,
    Protocol: row.protocol,
    ...(row.certificateArn === undefined ? {} : { Certificates: [{ CertificateArn: row.certificateArn }] }),
    SslPolicy: row.sslPolicy,
    DefaultActions: row.defaultActions,
    AlpnPolicy: row.alpnPolicy,
    MutualAuthentication: row.mutualAuthentication,
  };
}

/** A rule as the service describes it. */
export function ruleView(row: RuleRow): Rule {
  return {
    RuleArn: row.arn,
    Priority: String(row.priority),
    Conditions: row.conditions,
    Actions: row.actions,
    IsDefault: false,
    ...(row.transforms.length === 0 ? {} : { Transforms: row.transforms }),
  };
}

/** The rule that every listener has, in the last place. */
export function defaultRuleView(listener: ListenerRow): Rule {
  return {
    RuleArn: listener.defaultRule.arn,
    Priority: 'default',
    Conditions: [],
    Actions: listener.defaultActions,
    IsDefault: true,
  };
}

/** A target group as the service describes it. */
export function targetGroupView(call: AwsCall, row: TargetGroupRow): TargetGroup {
  const check = row.healthCheck;
  const matched = check.httpCode ?? check.grpcCode;
  return {
    TargetGroupArn: row.arn,
    TargetGroupName: row.name,
    Protocol: row.protocol,
    Port: row.port,
    VpcId: row.vpcId,
    HealthCheckProtocol: check.protocol,
    HealthCheckPort: check.port,
    HealthCheckEnabled: check.enabled,
    HealthCheckIntervalSeconds: check.intervalSeconds,
    HealthCheckTimeoutSeconds: check.timeoutSeconds,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    HealthCheckPath: check.path,
    Matcher: matched === undefined ? undefined : { HttpCode: check.httpCode, GrpcCode: check.grpcCode },
    LoadBalancerArns: loadBalancersOf(call.state, row.arn).map(({ arn }) => arn),
    TargetType: row.targetType,
    ProtocolVersion: row.protocolVersion,
    IpAddressType: row.ipAddressType,
    TargetControlPort: row.targetControlPort,
  };
}
