import {
  converted,
  isMembers,
  keyed,
  Open,
  type OpenMembers,
  type OpenValue,
  type ResourceType,
  type Rules,
} from '@postern/core/internal/overlay';
import { ARN, tagged } from './tagged.js';

const ACTION: Rules = {
  ForwardConfig: {
    block: 'forward',
    of: { TargetGroups: { block: 'target_group', of: { TargetGroupArn: 'arn' } } },
  },
  RedirectConfig: { block: 'redirect' },
  FixedResponseConfig: { block: 'fixed_response' },
  AuthenticateCognitoConfig: { block: 'authenticate_cognito' },
  AuthenticateOidcConfig: { block: 'authenticate_oidc' },
};

const CONDITION: Rules = {
  PathPatternConfig: { block: 'path_pattern' },
  HostHeaderConfig: { block: 'host_header' },
  HttpRequestMethodConfig: { block: 'http_request_method' },
  SourceIpConfig: { block: 'source_ip' },
  HttpHeaderConfig: { block: 'http_header' },
};

/** `{ Field: path-pattern, Values }`, the older form of a condition. */
function conditions(value: OpenValue): OpenMembers {
  if (!Array.isArray(value)) return { condition: value };

  return {
    condition: (value as readonly OpenValue[]).map((one) => {
      if (!isMembers(one)) return one;

      const { Field: field, Values: values, QueryStringConfig: query, ...others } = one;
      const isOld = typeof field === 'string' && values !== undefined;
      return {
        ...converted(others, CONDITION),
        ...(isMembers(query)
          ? converted({ query_string: query['Values'] }, { query_string: { block: 'query_string' } })
          : {}),
        ...(isOld ? { [field.replaceAll('-', '_')]: [{ values }] } : {}),
      };
    }),
  };
}

const BALANCER_ATTRIBUTES = {
  'load_balancing.cross_zone.enabled': 'enable_cross_zone_load_balancing',
  'idle_timeout.timeout_seconds': 'idle_timeout',
};

const GROUP_ATTRIBUTES = {
  'deregistration_delay.timeout_seconds': 'deregistration_delay',
  'preserve_client_ip.enabled': 'preserve_client_ip',
};

/** The block of a health check. */
function healthCheckOf(properties: OpenMembers): OpenMembers {
  const { Matcher: matcher } = properties;
  return {
    enabled: properties['HealthCheckEnabled'],
    protocol: properties['HealthCheckProtocol'],
    port: properties['HealthCheckPort'],
    path: properties['HealthCheckPath'],
    interval: properties['HealthCheckIntervalSeconds'],
    timeout: properties['HealthCheckTimeoutSeconds'],
    healthy_threshold: properties['HealthyThresholdCount'],
    unhealthy_threshold: properties['UnhealthyThresholdCount'],
    matcher: isMembers(matcher) ? (matcher['HttpCode'] ?? matcher['GrpcCode']) : matcher,
  };
}

/** A list of one. */
const CERTIFICATE: Rules = {
  Certificates: {
    by: (value) => {
      const [first] = Array.isArray(value) ? (value as readonly OpenValue[]) : [value];
      return { certificate_arn: isMembers(first) ? (first['CertificateArn'] ?? null) : first };
    },
  },
};

/** Elastic Load Balancing. */
export const BALANCING: Readonly<Record<string, ResourceType>> = {
  LoadBalancer: {
    ...tagged(
      'aws_lb',
      'LoadBalancerArn',
      {
        Type: 'load_balancer_type',
        Scheme: { by: (value) => ({ internal: value instanceof Open ? value : value === 'internal' }) },
        SubnetMappings: { block: 'subnet_mapping' },
        LoadBalancerAttributes: { by: (value) => ({ ...keyed(value, BALANCER_ATTRIBUTES), attributes: value }) },
      },
      { LoadBalancerArn: 'arn', DNSName: 'dns_name' },
    ),
    ids: ARN,
    getsProperties: true,
  },
  Listener: {
    type: 'aws_lb_listener',
    ids: ARN,
    attributes: { ListenerArn: 'arn' },
    rules: {
      DefaultActions: { block: 'default_action', of: ACTION },
      MutualAuthentication: { block: 'mutual_authentication' },
      ...CERTIFICATE,
    },
  },
  ListenerCertificate: { type: 'aws_lb_listener_certificate', rules: CERTIFICATE },
  ListenerRule: {
    type: 'aws_lb_listener_rule',
    ids: ARN,
    attributes: { RuleArn: 'arn' },
    rules: { Actions: { block: 'action', of: ACTION }, Conditions: { by: conditions } },
  },
  TargetGroup: {
    ...tagged(
      'aws_lb_target_group',
      'TargetGroupArn',
      {
        TargetGroupAttributes: { by: (value) => ({ ...keyed(value, GROUP_ATTRIBUTES), attributes: value }) },
      },
      { TargetGroupArn: 'arn' },
    ),
    ids: ARN,
    shape: (properties) => {
      const check = healthCheckOf(properties);
      return Object.values(check).every((one) => one === undefined) ? {} : { health_check: [check] };
    },
    parts: [
      {
        type: 'aws_lb_target_group_attachment',
        of: ({ Targets: targets }, self) => {
          if (targets instanceof Open) return [{ target_group_arn: self, target_id: targets }];

          const list = Array.isArray(targets) ? (targets as readonly OpenValue[]) : [];
          return list.map((one) => ({
            target_group_arn: self,
            ...(isMembers(one) ? converted(one, { Id: 'target_id' }) : { target_id: one }),
          }));
        },
      },
    ],
  },
};
