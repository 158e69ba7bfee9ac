/** The options of a call besides its input; the SDK's `HttpHandlerOptions` has more. */
export interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

/** What the SDK adds to every answer. */
export interface WithMetadata {
  readonly $metadata?: { readonly httpStatusCode?: number | undefined; readonly requestId?: string | undefined };
}

/** An operation as the SDK's aggregated clients offer it. */
export type Send<Input, Output> = (input: Input, options?: SendOptions) => Promise<Output & WithMetadata>;
