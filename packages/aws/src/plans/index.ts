import type { PlansOfCloud } from '@postern/core/internal/overlay';
import { cloud } from '../cloud/index.js';
import { attributes, standIns } from './acts/attributes.js';
import { acts, inert } from './acts/index.js';
import { RESOURCE_TYPES } from './cloudformation/types.js';
import { balancerLinkRow, groupRow, integrationRow, routeRow, stageRow, vpcLinkRow } from './export.js';
import { restApis } from '../rest-apis/door/plans.js';
import { followPorts } from './rows/apis/backend-uri.js';
import { FACTS, APIS } from './import-facts.js';
import { customDomainRows } from './rows/apis/custom-domains.js';
import { PULUMI_TYPES } from './pulumi.js';
import { balancerRows } from './rows/balancers.js';
import { settingWords } from './setting-words.js';
import { certificateRows } from './rows/certificates.js';
import { endpointRows } from './rows/endpoints.js';
import { gatewayRows } from './rows/apis/gateways.js';
import { groupRows } from './rows/groups.js';
import { listenerRows } from './rows/listeners.js';
import { machineRows } from './rows/machines.js';
import { defaultNetworkRows, networkRows } from './rows/network.js';
import { blueprintRows, clusterRows } from './rows/registrars/blueprints.js';
import { ecsServiceRows } from './rows/registrars/ecs-services.js';
import { scalingRows } from './rows/registrars/scaling-groups.js';
import { routingRows } from './rows/routing.js';
import { serviceRows } from './rows/services.js';
import { attachmentRows, targetGroupRows } from './rows/target-groups.js';

/** What plans of other tools say about AWS. */
export const plans: PlansOfCloud = {
  // Plans are judged by functions that load nothing.
  cloud,
  terraform: {
    provider: 'aws',
    source: 'hashicorp/aws',
    accounts: 'allowed_account_ids',
    // https://github.com/hashicorp/terraform-provider-aws/blob/main/CHANGELOG.md [U]
    argumentsSince: [[/^ +(?:integration_target|response_transfer_mode) +=/m, '>= 6.25']],
    rows: {
      ...networkRows,
      ...defaultNetworkRows,
      ...groupRows,
      ...routingRows,
      ...balancerRows,
      ...machineRows,
      ...endpointRows,
      // What others name comes first.
      ...certificateRows,
      ...targetGroupRows,
      ...listenerRows,
      ...attachmentRows,
      ...serviceRows,
      ...blueprintRows,
      ...clusterRows,
      ...ecsServiceRows,
      ...scalingRows,
      ...gatewayRows,
      ...restApis.rows,
      ...customDomainRows,
    },
    opaqueTypes: [
      ['aws_ec2_transit_gateway', 'transitGateways'],
      ['aws_vpn_', 'virtualGateways'],
      ['aws_dx_', 'virtualGateways'],
      ['aws_networkmanager_', 'routeTables'],
      ['aws_vpc_peering_connection_options', 'peerings'],
      ['aws_vpc_endpoint_service', 'endpointServices'],
      ['aws_vpc_endpoint_s', 'endpoints'],
      ['aws_vpc_security_group_vpc_association', 'securityGroups'],
      ['aws_vpc_security_group_rules_exclusive', 'securityGroups'],
    ],
    registeringTypes: [
      ['aws_eks_'],
      // A cluster without a service of the plan: a program that deploys creates the services.
      ['aws_ecs_cluster', 'aws_ecs_service'],
      ['aws_ecs_task_definition', 'aws_ecs_service'],
      ['aws_ecs_express_'],
      ['aws_codedeploy_'],
      ['aws_codepipeline'],
      ['aws_codebuild_'],
      ['aws_lambda_'],
      ['aws_sfn_'],
      ['aws_ssm_'],
      ['aws_spot_fleet_request'],
      ['aws_ec2_fleet'],
      ['aws_elastic_beanstalk_'],
      ['aws_opsworks_'],
      ['aws_cloudformation_'],
      ['aws_cloudcontrolapi_'],
      ['aws_servicecatalog_'],
      ['awscc_'],
    ],
    scalingTypes: [
      'aws_appautoscaling_',
      'aws_autoscaling_policy',
      'aws_autoscaling_schedule',
      'aws_autoscalingplans_',
      'aws_ecs_capacity_provider',
    ],
  },
  cloudFormation: {
    ...RESOURCE_TYPES,
    types: { ...RESOURCE_TYPES.types, ...restApis.cloudFormation },
  },
  pulumi: { ...PULUMI_TYPES, types: { ...PULUMI_TYPES.types, ...restApis.pulumi } },
  imports: { facts: { ...FACTS, ...restApis.facts }, apis: { ...APIS, ...restApis.apis } },
  exports: {
    group: groupRow,
    links: { 'vpc-link-v2': vpcLinkRow, 'vpc-link-v1': balancerLinkRow },
    routes: {
      'http-api': [integrationRow, routeRow],
      'websocket-api': [integrationRow, routeRow],
      ...restApis.routes,
    },
    targets: {},
    settings: { 'http-api': [stageRow], 'websocket-api': [stageRow], ...restApis.settings },
  },
  acts: {
    acts: { ...acts, ...restApis.acts },
    inert,
    ...attributes,
    standIns: { ...standIns, ...restApis.standIns },
  },
  settings: settingWords,
  complete: followPorts,
};
