import type { OptionKind, Simulator } from '@postern/core/internal/driver';
import type {
  AcmApi,
  ApiGatewayApi,
  AutoScalingApi,
  AwsCredentials,
  CloudMapApi,
  DirectConnectApi,
  Ec2Api,
  EcsApi,
  LoadBalancingApi,
  LogsApi,
  RestApiApi,
  ServiceQuotasApi,
  StsApi,
  WithCredentials,
} from './apis.js';

/** A role that is assumed first; its credentials are renewed before they expire. */
export interface AssumedRole {
  /** `arn:aws:iam::111122223333:role/deploy` */
  readonly roleArn: string;
  /** Shows in CloudTrail; by default `postern`. */
  readonly sessionName?: string | undefined;
  readonly externalId?: string | undefined;
  /** 900 to 43,200; by default the role's own. */
  readonly durationSeconds?: number | undefined;
}

/** Clients of one's own, by the name of the SDK's aggregated client; those that are missing are loaded when needed. */
export interface AwsClients {
  readonly acm?: AcmApi | undefined;
  readonly apiGateway?: RestApiApi | undefined;
  readonly apiGatewayV2?: ApiGatewayApi | undefined;
  readonly autoScaling?: AutoScalingApi | undefined;
  readonly cloudWatchLogs?: LogsApi | undefined;
  readonly directConnect?: DirectConnectApi | undefined;
  readonly ec2?: Ec2Api | undefined;
  readonly ecs?: EcsApi | undefined;
  readonly elasticLoadBalancingV2?: LoadBalancingApi | undefined;
  readonly serviceDiscovery?: CloudMapApi | undefined;
  readonly serviceQuotas?: ServiceQuotasApi | undefined;
  readonly sts?: (StsApi & WithCredentials) | undefined;
}

/**
 * Options of `aws()`. Without options, region and credentials come from the same sources as in the AWS CLI.
 */
export interface AwsOptions {
  /** By default `AWS_REGION`, `AWS_DEFAULT_REGION`, then the profile's region in the config file. */
  readonly region?: string | undefined;
  /** One endpoint for all services; by default the SDK's, which honors `AWS_ENDPOINT_URL`. */
  readonly endpoint?: string | undefined;
  /** By default the SDK's standard chain. */
  readonly credentials?: AwsCredentials | (() => Promise<AwsCredentials>) | undefined;
  readonly profile?: string | undefined;
  /** The ARN of a role, or more about it. */
  readonly assumeRole?: string | AssumedRole | undefined;
  /** The account that the credentials must belong to; any other is refused before it is touched (`WRONG_ACCOUNT`). */
  readonly account?: string | undefined;
  readonly clients?: AwsClients | undefined;
  /** Simulated clouds, as `simulatorAt` of `@postern/core` returns them: called in place of AWS, without credentials. */
  readonly simulator?: Simulator | undefined;
}

/** What each of {@link AwsOptions} is. */
export const AWS_OPTIONS: { readonly [Key in keyof Required<AwsOptions>]: OptionKind } = {
  region: 'text',
  endpoint: 'text',
  credentials: 'object or function',
  profile: 'text',
  assumeRole: 'text or object',
  account: 'text',
  clients: 'object',
  simulator: 'simulator',
};
