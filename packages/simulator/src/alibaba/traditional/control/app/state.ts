/** An application: who calls APIs. Its secrets are the simulation's own. */
export interface AppRow {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly extend: string;
  readonly key: string;
  readonly secret: string;
  /** The AppCode. */
  readonly code: string;
  readonly disabled: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** When its key, secret or code were changed. */
  readonly secretsModifiedAt: number;
}

/** An application may call an API on a stage. */
export interface AuthorizationRow {
  readonly appId: number;
  readonly apiId: string;
  readonly stageName: string;
  readonly description: string;
  readonly authorizedAt: number;
  /** Undefined: it does not expire. */
  readonly validUntil: number | undefined;
}
