import { entries, withoutNull, type Apply, type Values } from '../area.js';

/** A target that is a load balancer: `balancer nlb`. */
export const BALANCER = /^balancer (\w+)$/;

/** Attributes of load balancers and groups: the argument of the provider, and the key of the service. */
const KEYS: Readonly<Record<string, string>> = {
  idle_timeout: 'idle_timeout.timeout_seconds',
  client_keep_alive: 'client_keep_alive.seconds',
  desync_mitigation_mode: 'routing.http.desync_mitigation_mode',
  xff_header_processing_mode: 'routing.http.xff_header_processing.mode',
  dns_record_client_routing_policy: 'dns_record.client_routing_policy',
  deregistration_delay: 'deregistration_delay.timeout_seconds',
  slow_start: 'slow_start.duration_seconds',
  load_balancing_algorithm_type: 'load_balancing.algorithm.type',
  preserve_client_ip: 'preserve_client_ip.enabled',
  proxy_protocol_v2: 'proxy_protocol_v2.enabled',
  connection_termination: 'deregistration_delay.connection_termination.enabled',
};

const REQUEST = { DomainName: 'shop.example.com', ValidationMethod: 'DNS' };
/** So long a certificate is validated, as in the tests of load balancers. */
const ISSUED_SECONDS = 600;

/** Creates load balancers, target groups and listeners, as the provider does. */
export async function applyBalancing(values: Values, { create, call, wait, ids }: Apply): Promise<void> {
  const elb = (address: string, operation: string, input: Values) =>
    create(address, 'elasticloadbalancingv2', operation, input);
  const set = (operation: string, name: string, address: string, attributes: Values): void => {
    const Attributes = entries(attributes).map(([key, value]) => ({ Key: KEYS[key] ?? key, Value: String(value) }));
    if (Attributes.length > 0) call('elasticloadbalancingv2', operation, { [name]: ids[address], Attributes });
  };
  for (const [key, { name, type, internal, subnets, groups, attributes }] of entries(values['balancers'])) {
    const address = `aws_lb.${key}`;
    ids[address] = elb(address, 'CreateLoadBalancer', {
      Name: name,
      Type: type,
      Scheme: internal === true ? 'internal' : 'internet-facing',
      Subnets: subnets.map((one: string) => ids[`aws_subnet.${one}`]),
      SecurityGroups: groups.map((one: string) => ids[`aws_security_group.${one}`]),
    }).LoadBalancers[0].LoadBalancerArn;
    set('ModifyLoadBalancerAttributes', 'LoadBalancerArn', address, attributes);
  }
  for (const [key, one] of entries(values['targetGroups'])) {
    const address = `aws_lb_target_group.${key}`;
    ids[address] = elb(address, 'CreateTargetGroup', groupInput(one, ids)).TargetGroups[0].TargetGroupArn;
    // The provider sends attributes of no other groups: internal/service/elbv2/target_group.go, targetTypesSupported.
    if (one.target_type === 'alb' || one.target_type === 'lambda') continue;
    set('ModifyTargetGroupAttributes', 'TargetGroupArn', address, one.attributes);
    const { type, enabled, cookie_name: cookie } = one.stickiness ?? {};
    const sticky = withoutNull({
      'stickiness.type': type,
      'stickiness.enabled': enabled,
      'stickiness.app_cookie.cookie_name': cookie,
    });
    set('ModifyTargetGroupAttributes', 'TargetGroupArn', address, sticky);
  }
  // The certificate that listeners name exists: a plan does not show whether it does.
  const isNamed = entries(values['listeners']).some(([, one]) => one.certificate_arn !== null);
  const { CertificateArn } = isNamed ? call('acm', 'RequestCertificate', REQUEST) : {};
  if (isNamed) await wait(ISSUED_SECONDS);
  for (const [key, { balancer, action, ...one }] of entries(values['listeners'])) {
    const address = `aws_lb_listener.${key}`;
    ids[address] = elb(address, 'CreateListener', {
      LoadBalancerArn: ids[`aws_lb.${balancer}`],
      Port: one.port,
      Protocol: one.protocol,
      SslPolicy: one.ssl_policy,
      Certificates: one.certificate_arn === null ? null : [{ CertificateArn }],
      AlpnPolicy: one.alpn_policy === null ? null : [one.alpn_policy],
      DefaultActions: [actionInput(action, ids)],
    }).Listeners[0].ListenerArn;
  }
  values['listenerRules'].forEach(({ priority, action, conditions }: Values, at: number) =>
    elb(`aws_lb_listener_rule.r${at}`, 'CreateRule', {
      ListenerArn: ids['aws_lb_listener.shop'],
      Priority: priority,
      Actions: [actionInput(action, ids)],
      Conditions: conditions.map(conditionInput),
    }),
  );
  for (const { group, id: target, port, zone } of values['targets']) {
    const balancer = BALANCER.exec(target)?.[1];
    call('elasticloadbalancingv2', 'RegisterTargets', {
      TargetGroupArn: ids[`aws_lb_target_group.${group}`],
      Targets: [
        withoutNull({
          Id: balancer === undefined ? target : ids[`aws_lb.${balancer}`],
          Port: port,
          AvailabilityZone: zone,
        }),
      ],
    });
  }
}

