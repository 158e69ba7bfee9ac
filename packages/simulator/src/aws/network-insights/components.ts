import type { AnalysisComponent, Explanation, PathComponent } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../operation/operation.js';
import { arnOf, kindOfId } from '../ec2/request/family.js';
import type { Explained } from '../connects/connection.js';

/** A component: the ID of one of load balancing is the last part of its ARN. */
function component(call: AwsCall, id: string): AnalysisComponent {
  return {
    Id: id.startsWith('arn:') ? id.slice(id.lastIndexOf('/') + 1) : id,
    Arn: id.startsWith('arn:') ? id : arnOf(call, id),
  };
}

/** The members of an explanation that are not named after the type of the component, by what its ID or ARN has. */
const MEMBERS = [
  [/^acl-/, 'Acl'],
  [/^nat-/, 'NatGateway'],
  [/^i-/, 'Component'],
  [/:listener\//, 'ElasticLoadBalancerListener'],
  [/:targetgroup\//, 'LoadBalancerTargetGroup'],
] as const;

/** What stops a path, as the API shows it. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Explanation.html */
export function explanation(
  call: AwsCall,
  { code, at, direction, destination }: Explained,
  end: string | undefined,
): Explanation {
  const shown: Record<string, unknown> = { ExplanationCode: code, Direction: direction };
  const to = destination ?? end;
  if (code === 'NO_ROUTE_TO_DESTINATION' && to !== undefined) shown['Destination'] = component(call, to);
  if (code === 'DISCONNECTED_VPCS') {
    const [from, into] = at.map((id) => component(call, id));
    return { ...shown, SourceVpc: from, DestinationVpc: into };
  }
  const groups = at.filter((id) => id.startsWith('sg-'));
  if (groups.length > 0) shown['SecurityGroups'] = groups.map((id) => component(call, id));
  for (const id of at.filter((one) => !groups.includes(one))) {
    if (id.includes(':loadbalancer/')) shown['LoadBalancerArn'] = id;
    else if (/^[\d.]+$/.test(id)) shown['Address'] = id;
    else shown[memberOf(id)] ??= component(call, id);
  }
  return shown;
}

function memberOf(id: string): string {
  const type = kindOfId(id)?.type ?? 'component';
  const own = type.replaceAll(/(?:^|-)[a-z]/g, (text) => text.slice(-1).toUpperCase());
  return MEMBERS.find(([part]) => part.test(id))?.[1] ?? own;
}

/** What a path passes, in the order in which it does. */
export function pathComponents(call: AwsCall, ids: readonly string[]): PathComponent[] {
  return ids.map((id, at): PathComponent => {
    const eni = call.state.ec2.interfaces.get(id);
    const holder = eni?.attachment?.InstanceId;
    return {
      SequenceNumber: at + 1,
      Component: component(call, id),
      AttachedTo: holder === undefined ? undefined : component(call, holder),
      Subnet: eni && component(call, eni.subnetId),
      Vpc: eni && component(call, eni.vpcId),
    };
  });
}
