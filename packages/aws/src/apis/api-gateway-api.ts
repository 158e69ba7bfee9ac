import type { Send } from './send.js';

/**
 * A VPC link V2 as API Gateway answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/vpclinks.html
 */
export interface VpcLinkOutput {
  readonly VpcLinkId?: string | undefined;
  readonly Name?: string | undefined;
  readonly SubnetIds?: readonly string[] | undefined;
  readonly SecurityGroupIds?: readonly string[] | undefined;
  readonly VpcLinkStatus?: string | undefined;
  readonly VpcLinkStatusMessage?: string | undefined;
  readonly CreatedDate?: Date | undefined;
  readonly Tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * An API as API Gateway answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
 */
export interface ApiOutput {
  readonly ApiId?: string | undefined;
  readonly Name?: string | undefined;
  readonly ProtocolType?: string | undefined;
  readonly DisableExecuteApiEndpoint?: boolean | undefined;
  readonly Tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * An integration as API Gateway answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
 */
export interface IntegrationOutput {
  readonly IntegrationId?: string | undefined;
  readonly IntegrationType?: string | undefined;
  readonly IntegrationUri?: string | undefined;
  readonly ConnectionType?: string | undefined;
  readonly ConnectionId?: string | undefined;
  readonly Description?: string | undefined;
  readonly RequestParameters?: Readonly<Record<string, string>> | undefined;
  readonly TlsConfig?: { readonly ServerNameToVerify?: string | undefined } | undefined;
  readonly TimeoutInMillis?: number | undefined;
  readonly IntegrationMethod?: string | undefined;
  readonly PayloadFormatVersion?: string | undefined;
  readonly ResponseParameters?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  readonly CredentialsArn?: string | undefined;
}

/**
 * A route as API Gateway answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html
 */
export interface RouteOutput {
  readonly RouteId?: string | undefined;
  readonly RouteKey?: string | undefined;
  readonly Target?: string | undefined;
  /** `NONE`, `JWT`, `AWS_IAM` or `CUSTOM`. */
  readonly AuthorizationType?: string | undefined;
  readonly AuthorizerId?: string | undefined;
  readonly AuthorizationScopes?: readonly string[] | undefined;
  /** Of a WebSocket API: the parts of the call that integrations may use. */
  readonly RequestParameters?: Readonly<Record<string, { readonly Required?: boolean | undefined }>> | undefined;
}

/**
 * An authorizer as API Gateway answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html
 */
export interface AuthorizerOutput {
  /** `JWT`, or `REQUEST`: a function. */
  readonly AuthorizerType?: string | undefined;
}

/**
 * A stage as API Gateway answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html
 */
export interface StageOutput {
  readonly StageName?: string | undefined;
  readonly AutoDeploy?: boolean | undefined;
  readonly DeploymentId?: string | undefined;
  readonly StageVariables?: Readonly<Record<string, string>> | undefined;
}

/**
 * A deployment as API Gateway answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-deployments.html
 */
export interface DeploymentOutput {
  readonly DeploymentId?: string | undefined;
  readonly DeploymentStatus?: string | undefined;
  readonly DeploymentStatusMessage?: string | undefined;
  readonly Description?: string | undefined;
  readonly CreatedDate?: Date | undefined;
  readonly AutoDeployed?: boolean | undefined;
}

/** The list operations of API Gateway V2 page with a number written as a string. */
interface PageInput {
  MaxResults?: string;
  NextToken?: string;
}

interface PageOutput<Item> {
  readonly Items?: readonly Item[] | undefined;
  readonly NextToken?: string | undefined;
}

/** What a route is made with besides its key. Members that are left out of an update stay as they are. */
export interface RouteInput {
  Target?: string;
  AuthorizationType?: 'NONE' | 'AWS_IAM' | 'CUSTOM' | 'JWT';
  AuthorizerId?: string;
  AuthorizationScopes?: string[];
  RequestParameters?: Record<string, { Required: boolean }>;
}

/**
 * What an integration is made with here: always a proxy, always over a VPC link.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
 */
export interface CreateIntegrationInput {
  ApiId: string;
  IntegrationType: 'HTTP_PROXY';
  IntegrationMethod: string;
  ConnectionType: 'VPC_LINK';
  ConnectionId: string;
  IntegrationUri: string;
  PayloadFormatVersion?: '1.0';
  Description: string;
  TimeoutInMillis?: number;
  RequestParameters?: Record<string, string>;
  TlsConfig?: { ServerNameToVerify?: string };
  /** What no spec declares: only copies of integrations have these. */
  ResponseParameters?: Record<string, Record<string, string>>;
  CredentialsArn?: string;
}

/** The part of API Gateway V2 that is used here. The SDK's `ApiGatewayV2` satisfies it. */
export interface ApiGatewayApi {
  readonly createVpcLink: Send<
    { Name: string; SubnetIds: string[]; SecurityGroupIds: string[]; Tags: Record<string, string> },
    VpcLinkOutput
  >;
  readonly getVpcLink: Send<{ VpcLinkId: string }, VpcLinkOutput>;
  readonly getVpcLinks: Send<PageInput, PageOutput<VpcLinkOutput>>;
  readonly updateVpcLink: Send<{ VpcLinkId: string; Name: string }, VpcLinkOutput>;
  readonly deleteVpcLink: Send<{ VpcLinkId: string }, unknown>;
  readonly tagResource: Send<{ ResourceArn: string; Tags: Record<string, string> }, unknown>;

