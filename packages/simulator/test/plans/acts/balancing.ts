import { row, type ActedResource } from './row.js';

/** Load balancers with their targets. */
export const balancing: readonly ActedResource[] = [
  row('aws_acm_certificate', { domain_name: '*.example.com', validation_method: 'DNS' }),
  row('aws_acm_certificate.other', { domain_name: 'other.example.com', validation_method: 'DNS' }),
  row('aws_acm_certificate_validation', (of) => ({ certificate_arn: of('aws_acm_certificate')['arn'] })),
  ...['aws_lb', 'aws_alb'].map((type) =>
    row(
      type,
      (of) => ({
        name: type.replace('_', '-'),
        internal: true,
        load_balancer_type: 'application',
        security_groups: [of('aws_security_group')['id']],
        subnets: [of('aws_subnet')['id'], of('aws_subnet.b')['id']],
        idle_timeout: 60,
      }),
      'ModifyLoadBalancerAttributes SetSecurityGroups',
      (of) => ({
        idle_timeout: 90,
        security_groups: [of('aws_security_group')['id'], of('aws_vpc')['default_security_group_id']],
      }),
    ),
  ),
  row(
    'aws_lb.nlb',
    (of) => ({
      name: 'nlb',
      internal: true,
      load_balancer_type: 'network',
      subnet_mapping: [{ subnet_id: of('aws_subnet')['id'], private_ipv4_address: '10.0.1.15' }],
      enable_cross_zone_load_balancing: true,
      idle_timeout: 60,
    }),
    'SetSubnets',
    (of) => ({
      subnet_mapping: [
        { subnet_id: of('aws_subnet')['id'], private_ipv4_address: '10.0.1.15' },
        { subnet_id: of('aws_subnet.b')['id'] },
      ],
    }),
  ),
  row('aws_lb.shared', (of) => ({
    name: 'shared',
    internal: true,
    load_balancer_type: 'network',
    subnets: [of('aws_subnet')['id']],
  })),
  row('aws_vpc_endpoint_service', (of) => ({
    acceptance_required: false,
    network_load_balancer_arns: [of('aws_lb.shared')['arn']],
  })),
  row('aws_lb_trust_store', {
    name: 'clients',
    ca_certificates_bundle_s3_bucket: 'shop',
    ca_certificates_bundle_s3_key: 'ca.pem',
  }),
  ...['aws_lb_target_group', 'aws_alb_target_group', 'aws_lb_target_group.tcp'].map((address) =>
    row(
      address,
      (of) => ({
        name: address.replaceAll(/[_.]/g, '-').slice(0, 32),
        port: 80,
        protocol: address.endsWith('tcp') ? 'TCP' : 'HTTP',
        target_type: 'ip',
        vpc_id: of('aws_vpc')['id'],
        deregistration_delay: '30',
        health_check: [{ enabled: true, path: '/', protocol: 'HTTP', port: 'traffic-port', matcher: '200' }],
      }),
      'ModifyTargetGroup ModifyTargetGroupAttributes',
      {
        deregistration_delay: '60',
        health_check: [{ enabled: true, path: '/up', protocol: 'HTTP', port: 'traffic-port', matcher: '200-299' }],
      },
    ),
  ),
  row('aws_lb_target_group.machines', (of) => ({
    name: 'machines',
    port: 80,
    protocol: 'HTTP',
    vpc_id: of('aws_vpc')['id'],
  })),
  ...['aws_lb_target_group_attachment', 'aws_alb_target_group_attachment'].map((type) =>
    row(
      type,
      (of) => ({
        target_group_arn: of(type.replace('_attachment', ''))['arn'],
        target_id: of('aws_network_interface')['private_ip'],
        port: 8080,
      }),
      'DeregisterTargets RegisterTargets',
      { port: 8081 },
    ),
  ),
  ...['aws_lb_listener', 'aws_alb_listener'].map((type) =>
    row(
      type,
      (of) => ({
        load_balancer_arn: of(type.replace('_listener', ''))['arn'],
        port: 443,
        protocol: 'HTTPS',
        certificate_arn: of('aws_acm_certificate')['arn'],
        mutual_authentication: [{ mode: 'verify', trust_store_arn: of('aws_lb_trust_store')['arn'] }],
        default_action: [
          { type: 'fixed-response', fixed_response: [{ content_type: 'text/plain', status_code: '404' }] },
        ],
      }),
      'ModifyListener',
      (of) => ({
        default_action: [
          { type: 'forward', target_group_arn: of(`${type.replace('_listener', '')}_target_group`)['arn'] },
        ],
      }),
    ),
  ),
  row('aws_lb_listener.nlb', (of) => ({
    load_balancer_arn: of('aws_lb.nlb')['arn'],
    port: 80,
    protocol: 'TCP',
    default_action: [{ type: 'forward', target_group_arn: of('aws_lb_target_group.tcp')['arn'] }],
  })),
  ...['aws_lb_listener_certificate', 'aws_alb_listener_certificate'].map((type) =>
    row(type, (of) => ({
      listener_arn: of(type.replace('_certificate', ''))['arn'],
      certificate_arn: of('aws_acm_certificate.other')['arn'],
    })),
  ),
  ...['aws_lb_listener_rule', 'aws_alb_listener_rule'].map((type) =>
    row(
      type,
      (of) => ({
        listener_arn: of(type.replace('_rule', ''))['arn'],
        action: [{ type: 'redirect', redirect: [{ protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' }] }],
        condition: [
          { path_pattern: [{ values: ['/a*'] }] },
          { http_header: [{ http_header_name: 'x-a', values: ['b'] }] },
          { query_string: [{ key: 'a', value: 'b' }] },
        ],
      }),
      'SetRulePriorities ModifyRule',
      (of) => ({
        priority: 50,
        action: [
          {
            type: 'forward',
            forward: [{ target_group: [{ arn: of(type.replace('listener_rule', 'target_group'))['arn'], weight: 1 }] }],
          },
        ],
      }),
    ),
  ),
  row(
    'aws_autoscaling_group',
    (of) => ({
      name: 'shop',
      min_size: 0,
      max_size: 2,
      desired_capacity: 1,
      vpc_zone_identifier: [of('aws_subnet')['id']],
      launch_template: [{ id: of('aws_launch_template')['id'], version: '$Latest' }],
    }),
    'UpdateAutoScalingGroup',
    { desired_capacity: 2 },
  ),
  row('aws_autoscaling_attachment', (of) => ({
    autoscaling_group_name: of('aws_autoscaling_group')['name'],
    lb_target_group_arn: of('aws_lb_target_group.machines')['arn'],
  })),
  row('aws_autoscaling_traffic_source_attachment', (of) => ({
    autoscaling_group_name: of('aws_autoscaling_group')['name'],
    traffic_source: [{ identifier: of('aws_lb_target_group.machines')['arn'], type: 'elbv2' }],
  })),
];
