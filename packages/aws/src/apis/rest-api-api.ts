import type { Send } from './send.js';

/**
 * A VPC link V1 as API Gateway answers it, as far as it is read. Lists and creation leave `tags` out where there are none.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_VpcLink.html
 */
export interface BalancerLinkOutput {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly targetArns?: readonly string[] | undefined;
  /** `PENDING`, `AVAILABLE`, `FAILED`, `DELETING`. */
  readonly status?: string | undefined;
  readonly statusMessage?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html */
export interface RestApiOutput {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly rootResourceId?: string | undefined;
  readonly disableExecuteApiEndpoint?: boolean | undefined;
  /** JSON whose quotes are escaped. */
  readonly policy?: string | undefined;
  readonly endpointConfiguration?: { readonly types?: readonly string[] | undefined } | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html */
export interface RestIntegrationOutput {
  readonly type?: string | undefined;
  readonly httpMethod?: string | undefined;
  readonly uri?: string | undefined;
  readonly connectionType?: string | undefined;
  /** The ID of a VPC link V1 or V2, or `${stageVariables.name}`. */
  readonly connectionId?: string | undefined;
  /** The ARN of the load balancer, where the link is a V2 one. */
  readonly integrationTarget?: string | undefined;
  readonly requestParameters?: Readonly<Record<string, string>> | undefined;
  readonly timeoutInMillis?: number | undefined;
  readonly responseTransferMode?: string | undefined;
  readonly passthroughBehavior?: string | undefined;
  readonly cacheNamespace?: string | undefined;
  readonly cacheKeyParameters?: readonly string[] | undefined;
  readonly tlsConfig?: { readonly insecureSkipVerification?: boolean | undefined } | undefined;
  /** By status code. */
  readonly integrationResponses?: Readonly<Record<string, IntegrationResponseOutput>> | undefined;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html */
export interface IntegrationResponseOutput {
  /** That of the method's response which it becomes. */
  readonly statusCode?: string | undefined;
  /** An expression that the status of the backend matches; none: the default. */
  readonly selectionPattern?: string | undefined;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html */
export interface RestMethodOutput {
  readonly httpMethod?: string | undefined;
  /** `NONE`, `AWS_IAM`, `CUSTOM`, `COGNITO_USER_POOLS`. */
  readonly authorizationType?: string | undefined;
  readonly authorizerId?: string | undefined;
  readonly authorizationScopes?: readonly string[] | undefined;
  readonly apiKeyRequired?: boolean | undefined;
  readonly operationName?: string | undefined;
  readonly requestParameters?: Readonly<Record<string, boolean>> | undefined;
  readonly methodIntegration?: RestIntegrationOutput | undefined;
  /** By status code. */
  readonly methodResponses?: Readonly<Record<string, object>> | undefined;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Resource.html */
export interface RestResourceOutput {
  readonly id?: string | undefined;
  readonly parentId?: string | undefined;
  readonly pathPart?: string | undefined;
  readonly path?: string | undefined;
  /** Complete with `embed: ['methods']` only. */
  readonly resourceMethods?: Readonly<Record<string, RestMethodOutput>> | undefined;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html */
export interface RestStageOutput {
  readonly stageName?: string | undefined;
  readonly deploymentId?: string | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
  readonly canarySettings?:
    | {
        readonly deploymentId?: string | undefined;
        readonly percentTraffic?: number | undefined;
        readonly stageVariableOverrides?: Readonly<Record<string, string>> | undefined;
      }
    | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Deployment.html */
export interface RestDeploymentOutput {
  readonly id?: string | undefined;
  readonly description?: string | undefined;
  readonly createdDate?: Date | undefined;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html */
export interface RestAuthorizerOutput {
  readonly id?: string | undefined;
  /** `TOKEN`, `REQUEST`, `COGNITO_USER_POOLS`. */
  readonly type?: string | undefined;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html */
export interface TestInvokeOutput {
  /** What a caller would get. */
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly log?: string | undefined;
  /** Milliseconds. */
  readonly latency?: number | undefined;
}

/** One change of an update. @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
export interface PatchOperation {
  op: 'add' | 'remove' | 'replace' | 'copy';
  path: string;
  value?: string;
  from?: string;
}

interface PageInput {
  limit?: number;
  position?: string;
}

interface PageOutput<Item> {
  readonly items?: readonly Item[] | undefined;
  readonly position?: string | undefined;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html */
export interface PutMethodInput {
  restApiId: string;
  resourceId: string;
  httpMethod: string;
  authorizationType: string;
  authorizerId?: string;
  authorizationScopes?: string[];
  apiKeyRequired?: boolean;
  operationName?: string;
  requestParameters?: Record<string, boolean>;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html */
export interface PutIntegrationInput {
  restApiId: string;
  resourceId: string;
  httpMethod: string;
  type: 'HTTP_PROXY';
  integrationHttpMethod: string;
  uri: string;
  connectionType: 'VPC_LINK';
  connectionId: string;
  integrationTarget?: string;
  requestParameters?: Record<string, string>;
  timeoutInMillis?: number;
  responseTransferMode?: 'BUFFERED' | 'STREAM';
  passthroughBehavior?: string;
  cacheNamespace?: string;
  cacheKeyParameters?: string[];
  tlsConfig?: { insecureSkipVerification?: boolean };
}

interface OfMethod {
  restApiId: string;
  resourceId: string;
  httpMethod: string;
}

/** The part of API Gateway V1 (REST APIs, VPC links V1) that is used here. The SDK's `APIGateway` satisfies it. */
export interface RestApiApi {
  readonly createVpcLink: Send<
    { name: string; targetArns: string[]; tags: Record<string, string> },
    BalancerLinkOutput
  >;
  readonly getVpcLink: Send<{ vpcLinkId: string }, BalancerLinkOutput>;
  readonly getVpcLinks: Send<PageInput, PageOutput<BalancerLinkOutput>>;
  readonly updateVpcLink: Send<{ vpcLinkId: string; patchOperations: PatchOperation[] }, BalancerLinkOutput>;
  readonly deleteVpcLink: Send<{ vpcLinkId: string }, unknown>;
  readonly tagResource: Send<{ resourceArn: string; tags: Record<string, string> }, unknown>;
  readonly untagResource: Send<{ resourceArn: string; tagKeys: string[] }, unknown>;

