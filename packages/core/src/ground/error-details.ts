import type { ErrorCode } from './error-codes.js';

/** Where in a file something stands. Lines and columns count from 1. */
export interface SourcePlace {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** The path of keys, such as `links.eu.subnets[0]`. */
  readonly path?: string | undefined;
}

/** One of several problems. */
interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string | undefined;
  readonly place?: SourcePlace | undefined;
}

/** What `details` of any error may have: docs/errors.md says when. Errors may have more members. */
export interface CommonDetails {
  readonly problems?: readonly Problem[] | undefined;
  readonly count?: number | undefined;
  readonly also?: readonly Problem[] | undefined;
  readonly likewise?: readonly string[] | undefined;
  readonly operation?: string | undefined;
  readonly requestId?: string | undefined;
  readonly [other: string]: unknown;
}

/**
 * What `details` of an error may have besides, by its code: plain facts for programs. Members are missing where they are not known.
 */
export interface ErrorDetails {
  /** The argument, or its member, that is wrong. */
  readonly INVALID_INPUT: { readonly key?: string | undefined };
  readonly NO_DRIVER: { readonly provider?: string | undefined; readonly region?: string | undefined };
  /** The account that is named, and the one of the credentials. */
  readonly WRONG_ACCOUNT: { readonly expected?: string | undefined; readonly actual?: string | undefined };
  /** The owner. Without a project nothing says whose it is. */
  readonly NOT_OURS: { readonly project?: string | undefined; readonly spec?: string | undefined };
  /** How many rules one group holds, or one list of blocks. */
  readonly ALLOWLIST_FULL: { readonly limit?: number | undefined };
  /** Each with its step and what it costs, as in `Step.purchase`. */
  readonly PURCHASE_NOT_ALLOWED: {
    readonly purchases?: readonly { readonly step: string; readonly summary: string }[] | undefined;
  };
  /** What would be deleted, of how many that the spec owns, and how many are allowed. */
  readonly TOO_MANY_DELETIONS: {
    readonly deletions?: readonly string[] | undefined;
    readonly owned?: number | undefined;
    readonly allowed?: number | undefined;
  };
  /** Keys of the routes. */
  readonly DELETES_ALL_ROUTES: { readonly routes?: readonly string[] | undefined };
  readonly CANARY_ACTIVE: {
    readonly gatewayId?: string | undefined;
    readonly stage?: string | undefined;
    readonly deploymentId?: string | undefined;
  };
  /** The ID of the service, its name, and how its deployments give it calls. */
  readonly WEIGHTS_OWNED: {
    readonly owner?: string | undefined;
    readonly name?: string | undefined;
    readonly strategy?: string | undefined;
  };
  /** Steps that are needed now, not any more, and with another effect; or the code of the error that stopped the comparison. */
  readonly WORLD_MOVED: {
    readonly added?: readonly string[] | undefined;
    readonly removed?: readonly string[] | undefined;
    readonly changed?: readonly string[] | undefined;
    readonly code?: string | undefined;
  };
  /** How the move ended; undefined where the journal does not have it. */
  readonly MOVE_ENDED: { readonly state?: 'left' | 'finished' | 'rolled-back' | undefined };
}
