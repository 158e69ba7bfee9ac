import type { CreateTargetGroupInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../../operation/call.js';
import type { Given } from '../../state/given.js';
import { findVpc } from '../../ec2/vpc/network.js';
import type { TargetGroupRow } from '../state.js';
import { invalid } from '../errors.js';

/** What cannot be changed about a target group once it is made. */
export type TargetGroupIdentity = Pick<
  TargetGroupRow,
  'targetType' | 'protocol' | 'protocolVersion' | 'port' | 'vpcId' | 'ipAddressType' | 'targetControlPort'
>;

const HTTP = new Set<string | undefined>(['HTTP', 'HTTPS']);
const VERSIONS = ['HTTP1', 'HTTP2', 'GRPC'];
/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/target-groups.html */
const GENEVE_PORT = 6081;

/**
 * Checks what a new target group is to be.
 * @throws {ServiceError} `ValidationError`.
 */
export function targetGroupIdentity(call: AwsCall, input: Given<CreateTargetGroupInput>): TargetGroupIdentity {
  checkTargetGroupName(input.Name);
  const targetType = input.TargetType ?? 'instance';
  if (targetType === 'lambda') return lambdaIdentity(input);
  const { Protocol: protocol, Port: port, VpcId: vpcId } = input;
  // https://github.com/awsdocs/aws-cloudformation-user-guide/issues/467 and 422. Which error precedes where
  // both lack is not known [U].
  if (protocol === undefined) throw invalid('A protocol must be specified');
  if (port === undefined) throw invalid('A port must be specified');
  if (vpcId === undefined) throw invalid('A VPC ID must be specified');
  if (findVpc(call.state, vpcId) === undefined) throw invalid(`The VPC ID '${vpcId}' is not found`);
  if (targetType === 'alb' && protocol !== 'TCP') {
    throw invalid(`Protocol '${protocol}' is not supported for target groups with target type 'alb'`);
  }
  if (protocol === 'GENEVE' && port !== GENEVE_PORT)
    throw invalid(`The port of a GENEVE target group must be '${GENEVE_PORT}'`);
  if (input.IpAddressType === 'ipv6' && targetType === 'alb') {
    throw invalid("IP address type 'ipv6' is not supported for target groups with target type 'alb'");
  }
  if (input.TargetControlPort !== undefined && !(HTTP.has(protocol) && targetType !== 'alb')) {
    throw invalid(`A target control port cannot be specified for target groups with the ${protocol} protocol`);
  }
  return {
    targetType,
    protocol,
    protocolVersion: version(input, protocol),
    port,
    vpcId,
    ipAddressType: protocol === 'GENEVE' ? undefined : (input.IpAddressType ?? 'ipv4'),
    targetControlPort: input.TargetControlPort,
  };
}

function lambdaIdentity(input: Given<CreateTargetGroupInput>): TargetGroupIdentity {
  const barred = { Protocol: 'Protocol', Port: 'Port', VpcId: 'VPC ID' } as const;
  for (const [member, name] of Object.entries(barred)) {
    if (input[member as keyof typeof barred] !== undefined) {
      throw invalid(`${name} cannot be specified for target groups with target type 'lambda'`);
    }
  }
  return {
    targetType: 'lambda',
    protocol: undefined,
    protocolVersion: undefined,
    port: undefined,
    vpcId: undefined,
    ipAddressType: undefined,
    targetControlPort: undefined,
  };
}

function version(input: Given<CreateTargetGroupInput>, protocol: string): string | undefined {
  // Terraform's provider sends an empty version for none.
  const given = input.ProtocolVersion === '' ? undefined : input.ProtocolVersion;
  if (!HTTP.has(protocol)) {
    if (given === undefined) return undefined;
    throw invalid(`Protocol version cannot be specified for target groups with the ${protocol} protocol`);
  }
  const wanted = given ?? 'HTTP1';
  if (!VERSIONS.includes(wanted)) throw invalid(`Protocol version '${wanted}' must be one of '${VERSIONS.join(', ')}'`);
  return wanted;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html (Name) */
function checkTargetGroupName(name: string): void {
  if (name.length > 32) throw invalid(`Target group name '${name}' cannot be longer than '32' characters`);
  if (!/^[a-zA-Z0-9-]+$/.test(name)) {
    throw invalid(
      `Target group name '${name}' can only contain characters that are alphanumeric characters or hyphens(-)`,
    );
  }
  if (name.startsWith('-') || name.endsWith('-'))
    throw invalid(`Target group name '${name}' cannot begin or end with '-'`);
}
