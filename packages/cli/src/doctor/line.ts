/** What was found of one thing that commands need. */
export interface Line {
  /** What was looked at: `credentials`. */
  readonly what: string;
  readonly status: 'ok' | 'warning' | 'failed';
  /** Of which cloud and region: `aws eu-west-1`. */
  readonly of?: string | undefined;
  readonly message: string;
  /** What to do; each line that is not ok has it. */
  readonly remedy?: string | undefined;
  /** What programs use: codes, versions, permissions. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}
