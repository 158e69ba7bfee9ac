/** What is known of a call before it is sent. */
export interface CallStart {
  readonly provider: string;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** What is known of a call when it has ended. */
export interface CallEnd {
  readonly durationMs: number;
  readonly requestId?: string | undefined;
  readonly status?: number | undefined;
  /** The code of the error, where it failed. */
  readonly code?: string | undefined;
}

/** Called at the start of each cloud call; the function that it returns is called at the end. */
export type Trace = (start: CallStart) => ((end: CallEnd) => void) | undefined;
