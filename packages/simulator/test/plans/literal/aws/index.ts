import { plans } from '@postern/aws/plans';
import { EMPTY } from '../../../../../aws/test/plans/shop-plan.js';
import { newAccount } from '../../../aws/load-balancing/account.js';
import { Refused, type Values } from '../area.js';
import { configuration, type Configuration } from '../configuration.js';
import { balancing } from './balancing.js';
import { httpApi } from './http-api.js';
import { network } from './network.js';
import { restApi } from './rest-api.js';

/** An HTTP API before an application load balancer, and a REST API before a network load balancer. */
export const aws = (): Promise<Configuration> =>
  Promise.resolve(
    configuration({
      areas: [network, balancing, httpApi, restApi],
      plans,
      region: 'eu-west-1',
      base: EMPTY,
      open: () => {
        const { call, sim } = newAccount();
        const names = new Set<string>();
        return {
          // The provider of Terraform looks a name up before it creates: one that is there is an error, whatever its settings.
          // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/load_balancer.go, target_group.go
          call: (service, operation, input: Values) => {
            if (operation === 'CreateLoadBalancer' || operation === 'CreateTargetGroup') {
              const name = `${operation} ${input['Name']}`;
              if (names.has(name)) throw new Refused('Taken', `${input['Name']} already exists`);
              names.add(name);
            }
            return call(service as never, operation, input);
          },
          wait: (seconds) => sim.advance(seconds * 1000),
        };
      },
      replaced: [
        {
          address: 'aws_vpc_ipv4_cidr_block_association.r0',
          former: { cidr_block: '10.3.0.0/16' },
          input: { CidrBlock: '10.3.0.0/16' },
        },
        {
          address: 'aws_network_interface.backend',
          former: { private_ips: ['10.0.0.9'] },
          input: { PrivateIpAddress: '10.0.0.9' },
        },
        { address: 'aws_lb.nlb', former: { name: 'former' }, input: { Name: 'former' } },
        { address: 'aws_lb_target_group.other', former: { name: 'former' }, input: { Name: 'former' } },
        { address: 'aws_security_group.backend', former: { name: 'former' }, input: { GroupName: 'former' } },
        { address: 'aws_subnet.c', former: { cidr_block: '10.0.8.0/24' }, input: { CidrBlock: '10.0.8.0/24' } },
        { address: 'aws_vpc_security_group_ingress_rule.r1' },
        { address: 'aws_route_table_association.r1' },
        { address: 'aws_route.r1' },
        { address: 'aws_network_acl_rule.r2', former: { rule_number: 200 }, input: { RuleNumber: 200 } },
        { address: 'aws_lb_listener.nlb', former: { port: 9090 }, input: { Port: 9090 } },
        { address: 'aws_lb_listener.second', former: { port: 9090 }, input: { Port: 9090 } },
        { address: 'aws_lb_listener_rule.r1', former: { priority: 30 }, input: { Priority: 30 } },
        { address: 'aws_api_gateway_vpc_link.main' },
        { address: 'aws_apigatewayv2_vpc_link.main' },
        {
          address: 'aws_apigatewayv2_route.r1',
          former: { route_key: 'GET /former' },
          input: { RouteKey: 'GET /former' },
        },
        { address: 'aws_apigatewayv2_stage.s1', former: { name: 'former' }, input: { StageName: 'former' } },
        { address: 'aws_api_gateway_resource.third', former: { path_part: 'former' }, input: { pathPart: 'former' } },
        { address: 'aws_api_gateway_method.m1' },
        { address: 'aws_apigatewayv2_integration.main' },
        { address: 'aws_api_gateway_stage.main', former: { stage_name: 'former' }, input: { stageName: 'former' } },
      ],
    }),
  );
