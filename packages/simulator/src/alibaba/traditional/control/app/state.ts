/** An application: who calls APIs. Its secrets are the simulation's own. */
export interface AppRow {
  readonly AppId: number;
  readonly AppName: string;
  readonly Description: string;
  /** Not shown where it is empty. */
  readonly Extend: string;
  readonly Disabled: boolean;
  readonly CreatedTime: string;
  readonly ModifiedTime: string;
  readonly key: string;
  readonly secret: string;
  /** The AppCode. */
  readonly code: string;
  readonly modifiedAt: number;
  /** When its key, secret or code were changed. */
  readonly secretsModified: string;
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