  readonly getRestApi: Send<{ restApiId: string }, RestApiOutput>;
  readonly getRestApis: Send<PageInput, PageOutput<RestApiOutput>>;
  readonly getResources: Send<PageInput & { restApiId: string; embed?: string[] }, PageOutput<RestResourceOutput>>;
  readonly createResource: Send<{ restApiId: string; parentId: string; pathPart: string }, RestResourceOutput>;
  readonly deleteResource: Send<{ restApiId: string; resourceId: string }, unknown>;
  readonly putMethod: Send<PutMethodInput, RestMethodOutput>;
  readonly getMethod: Send<OfMethod, RestMethodOutput>;
  readonly updateMethod: Send<OfMethod & { patchOperations: PatchOperation[] }, RestMethodOutput>;
  readonly deleteMethod: Send<OfMethod, unknown>;
  readonly putIntegration: Send<PutIntegrationInput, RestIntegrationOutput>;
  readonly updateIntegration: Send<OfMethod & { patchOperations: PatchOperation[] }, RestIntegrationOutput>;

  readonly testInvokeMethod: Send<
    OfMethod & {
      pathWithQueryString: string;
      headers?: Record<string, string>;
      stageVariables?: Record<string, string>;
    },
    TestInvokeOutput
  >;

  readonly getAuthorizer: Send<{ restApiId: string; authorizerId: string }, RestAuthorizerOutput>;

  readonly getStages: Send<{ restApiId: string }, { readonly item?: readonly RestStageOutput[] | undefined }>;
  readonly getStage: Send<{ restApiId: string; stageName: string }, RestStageOutput>;
  readonly createStage: Send<
    { restApiId: string; stageName: string; deploymentId: string; tags: Record<string, string> },
    RestStageOutput
  >;
  readonly updateStage: Send<
    { restApiId: string; stageName: string; patchOperations: PatchOperation[] },
    RestStageOutput
  >;
  readonly deleteStage: Send<{ restApiId: string; stageName: string }, unknown>;
  readonly getDeployments: Send<PageInput & { restApiId: string }, PageOutput<RestDeploymentOutput>>;
  readonly createDeployment: Send<{ restApiId: string; stageName?: string; description: string }, RestDeploymentOutput>;
  readonly deleteDeployment: Send<{ restApiId: string; deploymentId: string }, unknown>;
  readonly getExport: Send<
    {
      restApiId: string;
      stageName: string;
      exportType: string;
      parameters: Record<string, string>;
      accepts: string;
    },
    { readonly body?: Uint8Array | undefined }
  >;
}
