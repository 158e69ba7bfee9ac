import type { ServiceName, Services } from './client.js';
import type { Sent } from './plain.js';

/** The operations of a service, as AWS names them: `CreateVpcLink`. */
export type OperationOf<S extends ServiceName> = Capitalize<Exclude<keyof Services[S] & string, 'config'>>;

/** What an operation is asked, and what it answers, in the SDK's types. */
type Called<S extends ServiceName, O extends OperationOf<S>> = O extends unknown
  ? Services[S][Uncapitalize<O> & keyof Services[S]] extends (
      input: infer Input,
      ...rest: never
    ) => Promise<infer Output>
    ? { readonly input: Input; readonly output: Output }
    : never
  : never;
export type InputOf<S extends ServiceName, O extends OperationOf<S>> = Called<S, O>['input'];
export type OutputOf<S extends ServiceName, O extends OperationOf<S>> = Called<S, O>['output'];

/**
 * What answers of single calls always have, although each member is optional in the SDK's types: `Session.call` refuses an answer
 * without it. What items of lists always have is in `list-all.ts`.
 */
const ALWAYS_SENT = {
  apigateway: {
    CreateDeployment: ['id'],
    CreateResource: ['id', 'path'],
    CreateVpcLink: ['id'],
    GetRestApi: ['id', 'name'],
    GetVpcLink: ['id', 'name'],
  },
  apigatewayv2: {
    CreateDeployment: ['DeploymentId'],
    CreateIntegration: ['IntegrationId'],
    CreateRoute: ['RouteId', 'RouteKey'],
    CreateVpcLink: ['VpcLinkId'],
    GetApi: ['ApiId', 'Name'],
    GetDeployment: ['DeploymentId'],
    GetIntegration: ['IntegrationId'],
    GetRoute: ['RouteId', 'RouteKey'],
    GetVpcLink: ['VpcLinkId', 'Name'],
    UpdateRoute: ['RouteId', 'RouteKey'],
  },
  ec2: { CreateSecurityGroup: ['GroupId'] },
} as const satisfies {
  readonly [S in ServiceName]?: { readonly [O in OperationOf<S>]?: readonly (keyof OutputOf<S, O> & string)[] };
};

type MembersOf<S, O> = S extends keyof typeof ALWAYS_SENT
  ? O extends keyof (typeof ALWAYS_SENT)[S]
    ? (typeof ALWAYS_SENT)[S][O] extends readonly (infer Member)[]
      ? Member
      : never
    : never
  : never;

/** An answer with the members that it always has. */
export type AnswerOf<S extends ServiceName, O extends OperationOf<S>> = Sent<
  OutputOf<S, O>,
  keyof OutputOf<S, O> & MembersOf<S, O>
>;

/** The members that an answer always has. */
export function alwaysSent(service: ServiceName, operation: string): readonly string[] {
  const operations: { readonly [S in ServiceName]?: Readonly<Record<string, readonly string[]>> } = ALWAYS_SENT;
  return operations[service]?.[operation] ?? [];
}
