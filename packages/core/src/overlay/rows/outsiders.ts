import type { Instance } from '../declared/instance.js';

/** A resource of a plan that may register members in ways that the plan does not show. */
export interface Outsider {
  readonly address: string;
  /** It changes how many members a registrar has; others register members. */
  readonly scales: boolean;
}

/** By the beginnings of types, for each provider; `any`: of whatever provider. `unless`: not beside a resource of this type. */
const OUTSIDERS: Readonly<Record<string, readonly (readonly [beginning: string, unless?: string])[]>> = {
  any: [
    // Controllers in a cluster register pods.
    ['helm_release'],
    ['kubernetes_'],
    ['kubectl_'],
    ['kustomization_'],
    ['argocd_'],
    ['flux_'],
    ['rancher2_'],
    ['nomad_'],
    // Programs that run during the apply.
    ['null_resource'],
    ['terraform_data'],
    ['shell_'],
  ],
  aws: [
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
  alibaba: [
    ['alicloud_cs_'],
    ['alicloud_ess_'],
    ['alicloud_edas_'],
    ['alicloud_sae_'],
    ['alicloud_fc'],
    ['alicloud_ros_'],
  ],
};

/** Types that change the desired count of registrars. */
const SCALERS: readonly string[] = [
  'aws_appautoscaling_',
  'aws_autoscaling_policy',
  'aws_autoscaling_schedule',
  'aws_autoscalingplans_',
  'aws_ecs_capacity_provider',
];

/** What may register members of a provider's groups, of the resources that are there after the plan. */
export function outsidersOf(instances: readonly Instance[], provider: string): readonly Outsider[] {
  const there = instances.filter(({ after, deposed }) => after !== undefined && !deposed);
  const types = new Set(there.map(({ type }) => type));
  const beginnings = [...(OUTSIDERS['any'] ?? []), ...(OUTSIDERS[provider] ?? [])];
  return there.flatMap(({ address, type }): readonly Outsider[] => {
    if (SCALERS.some((one) => type.startsWith(one))) return [{ address, scales: true }];
    const found = beginnings.find(([one]) => type.startsWith(one));
    return found === undefined || (found[1] !== undefined && types.has(found[1])) ? [] : [{ address, scales: false }];
  });
}
