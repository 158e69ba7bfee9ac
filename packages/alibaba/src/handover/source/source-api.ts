import type { SourceBackend } from './source-backend.js';

/** Where a parameter is. `system` and constant parameters have no place at the caller. */
export type ParameterPlace = 'path' | 'query' | 'header' | 'body' | 'form' | 'other';

/** An API of the group. */
export interface SourceApi {
  readonly id: string;
  readonly name: string;
  /** When its draft was changed: ISO 8601. */
  readonly draftModifiedAt?: string | undefined;
  /** API products that contain it. Undefined: not read. */
  readonly products?: readonly string[] | undefined;
  /** What callers get, by stage: never the draft. */
  readonly deployments: readonly SourceDeployment[];
}

/** What is published of an API on one stage. */
export interface SourceDeployment {
  readonly stage: string;
  readonly deployedAt?: string | undefined;
  /** `GET`, or `ANY`. */
  readonly method: string;
  /** Below the group's base path: `/orders/[id]`, `/files/*`. */
  readonly path: string;
  readonly protocols: readonly ('HTTP' | 'HTTPS' | 'WEBSOCKET')[];
  /** `MAPPING` lets only declared parameters pass; `PASSTHROUGH` passes all of them. */
  readonly mode: 'MAPPING' | 'MAPPING_PASSTHROUGH' | 'PASSTHROUGH';
  readonly auth: 'app' | 'anonymous' | 'openid';
  /** Whether an AppCode is enough. Undefined: the draft, which alone has it, was not read. */
  readonly appCode?: boolean | undefined;
  readonly signatureMethods: readonly string[];
  /** Whether each nonce is accepted once. */
  readonly forceNonce: boolean;
  /** Whether it is refused on the public name. */
  readonly internetDisabled: boolean;
  readonly parameters: readonly SourceParameter[];
  readonly mappings: readonly ParameterMapping[];
  /** Their values may be secrets, and are not here. */
  readonly constants: readonly AddedParameter[];
  readonly system: readonly SystemParameter[];
  readonly backend: SourceBackend;
  /** Names of stage variables in its definition: `HOST` of `#HOST#`. */
  readonly variables: readonly string[];
}

/** A declared parameter of the caller. */
export interface SourceParameter {
  readonly name: string;
  readonly place: ParameterPlace;
  readonly required: boolean;
  /** Whether the service checks more than its presence: a pattern, a range, an enumeration. */
  readonly checked: boolean;
}

/** Where a parameter of the caller goes. */
export interface ParameterMapping {
  readonly from: { readonly name: string; readonly place: ParameterPlace };
  readonly to: { readonly name: string; readonly place: ParameterPlace };
}

/** A parameter that the service adds. */
export interface AddedParameter {
  readonly name: string;
  readonly place: ParameterPlace;
}

/** A parameter whose value the service knows: `CaClientIp`. */
export interface SystemParameter extends AddedParameter {
  readonly system: string;
}

/** An app may call an API on a stage. */
export interface SourceAuthorization {
  readonly appId: string;
  readonly apiId: string;
  readonly stage: string;
  /** ISO 8601. Undefined: it does not end. */
  readonly until?: string | undefined;
}
