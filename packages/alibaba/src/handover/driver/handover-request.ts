import type { HandoverSource } from '../source/source.js';

/** Which group is handed over. */
export interface HandoverRequest {
  readonly groupId: string;
  /** Undefined: all stages on which an API is published. */
  readonly stages?: readonly string[] | undefined;
  /** Values of stage variables by stage: no operation returns them. */
  readonly variables?: HandoverSource['variables'] | undefined;
}
