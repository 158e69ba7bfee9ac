import type {
  Account,
  ApiKey,
  Authorizer,
  ClientCertificate,
  Deployment,
  DomainName,
  GatewayResponse,
  Method,
  Model,
  RequestValidator,
  RestApi,
  Stage,
  UsagePlan,
  UsagePlanKey,
  VpcLink,
} from '@aws-sdk/client-api-gateway';

type Tags = Record<string, string>;

// Rows are replaced, never changed in place, so that a copy of a row (a deployment's) stays what it was.

/** What GetRestApi answers. */
export type RestApiFields = RestApi & {
  readonly id: string;
  readonly name: string;
  readonly rootResourceId: string;
  readonly tags: Tags;
};

/** A method of a resource, with its integration (`methodIntegration`) and its responses. */
export type MethodRow = Method & { readonly httpMethod: string };

/** A resource of the working copy, or of a deployment. */
export interface ResourceRow {
  readonly id: string;
  /** Absent on the root. */
  readonly parentId?: string | undefined;
  readonly pathPart?: string | undefined;
  readonly path: string;
  readonly methods: ReadonlyMap<string, MethodRow>;
}

export type AuthorizerRow = Authorizer & { readonly id: string; readonly name: string };
export type GatewayResponseRow = GatewayResponse & { readonly responseType: string };

/** What is served of an API: the working copy, or the copy that a deployment froze. */
export interface RestApiCopy {
  readonly resources: ReadonlyMap<string, ResourceRow>;
  readonly authorizers: ReadonlyMap<string, AuthorizerRow>;
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponseRow>;
  readonly models: ReadonlyMap<string, Model>;
  readonly requestValidators: ReadonlyMap<string, RequestValidator>;
  /** The resource policy, as JSON. */
  readonly policy?: string | undefined;
  readonly apiKeySource?: RestApi['apiKeySource'];
  readonly binaryMediaTypes?: readonly string[] | undefined;
  /** Bytes. Absent: bodies are not compressed. */
  readonly minimumCompressionSize?: number | undefined;
}

export interface RestDeploymentRow {
  readonly fields: Deployment & { readonly id: string; readonly createdDate: Date };
  readonly copy: RestApiCopy;
}

export type RestStageRow = Stage & {
  readonly stageName: string;
  readonly deploymentId: string;
  readonly tags: Tags;
  /** When its cache cluster got its status; what was cached before is lost. Not shown. Simulated milliseconds since the epoch. */
  readonly cacheSince?: number | undefined;
};

/** A REST API and all that belongs to it. Its maps are the working copy. */
export interface RestApiRow {
  fields: RestApiFields;
  readonly resources: Map<string, ResourceRow>;
  readonly authorizers: Map<string, AuthorizerRow>;
  readonly gatewayResponses: Map<string, GatewayResponseRow>;
  readonly models: Map<string, Model>;
  readonly requestValidators: Map<string, RequestValidator>;
  readonly deployments: Map<string, RestDeploymentRow>;
  readonly stages: Map<string, RestStageRow>;
}

export interface VpcLinkV1Row {
  readonly fields: VpcLink & {
    readonly id: string;
    readonly name: string;
    readonly targetArns: string[];
    readonly status: 'AVAILABLE' | 'PENDING' | 'DELETING' | 'FAILED';
  };
  readonly tags: Tags;
  /** The endpoint service that the link holds on its target; absent while it has none. */
  readonly endpointServiceId?: string | undefined;
}

/** Where a base path of a domain name leads to: a base path mapping of V1, which is an API mapping of V2. */
export interface MappingRow {
  /** As V2 shows it. */
  readonly id: string;
  /** `(none)` is the empty path. Mappings of V2 can have several levels: `orders/v1`. */
  readonly basePath: string;
  /** A REST, HTTP or WebSocket API. */
  readonly apiId: string;
  /** Absent: the next part of the path names it. */
  readonly stage?: string | undefined;
}

/** A custom domain name, with its mappings by base path. V1 and V2 show the same ones. */
export interface DomainNameRow {
  readonly fields: DomainName & { readonly domainName: string; readonly tags: Tags };
  readonly mappings: Map<string, MappingRow>;
}

export interface UsagePlanRow {
  readonly fields: UsagePlan & { readonly id: string; readonly tags: Tags };
  readonly keys: Map<string, UsagePlanKey>;
}

export type ApiKeyRow = ApiKey & { readonly id: string; readonly tags: Tags };

/** A client certificate that API Gateway generated. */
export type ClientCertificateRow = ClientCertificate & {
  readonly clientCertificateId: string;
  readonly expirationDate: Date;
  readonly tags: Tags;
};

/** REST APIs, V1 VPC links, domain names, usage plans, API keys and client certificates of one region. */
export const newState = () => ({
  apis: new Map<string, RestApiRow>(),
  vpcLinks: new Map<string, VpcLinkV1Row>(),
  /**
   * Links whose provisioning is to fail in a test: the link's name (`*` for any) → the message of its FAILED
   * state. An entry stays until it is deleted.
   */
  failingVpcLinks: new Map<string, string>(),
  domainNames: new Map<string, DomainNameRow>(),
  usagePlans: new Map<string, UsagePlanRow>(),
  apiKeys: new Map<string, ApiKeyRow>(),
  clientCertificates: new Map<string, ClientCertificateRow>(),
  /** One row, `account`: the settings of the account in the region. */
  settings: new Map<'account', Account>(),
});

export type RestApiState = Readonly<ReturnType<typeof newState>>;
