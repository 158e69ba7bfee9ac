import type { Fields, Step } from './build-world.js';

const odd = (number: number): boolean => number % 2 === 1;
const TOKEN: Fields = {
  Type: 'jwt-validation',
  Order: 1,
  JwtValidationConfig: { JwksEndpoint: 'https://keys.example.com/jwks', Issuer: 'https://keys.example.com' },
};

const PROTOCOLS = { app: ['HTTP', 'HTTPS'], net: ['TCP', 'TLS', 'UDP'] } as const;
const SHIFTED = [undefined, true, false] as const;
const HEALTH = ['unhealthy', 'unavailable', undefined] as const;

/** Load balancers, their targets, services, links and APIs. */
export const backendSteps: Readonly<Record<string, Step>> = {
  'load balancer': (site, [a, b, c]) => {
    if (site.all('balancer').length >= 4) return;
    const first = site.pick('subnet', a);
    const vpcId = site.pick('subnet home', a);
    const second = site.pick(`subnet in ${vpcId}`, c);
    const application = odd(b);
    const Type = application ? 'application' : 'network';
    const { LoadBalancers } = site.elb('CreateLoadBalancer', {
      Name: `lb-${site.all('balancer').length}`,
      Type,
      Scheme: c % 5 === 0 && application ? 'internet-facing' : 'internal',
      Subnets: [...new Set([first, second])],
      ...(application || c % 3 === 0 ? { SecurityGroups: [site.pick(`group in ${vpcId}`, c)] } : {}),
    });
    const arn: string = LoadBalancers[0].LoadBalancerArn;
    site.keep('balancer', arn);
    site.keep('balancer home', vpcId);
  },
  'cross zone': (site, [a, b]) => {
    site.elb('ModifyLoadBalancerAttributes', {
      LoadBalancerArn: site.pick('balancer', a),
      Attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: String(odd(b)) }],
    });
  },
  'idle timeout': (site, [a, b]) => {
    const arn = site.pick('balancer', a);
    if (!arn.includes('/app/')) return;
    const Value = String(1 + (b % 4000));
    site.elb('ModifyLoadBalancerAttributes', {
      LoadBalancerArn: arn,
      Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value }],
    });
  },
  'target group': (site, [a, b, c]) => {
    if (site.all('target group').length >= 6) return;
    const kinds: readonly Fields[] = [
      { Protocol: 'HTTP', Port: 8080, TargetType: 'ip' },
      { Protocol: 'TCP', Port: 443, TargetType: 'alb' },
      { Protocol: 'TCP', Port: 5432, TargetType: 'ip', HealthCheckPort: '8086' },
      { Protocol: 'TCP', Port: 22, TargetType: 'instance' },
      { Protocol: 'HTTPS', Port: 8443, TargetType: 'instance' },
      { Protocol: 'UDP', Port: 53, TargetType: 'ip' },
    ];
    const { TargetGroups } = site.elb('CreateTargetGroup', {
      Name: `tg-${site.all('target group').length}`,
      VpcId: site.pick('vpc', a),
      ...kinds[b % kinds.length],
      HealthCheckIntervalSeconds: c % 2 === 0 ? 30 : 10,
    });
    site.keep('target group', TargetGroups[0].TargetGroupArn);
  },
  'target group attribute': (site, [a, b]) => {
    const attributes = [
      { Key: 'preserve_client_ip.enabled', Value: String(odd(a)) },
      { Key: 'load_balancing.cross_zone.enabled', Value: odd(a) ? 'true' : 'false' },
      { Key: 'deregistration_delay.timeout_seconds', Value: String(a % 100) },
      { Key: 'deregistration_delay.connection_termination.enabled', Value: String(odd(a)) },
    ];
    site.elb('ModifyTargetGroupAttributes', {
      TargetGroupArn: site.pick('target group', a),
      Attributes: [attributes[b % attributes.length]],
    });
  },
  target: (site, [a, b, c]) => {
    const TargetGroupArn = site.pick('target group', a);
    const [{ TargetType, VpcId }] = site.elb('DescribeTargetGroups', {
      TargetGroupArns: [TargetGroupArn],
    }).TargetGroups;
    const address = (): string => {
      const [subnet] = site.ec2('DescribeSubnets', { SubnetIds: [site.pick(`subnet in ${VpcId}`, b)] }).Subnets;
      return subnet.CidrBlock.replace(/\.0\/\d+$/, `.${5 + (c % 9)}`);
    };
    const Id =
      TargetType === 'alb'
        ? site.pick('balancer', b)
        : TargetType === 'instance'
          ? `i-${'0'.repeat(16)}${b % 9}`
          : address();
    site.elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id, ...(odd(c) ? { Port: 443 } : {}) }] });
    site.keep('target', Id);
    site.keep('target home', TargetGroupArn);
  },
  'target off': (site, [a]) => {
    const Targets = [{ Id: site.pick('target', a) }];
    site.elb('DeregisterTargets', { TargetGroupArn: site.pick('target home', a), Targets });
  },
  health: ({ simulation, region, pick }, [a, b, c]) => {
    const state = HEALTH[b % 3];
    simulation.plant(region, {
      kind: 'target-health',
      targetGroupArn: pick('target home', a),
      targetId: pick('target', a),
      state,
      reason: state === 'unhealthy' ? 'Target.FailedHealthChecks' : undefined,
      shifted: SHIFTED[c % 3],
    });
  },
  certificate: (site, [a, b]) => {
    const { CertificateArn } = site.call('acm', 'RequestCertificate', {
      DomainName: `n${a % 9}.example.com`,
      ...(odd(b) ? { SubjectAlternativeNames: [`*.n${a % 9}.example.com`, `m${b % 9}.example.com`] } : {}),
      ValidationMethod: 'DNS',
    });
    site.keep('certificate', CertificateArn);
  },
  listener: (site, [a, b, c, d]) => {
    const LoadBalancerArn = site.pick('balancer', a);
    const family = LoadBalancerArn.includes('/app/') ? 'app' : 'net';
    const Protocol = PROTOCOLS[family][b % PROTOCOLS[family].length] ?? '';
    const secure = Protocol === 'HTTPS' || Protocol === 'TLS';
    const actions: readonly (() => Fields)[] = [
      () => ({ Type: 'forward', TargetGroupArn: site.pick('target group', c) }),
      () => ({ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_302', Protocol: 'HTTPS' } }),
      () => ({ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }),
      () => ({
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [site.pick('target group', c), site.pick('target group', c + 1)].map((TargetGroupArn) => ({
            TargetGroupArn,
            Weight: 1,
          })),
        },
      }),
    ];
    const { Listeners } = site.elb('CreateListener', {
      LoadBalancerArn,
      Protocol,
      Port: [80, 443, 8080][d % 3],
      DefaultActions: [
        ...(Protocol === 'HTTPS' && c % 2 === 0 ? [TOKEN] : []),
        { ...actions[family === 'net' ? 0 : d % 4]?.(), Order: 2 },
      ],
      ...(secure ? { Certificates: [{ CertificateArn: site.pick('certificate', d) }] } : {}),
    });
    site.keep('listener', Listeners[0].ListenerArn);
  },
  'more certificates': (site, [a, b]) => {
    const Certificates = [{ CertificateArn: site.pick('certificate', b) }];
    site.elb('AddListenerCertificates', { ListenerArn: site.pick('listener', a), Certificates });
  },
  rule: (site, [a, b, c]) => {
    const conditions: readonly Fields[] = [
      { Field: 'path-pattern', Values: [`/${b}/*`] },
      { Field: 'host-header', Values: [`n${b}.example.com`, '*.example.com'].slice(0, 1) },
      { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['PUT', 'GET'] } },
      { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8', `192.168.${b % 200}.0/24`] } },
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Key', Values: ['s3cret'] } },
      { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'key', Value: 's3cret' }] } },
      { Field: 'path-pattern', RegexValues: ['/s3cret-[0-9]+'] },
    ];
    const first = conditions[b % conditions.length];
    const second = conditions[c % conditions.length];
    site.elb('CreateRule', {
      ListenerArn: site.pick('listener', a),
      Priority: 1 + (b % 100),
      Conditions: [first, ...(first?.['Field'] === second?.['Field'] ? [] : [second])],
      Actions: [
        odd(c)
          ? { Type: 'forward', TargetGroupArn: site.pick('target group', c) }
          : { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } },
      ],
    });
  },
  service: async (site, [a, b]) => {
    const map = (operation: string, input: Fields) => site.call('servicediscovery', operation, input);
    const { OperationId } = map('CreateHttpNamespace', { Name: `space-${a}-${b}` });
    await site.simulation.advance(120_000);
    const { NAMESPACE } = map('GetOperation', { OperationId }).Operation.Targets;
    const { Service } = map('CreateService', {
      Name: `service-${b}`,
      NamespaceId: NAMESPACE,
      ...(odd(b) ? { HealthCheckCustomConfig: {} } : {}),
    });
    site.keep('service', Service.Id);
    site.keep('service arn', Service.Arn);
  },
  'service instance': (site, [a, b, c]) => {
    const ServiceId = site.pick('service', a);
    site.call('servicediscovery', 'RegisterInstance', {
      ServiceId,
      InstanceId: `instance-${b % 5}`,
      Attributes: {
        AWS_INSTANCE_IPV4: `10.0.0.${b % 200}`,
        ...(odd(c) ? { AWS_INSTANCE_PORT: String(8000 + c) } : {}),
        ...(c % 3 === 0 ? { AWS_INSTANCE_IPV6: '2001:db8::7' } : {}),
      },
    });
  },
  'service health': (site, [a, b, c]) => {
    site.call('servicediscovery', 'UpdateInstanceCustomHealthStatus', {
      ServiceId: site.pick('service', a),
      InstanceId: `instance-${b % 5}`,
      Status: odd(c) ? 'HEALTHY' : 'UNHEALTHY',
    });
  },
  link: (site, [a, b, c]) => {
    const vpcId = site.pick('subnet home', a);
    const subnets = [site.pick('subnet', a), site.pick(`subnet in ${vpcId}`, b)];
    const { VpcLinkId } = site.http('CreateVpcLink', {
      Name: `link ${a}`,
      SubnetIds: [...new Set(subnets)],
      SecurityGroupIds: odd(c) ? [site.pick(`group in ${vpcId}`, c)] : [],
      Tags: odd(b) ? { 'postern:project': 'shop', 'postern:integration': `i${b}` } : { team: 'x' },
    });
    site.keep('link', VpcLinkId);
  },
  'link gone': (site, [a]) => site.http('DeleteVpcLink', { VpcLinkId: site.pick('link', a) }),
  api: (site, [a, b]) => {
    const { ApiId } = site.http('CreateApi', { Name: `api ${a}`, ProtocolType: 'HTTP' });
    site.keep('api', ApiId);
    site.http('CreateStage', { ApiId, StageName: odd(b) ? '$default' : 'prod', AutoDeploy: odd(b) });
  },
  'gateway route': (site, [a, b, c, d]) => {
    const ApiId = site.pick('api', a);
    const uris = [...site.all('listener'), ...site.all('service arn')];
    const uri = uris[c % Math.max(1, uris.length)];
    const ours = odd(d);
    const { IntegrationId } = site.http('CreateIntegration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      PayloadFormatVersion: '1.0',
      ...(c % 4 === 0 || uri === undefined
        ? { IntegrationUri: 'https://example.com' }
        : { ConnectionType: 'VPC_LINK', ConnectionId: site.pick('link', b), IntegrationUri: uri }),
      ...(ours ? { Description: `postern:shop@shop/i${d}` } : {}),
      ...(d % 3 === 0 ? { RequestParameters: { 'overwrite:path': '$request.path' } } : {}),
      ...(d % 5 === 0 ? { TlsConfig: { ServerNameToVerify: 'n1.example.com' } } : {}),
    });
    site.http('CreateRoute', {
      ApiId,
      RouteKey: `GET /${b}`,
      Target: `integrations/${IntegrationId}`,
      AuthorizationType: d % 7 === 0 ? 'AWS_IAM' : 'NONE',
    });
  },
  deployment: (site, [a, b]) => {
    site.http('CreateDeployment', {
      ApiId: site.pick('api', a),
      StageName: 'prod',
      ...(odd(b) ? { Description: `postern:shop@shop/${b}` } : {}),
    });
  },
};
