import type { SimulatedClients } from '../../../src/aws/simulated-clients.js';

const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const Tags = ['Name', 'team'].map((Key) => ({ Key, Value: 'payments' }));

/** Log groups, roles, policies and instance profiles, several of each. */
export async function plainCollections({ iam, cloudWatchLogs }: SimulatedClients) {
  const arns: string[] = [];
  for (const name of ['logs', 'metrics', 'traces']) {
    await cloudWatchLogs.createLogGroup({ logGroupName: `/shop/${name}`, tags: { team: 'payments' } });
    const { Policy } = await iam.createPolicy({ PolicyName: name, PolicyDocument, Tags });
    arns.push(Policy?.Arn ?? '');
  }
  const [policyArn = ''] = arns;
  for (const SetAsDefault of [false, true])
    await iam.createPolicyVersion({ PolicyArn: policyArn, PolicyDocument, SetAsDefault });
  for (const name of ['service-1', 'service-2', 'service-3']) {
    await iam.createRole({ RoleName: name, AssumeRolePolicyDocument: PolicyDocument, Tags });
    for (const PolicyArn of arns) await iam.attachRolePolicy({ RoleName: name, PolicyArn });
    for (const PolicyName of ['a', 'b', 'c']) await iam.putRolePolicy({ RoleName: name, PolicyName, PolicyDocument });
    await iam.createInstanceProfile({ InstanceProfileName: name, Tags });
    await iam.addRoleToInstanceProfile({ InstanceProfileName: name, RoleName: name });
  }
  return { policyArn };
}
