import { ifResolved, removes, word, type Act, type Caller, type Outputs } from '@postern/core/internal/overlay';
import { arnIn, nameOf, stays } from './calls.js';

/** What is not simulated, and of which others name what follows from its own name. */
function named(outputs: (name: string, caller: Caller) => Outputs, attribute = 'name'): Act {
  return {
    create: (values, caller) => outputs(word(values[attribute]) ?? caller.unique('terraform-'), caller),
    update: stays,
    remove: stays,
    isAuxiliary: true,
  };
}

const ANY_TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** What others need, and of which it matters that it exists alone. */
export const auxiliaryActs: Readonly<Record<string, Act>> = {
  aws_iam_role: {
    gives: ['name'],
    create: (values, caller) => {
      const { Role } = caller.call('iam.CreateRole', {
        RoleName: nameOf(values, caller),
        AssumeRolePolicyDocument: ifResolved(values['assume_role_policy']) ?? ANY_TRUST,
      });
      return { id: Role.RoleName, name: Role.RoleName, arn: Role.Arn };
    },
    update: stays,
    remove: removes('iam.DeleteRole', 'RoleName', 'name'),
    isAuxiliary: true,
    isUnseen: true,
  },
  aws_cloudwatch_log_group: {
    gives: ['name'],
    create: (values, caller) => {
      const name = nameOf(values, caller);
      caller.call('logs.CreateLogGroup', { logGroupName: name });
      return { id: name, name, arn: arnIn(caller, 'logs', `log-group:${name}`) };
    },
    update: stays,
    remove: removes('logs.DeleteLogGroup', 'logGroupName', 'name'),
    isAuxiliary: true,
    isUnseen: true,
  },
  aws_lambda_function: named((name, caller) => {
    const arn = arnIn(caller, 'lambda', `function:${name}`);
    const invoke_arn = `arn:aws:apigateway:${caller.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
    return { id: name, function_name: name, arn, invoke_arn };
  }, 'function_name'),
  aws_ecr_repository: named((name, caller) => ({
    id: name,
    name,
    arn: arnIn(caller, 'ecr', `repository/${name}`),
    repository_url: `${caller.account}.dkr.ecr.${caller.region}.amazonaws.com/${name}`,
  })),
  aws_s3_bucket: named((name) => ({ id: name, bucket: name, arn: `arn:aws:s3:::${name}` }), 'bucket'),
  aws_cognito_user_pool: named((_name, caller) => {
    const id = `${caller.region}_A1b2C3d4E`;
    const endpoint = `cognito-idp.${caller.region}.amazonaws.com/${id}`;
    return { id, arn: arnIn(caller, 'cognito-idp', `userpool/${id}`), endpoint };
  }),
  aws_cognito_user_pool_client: named(() => ({ id: '1a2b3c4d5e6f7g8h9i0j1k2l3m' })),
};

/** The beginnings of types that change nothing which calls notice. */
export const INERT: readonly RegExp[] = [
  /^(?:terraform_data|null_|random_|time_|tls_|local_|archive_|external)/,
  /^aws_iam_(?!role$)/,
  /^aws_cloudwatch_(?!log_group$)/,
  /^aws_appautoscaling_/,
  /^aws_autoscaling_(?:policy|schedule|lifecycle_hook|notification|group_tag)/,
  /^aws_(?:ssm_parameter|kms_|secretsmanager_|route53_|sns_|sqs_|dynamodb_|s3_bucket_|ecr_(?!repository$))/,
  /^aws_(?:wafv2_|flow_log|key_pair|lambda_permission|ec2_tag|resourcegroups_|budgets_|cloudtrail|xray_)/,
  /^aws_ecs_(?:account_setting_default|tag)/,
  /^aws_(?:cloudfront|ses|sesv2)_/,
];
