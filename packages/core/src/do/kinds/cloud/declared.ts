import type { ErrorCode } from '../../../ground/error-codes.js';
import { isPosternError } from '../../../ground/errors.js';
import type { LinkKind } from '../../model/link.js';
import type { LookUp } from '../../model/reference.js';
import type { TargetRef } from '../../model/target.js';

/** Keys and positions, from the outside to the inside. */
export type FaultPath = readonly (string | number)[];

/** What is wrong with a part of a spec, by the spec alone. */
export interface SpecFault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string | undefined;
  /** From the part that a rule was given. */
  readonly path: FaultPath;
  /** Whether it is about the key at the end of the path rather than its value. */
  readonly key?: boolean | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** A cloud can say more about it. */
  readonly cloudKnows?: boolean | undefined;
}

/** An entry of an allowlist, as it is written. */
export type DeclaredAllow =
  | string
  | { readonly cidr: string; readonly ports: readonly (number | string)[] }
  | { readonly group: string; readonly ports?: readonly (number | string)[] | undefined };

/** A link as it is written in a spec, where its keys fit their forms: also those of `Cloud.keys.link`. */
export interface DeclaredLink {
  readonly [key: string]: unknown;
  readonly profile?: string | undefined;
  readonly assumeRole?: string | undefined;
  readonly id?: LookUp | undefined;
  readonly name?: string | undefined;
  readonly network?: LookUp | undefined;
  readonly subnets?: readonly LookUp[] | undefined;
  readonly securityGroups?: readonly LookUp[] | undefined;
  readonly loadBalancer?: string | undefined;
  readonly allowlist?: readonly DeclaredAllow[] | undefined;
  readonly owner?: 'external' | undefined;
}

export interface DeclaredPlace {
  /** Its key in the spec. */
  readonly key: string;
  /** Its kind: written, or meant. */
  readonly kind: LinkKind;
  /** Undefined where none is given. */
  readonly region: string | undefined;
}

export interface DeclaredTargetPlace {
  /** The region of its link. Undefined where none is given, or another kind of link is meant. */
  readonly region: string | undefined;
  /** Whether its link leads to targets of this kind. Where not, that is reported already. */
  readonly isLedTo: boolean;
}

/** An error of reading a value as a fault at its place; any other error is thrown again. */
export function faultFrom(error: unknown, path: FaultPath): SpecFault {
  if (!isPosternError(error)) throw error;

  return { code: error.code, message: error.message, remedy: error.remedy, path };
}

/** What a first spec names; what is missing is left to fill in. Values of YAML, in the form of the spec. */
export interface FirstParts {
  /** IDs for a new link. */
  readonly subnets?: readonly string[] | undefined;
  /** Blocks that a new link may reach: those of the subnets of the target's load balancer. Undefined where they are not known. */
  readonly allowlist?: readonly string[] | undefined;
  /** The ID of a link that exists. */
  readonly link?: string | undefined;
  /** `{ httpApi: a1b2c3 }` */
  readonly gateway?: string | undefined;
  /** `{ listener: { loadBalancer: orders, port: 443 } }` */
  readonly target?: string | undefined;
  /** Route keys: `GET /orders`. */
  readonly routes?: readonly string[] | undefined;
}

/** The routes of a first spec, as lines of its integration. `example`: where none are given. */
export function routeLines(routes: readonly string[] | undefined, example: string): string {
  const lines = (routes ?? [example]).map((key) => `      '${key.replaceAll("'", "''")}': orders`);
  return ['    routes:', ...lines, ''].join('\n');
}

/** How an OpenAPI document says where the calls of an operation go. */
export interface OpenApiForm {
  /** The member of an operation that says it: `x-amazon-apigateway-integration`. */
  readonly integration: string;
  /** The member of a path that is an operation for every method. */
  readonly anyMethod: string;
  /** Where such a member leads; undefined where that is in no network. */
  readonly leadOf: (integration: Readonly<Record<string, unknown>>) => OpenApiLead | undefined;
}

/** Where an operation leads, as far as the document says it literally. */
export interface OpenApiLead {
  /** The ID of a link. */
  readonly link?: string | undefined;
  /** As in {@link FirstParts}. */
  readonly target?: string | undefined;
}

/** How `postern init` writes a first spec of a cloud. */
export interface FirstSpec {
  /** `links` and `integrations`, with comments. IDs that are missing have `replaceme` in their place. */
  readonly write: (parts: FirstParts) => string;
  /** How it reads an OpenAPI document. Undefined: each operation is a route. */
  readonly openApi?: OpenApiForm | undefined;
  /** What a spec starts from where links are not created for it: `an instance`. */
  readonly startsFrom?: string | undefined;
}

/** How a command names a backend that no spec declares: `orders-alb:443`. */
export interface NamedBackend {
  /** `LOAD-BALANCER:PORT` */
  readonly form: string;
  /** Whether a load balancer is named by its name, otherwise by its ID. */
  readonly byName?: boolean | undefined;
  readonly refOf: (name: string, port: number) => TargetRef;
}
