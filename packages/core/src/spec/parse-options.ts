import type { Environment } from './parse/environment.js';

export interface ParseSpecOptions {
  /** The file's name, for errors. */
  readonly file?: string | undefined;
  /** Variables for `${env:NAME}`. None by default. */
  readonly env?: Environment | undefined;
  /** The text must be JSON. */
  readonly json?: boolean | undefined;
  /** Region of links where neither they nor the spec's defaults name one; as a function, of those of a provider. */
  readonly region?: string | ((provider: string) => string | undefined) | undefined;
  /**
   * A cloud will be asked about the spec: what only it can explain is left to the plan. Today that is a load balancer's ARN
   * where a listener's is due, which the plan refuses naming the listeners that there are.
   */
  readonly askCloud?: boolean | undefined;
}
