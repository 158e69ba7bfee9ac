import type { AnswerHeaders } from '../../../simulation/traffic/backends/backend.js';

/** What an endpoint answered, or what the caller gets. */
export interface Response {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: string | Uint8Array;
}