  readonly untagResource: Send<{ ResourceArn: string; TagKeys: string[] }, unknown>;

  readonly getApi: Send<{ ApiId: string }, ApiOutput>;
  readonly getApis: Send<PageInput, PageOutput<ApiOutput>>;

  readonly createIntegration: Send<CreateIntegrationInput, IntegrationOutput>;
  readonly getIntegration: Send<{ ApiId: string; IntegrationId: string }, IntegrationOutput>;
  readonly getIntegrations: Send<PageInput & { ApiId: string }, PageOutput<IntegrationOutput>>;
  readonly updateIntegration: Send<
    { ApiId: string; IntegrationId: string; Description?: string; ConnectionId?: string },
    IntegrationOutput
  >;
  readonly deleteIntegration: Send<{ ApiId: string; IntegrationId: string }, unknown>;

  readonly createRoute: Send<RouteInput & { ApiId: string; RouteKey: string; Target: string }, RouteOutput>;
  readonly getRoute: Send<{ ApiId: string; RouteId: string }, RouteOutput>;
  readonly getRoutes: Send<PageInput & { ApiId: string }, PageOutput<RouteOutput>>;
  readonly updateRoute: Send<RouteInput & { ApiId: string; RouteId: string }, RouteOutput>;
  readonly deleteRoute: Send<{ ApiId: string; RouteId: string }, unknown>;

  readonly getAuthorizer: Send<{ ApiId: string; AuthorizerId: string }, AuthorizerOutput>;

  readonly getStages: Send<PageInput & { ApiId: string }, PageOutput<StageOutput>>;
  readonly updateStage: Send<{ ApiId: string; StageName: string; DeploymentId: string }, StageOutput>;
  readonly getDeployments: Send<PageInput & { ApiId: string }, PageOutput<DeploymentOutput>>;
  readonly updateDeployment: Send<{ ApiId: string; DeploymentId: string; Description: string }, DeploymentOutput>;
  readonly getDeployment: Send<{ ApiId: string; DeploymentId: string }, DeploymentOutput>;
  readonly exportApi: Send<
    { ApiId: string; Specification: 'OAS30'; OutputType: 'JSON'; StageName: string },
    { readonly body?: Uint8Array | undefined }
  >;
  readonly createDeployment: Send<{ ApiId: string; StageName: string; Description: string }, DeploymentOutput>;
}
