import type {
  Api,
  Authorizer,
  Deployment,
  Integration,
  IntegrationResponse,
  Model,
  Route,
  RouteResponse,
  Stage,
  VpcLink,
} from '@aws-sdk/client-apigatewayv2';

/** What GetApi answers. Rows are replaced, never changed in place, so that a copy of a row stays what it was. */
export type ApiFields = Api & { readonly ApiId: string; readonly Tags: Record<string, string> };
export type StageRow = Stage & { readonly StageName: string; readonly Tags: Record<string, string> };
export type AuthorizerRow = Authorizer & { readonly AuthorizerId: string };
export type IntegrationRow = Integration & { readonly IntegrationId: string };
export type RouteRow = Route & { readonly RouteId: string; readonly RouteKey: string };
export type ModelRow = Model & { readonly ModelId: string; readonly Name: string };
/** Of WebSocket APIs: a response of a route, which makes it two-way. */
export type RouteResponseRow = RouteResponse & { readonly RouteResponseId: string; readonly RouteId: string };
/** Of WebSocket APIs: what an integration makes of an answer of its backend. */
export type IntegrationResponseRow = IntegrationResponse & {
  readonly IntegrationResponseId: string;
  readonly IntegrationId: string;
};

/** A deployment, with the routes and integrations as they were when it was made: what a stage serves. */
export interface DeploymentRow {
  readonly fields: Deployment & { readonly DeploymentId: string };
  /** Settings of the API as they were: they take effect with a deployment. Absent: the API's own. */
  readonly api?: Pick<Api, 'CorsConfiguration' | 'DisableExecuteApiEndpoint'> | undefined;
  readonly routes: readonly RouteRow[];
  readonly integrations: readonly IntegrationRow[];
  /** Absent: there are none. */
  readonly routeResponses?: readonly RouteResponseRow[] | undefined;
  readonly integrationResponses?: readonly IntegrationResponseRow[] | undefined;
}

/** An API and all that belongs to it. */
export interface ApiRow {
  fields: ApiFields;
  readonly stages: Map<string, StageRow>;
  readonly deployments: Map<string, DeploymentRow>;
  readonly integrations: Map<string, IntegrationRow>;
  readonly routes: Map<string, RouteRow>;
  /** Undefined: it never had one. */
  authorizers?: Map<string, AuthorizerRow>;
  routeResponses?: Map<string, RouteResponseRow>;
  integrationResponses?: Map<string, IntegrationResponseRow>;
  models?: Map<string, ModelRow>;
}

/** A V2 VPC link, with facts that its API does not show. */
export interface VpcLinkRow {
  readonly fields: VpcLink & {
    readonly VpcLinkId: string;
    readonly SubnetIds: string[];
    readonly SecurityGroupIds: string[];
    readonly Tags: Record<string, string>;
  };
  readonly vpcId: string;
  /** Its network interfaces; empty while it is young, FAILED or INACTIVE. */
  readonly interfaceIds: readonly string[];
  /** When it last carried a call or became AVAILABLE, milliseconds since the epoch. */
  readonly lastUsedAt: number;
}

/** What a Lambda authorizer answers: functions are not simulated. `error`: it cannot be invoked. */
export type AuthorizerAnswer = 'allow' | 'deny' | 'error';

/** HTTP APIs, WebSocket APIs and V2 VPC links of one region. */
export const newState = () => ({
  apis: new Map<string, ApiRow>(),
  vpcLinks: new Map<string, VpcLinkRow>(),
  /**
   * Links whose provisioning is to fail in a test: the link's name (`*` for any) → the message of its FAILED
   * state. An entry stays until it is deleted.
   */
  failingVpcLinks: new Map<string, string>(),
  /** Planted answers of Lambda authorizers of HTTP and REST APIs, by `<ID of the API>/<ID of the authorizer>`. */
  authorizerAnswers: new Map<string, AuthorizerAnswer>(),
});

export type ApiGatewayState = Readonly<ReturnType<typeof newState>>;