function groupInput(one: Values, ids: Apply['ids']): Values {
  const check = one['health_check'] ?? {};
  const isGrpc = one['protocol_version'] === 'GRPC';
  // The provider sends none of these for a function: internal/service/elbv2/target_group.go, resourceTargetGroupCreate.
  const isFunction = one['target_type'] === 'lambda';
  const ofNetwork = {
    VpcId: ids[`aws_vpc.${one['network']}`],
    Port: one['port'],
    Protocol: one['protocol'],
    ProtocolVersion: one['protocol_version'],
    HealthCheckProtocol: check.protocol,
    HealthCheckPort: check.port,
  };
  return {
    Name: one['name'],
    TargetType: one['target_type'],
    ...(isFunction ? {} : ofNetwork),
    HealthCheckEnabled: check.enabled,
    HealthCheckPath: check.path,
    HealthCheckIntervalSeconds: check.interval,
    HealthCheckTimeoutSeconds: check.timeout,
    HealthyThresholdCount: check.healthy_threshold,
    UnhealthyThresholdCount: check.unhealthy_threshold,
    Matcher: check.matcher === undefined ? null : isGrpc ? { GrpcCode: check.matcher } : { HttpCode: check.matcher },
  };
}

function actionInput({ type, groups, redirect, fixed_response: answer }: Values, ids: Apply['ids']): Values {
  const arn = (group: string) => ids[`aws_lb_target_group.${group}`];
  if (type === 'redirect') {
    const { port, protocol, host, path, status_code: StatusCode } = redirect;
    return {
      Type: type,
      RedirectConfig: withoutNull({ Port: port, Protocol: protocol, Host: host, Path: path, StatusCode }),
    };
  }
  if (type === 'fixed-response')
    return { Type: type, FixedResponseConfig: { StatusCode: answer.status_code, ContentType: answer.content_type } };
  if (groups.length === 1) return { Type: type, TargetGroupArn: arn(groups[0].group) };
  const TargetGroups = groups.map(({ group, weight }: Values) => ({ TargetGroupArn: arn(group), Weight: weight }));
  return { Type: type, ForwardConfig: { TargetGroups } };
}

const FIELDS: Readonly<Record<string, (value: Values) => Values>> = {
  path_pattern: ({ values }) => ({ Field: 'path-pattern', PathPatternConfig: { Values: values } }),
  host_header: ({ values }) => ({ Field: 'host-header', HostHeaderConfig: { Values: values } }),
  http_request_method: ({ values }) => ({ Field: 'http-request-method', HttpRequestMethodConfig: { Values: values } }),
  source_ip: ({ values }) => ({ Field: 'source-ip', SourceIpConfig: { Values: values } }),
  http_header: ({ http_header_name: HttpHeaderName, values }) => ({
    Field: 'http-header',
    HttpHeaderConfig: { HttpHeaderName, Values: values },
  }),
};

function conditionInput(condition: Values): Values {
  const [[name = '', value] = []] = entries(condition);
  return FIELDS[name]?.(value) ?? {};
}
